import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// A test in which failures come in bursts, each of which brings an alert from just below its threshold to just above.
struct BurnTest: Sendable {
  let batch: TestBatch
  let rules: RuleLowering
  /// The alerts that the test is to bring about; it foresees all of them.
  let isMeant: @Sendable (BurnAlertPlan) -> Bool
  /// How many intervals come before the first burst, and how many bursts.
  private var calm = 0
  private var bursts = 0
  private var plansByPlace: [Place: [BurnAlertPlan]] = [:]

  /// What the alerts of a subject depend on.
  private struct Place: Hashable {
    let objective: ObjectiveID
    let probe: Int
  }

  /// Events in an interval; enough for a small budget to be whole events.
  private static let events = 1_000
  private static let margin = (below: 0.85, above: 1.2)
  /// Longer tests take longer than they are worth.
  private static let longest = 240

  init(batch: TestBatch, rules: RuleLowering, isMeant: @escaping @Sendable (BurnAlertPlan) -> Bool) {
    self.batch = batch
    self.rules = rules
    self.isMeant = isMeant
    for subject in batch.subjects {
      plansByPlace[Place(objective: subject.id, probe: subject.probe)] = meant(of: subject)
    }
    calm = longestCalm
    bursts = mostBursts
  }

  /// nil where there is no alert that could fire.
  var test: RuleTest? {
    let subjects = batch.subjects.filter { !plans(of: $0).isEmpty || isFaultIntolerant($0) }
    if subjects.isEmpty { return nil }
    let traffic = play(subjects)
    let last = traffic.map(\.last).max() ?? 0
    let asked = checked + [last]
    let foreseen = subjects.map {
      BurnOutlook(batch: batch, rules: rules, subject: $0, traffic: traffic[$0.probe], from: asked.min() ?? 0)
    }
    let outlooks = foreseen.filter { !$0.alerts.isEmpty }
    let counted = subjects.filter { !$0.countsTime || batch.step == batch.timing.interval }
    return batch.test(
      "burn alerts fire just above their thresholds, and not just below",
      traffic,
      checks: asked.compactMap { check(outlooks, at: $0) }
        + batch.checks(.badLedger, at: last, of: counted) {
          PromQLNumber(events: traffic[$0.probe].bad[$0.channel][last])
        }
    )
  }

  // MARK: When

  private func intervals(_ span: TimeSpan) -> Int { max(1, (span / batch.step).ceiling) }

  private func plans(of subject: TestBatch.Subject) -> [BurnAlertPlan] {
    plansByPlace[Place(objective: subject.id, probe: subject.probe)] ?? []
  }

  /// The alerts that a subject can bring about here, and how old its ledger has to be for that.
  private func meant(of subject: TestBatch.Subject) -> [BurnAlertPlan] {
    guard subject.objective.alerting.scheme != .none, let greatest = BurnRate.greatest(for: subject.budget) else {
      return []
    }
    return rules.burnAlerts(for: subject.id).filter {
      isMeant($0) && $0.burnRate <= greatest && intervals(age(for: $0, of: subject)) <= Self.longest
    }
  }

  private func isFaultIntolerant(_ subject: TestBatch.Subject) -> Bool {
    subject.objective.alerting.scheme != .none && subject.budget.isEmpty && batch.step < .minutes(10)
  }

  /// How old a ledger is at least when bursts can bring the alert above its threshold.
  private func age(for plan: BurnAlertPlan, of subject: TestBatch.Subject) -> TimeSpan {
    let outage = subject.window * (plan.budgetShare.fraction * subject.budget.share.fraction)
    let share = batch.probes[subject.probe].greatestBadShare
    return outage * Rational(numerator: 124, denominator: Int128((share * 100).rounded(.down)))
  }

  /// Long enough for bursts to reach the thresholds: bad events are events, and a young ledger takes what it has
  /// counted for the whole window's like.
  private var longestCalm: Int {
    let ages = batch.subjects.flatMap { subject in plans(of: subject).map { age(for: $0, of: subject) } }
    return max(intervals(ages.max() ?? .zero), 4) + 1
  }

  private var mostBursts: Int {
    let outages = batch.subjects.filter(\.countsTime).map { subject in
      // Slices are bad or not: as many as it takes to be above the highest threshold, one after the other.
      let shares = plans(of: subject).map {
        share(Burst(plan: $0, factor: Self.margin.above), of: subject, at: calm) ?? 0
      }
      return Int((Double(calm) * (shares.max() ?? 0) * 1.1).rounded(.up)) + 2
    }
    return ((batch.subjects.map { bursts(of: $0).count }) + outages).max() ?? 0
  }

  private var times: [Int] { (0..<bursts).map { calm + $0 } }

  /// Before any burst, after each, and while alerts go on although their condition does not hold any more.
  private var checked: [Int] {
    let last = calm + bursts - 1
    let kept = batch.step < .minutes(5) ? [last + intervals(.minutes(7))] : []
    return [calm - 1] + times + kept
  }

  /// Until short windows see nothing bad any more and alerts have been kept firing for long enough.
  private var recovery: Int {
    let shorts = batch.subjects.flatMap { plans(of: $0).map(\.shortWindow) }
    let seen = min(shorts.min() ?? .zero, .minutes(30))
    return intervals(seen + .minutes(12)) + 2
  }

  // MARK: Traffic

  /// Bursts of a subject: just below and just above each threshold, or a single failure where none is allowed.
  private func bursts(of subject: TestBatch.Subject) -> [Burst] {
    if subject.budget.isEmpty { return [Burst(plan: nil, factor: 1)] }
    // One pair for alerts with one threshold, from the lowest on.
    let thresholds = Dictionary(grouping: plans(of: subject)) { threshold(of: $0, subject, age: subject.window) }
    return thresholds.sorted { $0.key < $1.key }.flatMap { _, plans in
      [Self.margin.below, Self.margin.above].map { Burst(plan: plans[0], factor: $0) }
    }
  }

  private struct Burst {
    /// nil for a single failure, where none is allowed.
    let plan: BurnAlertPlan?
    let factor: Double
  }

  private func play(_ subjects: [TestBatch.Subject]) -> [Traffic] {
    batch.probes.indices.map { play(on: $0, subjects) }
  }

  /// Traffic in the beginning, and nothing until the bursts: metrics that stand still are easy to read.
  private func play(on index: Int, _ subjects: [TestBatch.Subject]) -> Traffic {
    let probe = batch.probes[index]
    let leaders = probe.channels.indices.map { channel in
      subjects.first { $0.probe == index && $0.channel == channel }
    }
    let plans = leaders.map { $0.map(bursts) ?? [] }
    var traffic = Traffic(of: probe)
    traffic.add(Self.events, intervals: 2)
    traffic.rest(until: calm)
    for (index, time) in times.enumerated() {
      let shares = leaders.indices.map { channel -> Double? in
        guard let leader = leaders[channel] else { return nil }
        if leader.countsTime { return plans[channel].isEmpty ? nil : 1 }
        return index < plans[channel].count ? share(plans[channel][index], of: leader, at: time) : nil
      }
      burst(shares, most: probe.greatestBadShare, &traffic)
    }
    traffic.add(Self.events)
    traffic.rest(until: calm + bursts + recovery)
    return traffic
  }

  /// The share of all events so far that is bad then; nil where not even an outage reaches it.
  private func share(_ burst: Burst, of subject: TestBatch.Subject, at time: Int) -> Double? {
    guard let plan = burst.plan else { return 0 }
    let share = threshold(of: plan, subject, age: batch.time(time))
    let most = batch.probes[subject.probe].greatestBadShare
    return share * burst.factor < most ? share * burst.factor : nil
  }

  private func threshold(of plan: BurnAlertPlan, _ subject: TestBatch.Subject, age: TimeSpan) -> Double {
    BurnForecast.badShare(
      for: plan,
      scheme: subject.objective.alerting.scheme,
      budget: subject.budget.share.fraction.doubleValue,
      window: subject.window,
      age: age.seconds.doubleValue
    )
  }

  /// Adds events until so large a share of everything is bad, in each channel, and no more of the burst than `most`.
  private func burst(_ shares: [Double?], most: Double, _ traffic: inout Traffic) {
    let total = Double(traffic.total[traffic.last])
    let before = traffic.bad.map { Double($0[traffic.last]) }
    // bad + x × most = share × (total + x), for the channel that needs most; and bad = share × (total + x) at least.
    let needed = zip(shares, before).map { share, bad in
      share.map { max(0, ($0 * total - bad) / (most - $0), $0 == 0 ? 0 : bad / $0 - total) } ?? 0
    }
    let events = max(Self.events, Int((needed.max() ?? 0).rounded(.up)))
    var failures = zip(shares, before).map { share, bad in
      guard let share else { return 0 }
      if share == 0 { return 1 }
      return min(events, max(0, Int((share * (total + Double(events)) - bad).rounded())))
    }
    for channel in failures.indices.dropLast().reversed() {
      let behind = Int(before[channel + 1] - before[channel]) + failures[channel + 1]
      failures[channel] = max(failures[channel], behind)
    }
    traffic.add(events, bad: failures)
  }

  // MARK: What the rules have to say

  /// The alerts of those objectives of which all are clear; nil where there are none.
  private func check(_ all: [BurnOutlook], at interval: Int) -> RuleCheck? {
    let unclear = Set(all.filter { !$0.isClear(at: interval) }.map(\.subject.name))
    let clear = all.filter { !unclear.contains($0.subject.name) }
    if clear.isEmpty { return nil }
    let subjects = clear.map(\.subject)
    let split = Set(subjects.flatMap { $0.split.map(\.name) }).sorted()
    let labels = [batch.labelNames.slo] + split + [AlertLabel.urgency, BurnAlertRules.longWindowLabel]
    return RuleCheck(
      time: batch.time(interval),
      query: .count(batch.selector("ALERTS", of: subjects, BurnOutlook.firing), by: labels),
      expected: clear.flatMap { outlook in
        outlook.alerts.filter { $0.answer(interval) == .firing }.map { alert in
          ExpectedSample(
            labels: batch.labels(of: outlook.subject) + [
              LabelPair(AlertLabel.urgency, alert.urgency.rawValue),
              LabelPair(BurnAlertRules.longWindowLabel, alert.window.promQLText),
            ],
            value: 1
          )
        }
      }
    )
  }
}

/// What the burn alerts of one objective have to say of traffic from an interval on, by what tells them apart.
struct BurnOutlook: Sendable {
  let subject: TestBatch.Subject
  let alerts: [(urgency: AlertUrgency, window: TimeSpan, answer: @Sendable (Int) -> BurnForecast.Answer)]

  static let firing: [LabelMatcher] = [
    .equal("alertname", BurnAlertRules.alertName), .equal("alertstate", "firing"),
  ]

  init(batch: TestBatch, rules: RuleLowering, subject: TestBatch.Subject, traffic: Traffic, from first: Int) {
    self.subject = subject
    let bad = traffic.bad[subject.channel]
    guard let greatest = BurnRate.greatest(for: subject.budget) else {
      // Any failure within the last hour and the time that alerts go on; tests are shorter.
      alerts = [(.page, .hours(1), { bad[$0] > 0 ? .firing : .silent })]
      return
    }
    let setting = BurnForecast.Setting(
      scheme: subject.objective.alerting.scheme,
      budget: subject.budget.share.fraction.doubleValue,
      window: subject.window.seconds.doubleValue,
      interval: batch.step.seconds.doubleValue,
      slice: batch.probes[subject.probe].slice,
      total: traffic.total,
      bad: bad
    )
    alerts = rules.burnAlerts(for: subject.id).filter { $0.burnRate <= greatest }.map { plan in
      let forecast = BurnForecast(plan, in: setting, from: first)
      return (plan.urgency, plan.longWindow, { forecast.answer(at: $0) })
    }
  }

  func isClear(at interval: Int) -> Bool { alerts.allSatisfy { $0.answer(interval) != .unclear } }
}
