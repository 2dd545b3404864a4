import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// A test in which failures come in bursts, each of which brings an alert from just below its threshold to just above.
struct BurnTest: Sendable {
  let batch: TestBatch
  let rules: RuleLowering

  /// Events in an interval; enough for a small budget to be whole events.
  private static let events = 1_000
  private static let margin = (below: 0.8, above: 1.25)
  /// Longer tests take longer than they are worth.
  private static let longestWarmUp = TimeSpan.minutes(75)
  private static let recovery = TimeSpan.minutes(16)
  private static let alertState: [LabelMatcher] = [
    .equal("alertname", BurnAlertRules.alertName), .equal("alertstate", "firing"),
  ]

  /// nil where there is no alert that could fire.
  var test: RuleTest? {
    let subjects = batch.subjects.filter {
      $0.objective.alerting.scheme != .none && !$0.objective.isUnwatched(rules, $0)
    }
    if subjects.isEmpty { return nil }
    let count = subjects.map { bursts(of: $0).count }.max() ?? 0
    let calm = intervals(warmUp)
    let pause = intervals(shortestLong * Rational(numerator: 3, denominator: 4))
    let times = (0..<count).map { calm + ($0 == 0 ? 0 : pause + 2 * $0) }
    let length = (times.last ?? calm) + intervals(Self.recovery)
    let traffic = batch.probes.indices.map { play(on: $0, at: times, length: length) }
    let checked = [calm - 1] + times.map { $0 + 1 } + [length]
    let foreseen = subjects.map { Forecast($0, forecasts(for: $0, traffic[$0.probe])) }
    return RuleTest(
      name: "alerts fire just above their thresholds, and not just below",
      series: batch.series(traffic),
      checks: checked.compactMap { check(foreseen, at: $0) }
        + [
          batch.check(.badLedger, at: length, of: subjects) {
            PromQLNumber(events: traffic[$0.probe].bad[$0.channel][length])
          }
        ]
    )
  }

  // MARK: Traffic

  private func intervals(_ span: TimeSpan) -> Int { max(1, (span / batch.interval).ceiling) }

  private func seconds(_ interval: Int) -> Double { batch.time(interval).seconds.doubleValue }

  private var shortestLong: TimeSpan {
    let all = batch.subjects.flatMap { rules.burnAlerts(for: $0.id).map(\.longWindow) }
    return min(all.min() ?? .hours(1), .minutes(15))
  }

  /// Long enough for bursts to reach the thresholds: bad events are events, and a young ledger takes what it has
  /// counted for the whole window's like.
  private var warmUp: TimeSpan {
    let needed = batch.subjects.flatMap { subject in rules.burnAlerts(for: subject.id).map { age(for: $0, of: subject) }
    }
    let reachable = needed.filter { $0 <= Self.longestWarmUp }
    return max(reachable.max() ?? .zero, .minutes(20))
  }

  /// How old a ledger is at least when bursts can bring the alert above its threshold.
  private func age(for plan: BurnAlertPlan, of subject: TestBatch.Subject) -> TimeSpan {
    let outage = subject.window * (plan.budgetShare.fraction * subject.budget.share.fraction)
    return outage * Rational(numerator: 14, denominator: 10)
  }

  /// The shares of the budget that have to be spent after each burst, as fractions of all events so far.
  private func bursts(of subject: TestBatch.Subject) -> [Burst] {
    if subject.budget.isEmpty { return [Burst(plan: nil, factor: 1)] }
    let plans = rules.burnAlerts(for: subject.id).filter { age(for: $0, of: subject) <= Self.longestWarmUp }
    return plans.flatMap { plan in
      [Self.margin.below, Self.margin.above].map { Burst(plan: plan, factor: $0) }
    }
  }

  private struct Burst {
    /// nil for a single failure, where none is allowed.
    let plan: BurnAlertPlan?
    let factor: Double
  }

  private func play(on probe: Int, at times: [Int], length: Int) -> Traffic {
    let channels = batch.probes[probe].channels
    let leaders = channels.indices.map { channel in
      batch.subjects.first { $0.probe == probe && $0.channel == channel }
    }
    let plans = leaders.map { $0.map(bursts) ?? [] }
    var traffic = Traffic(channels: channels.count)
    for (index, time) in times.enumerated() {
      traffic.add(Self.events, intervals: time - traffic.length)
      let shares = leaders.indices.map { channel -> Double? in
        guard let leader = leaders[channel], index < plans[channel].count else { return nil }
        return share(plans[channel][index], of: leader, at: time)
      }
      burst(shares, &traffic)
    }
    traffic.add(Self.events, intervals: length + 1 - traffic.length)
    return traffic
  }

  /// The share of all events so far that is bad then; nil where not even an outage reaches it.
  private func share(_ burst: Burst, of subject: TestBatch.Subject, at time: Int) -> Double? {
    guard let plan = burst.plan else { return 0 }
    let share = BurnForecast.badShare(
      for: plan,
      scheme: subject.objective.alerting.scheme,
      budget: subject.budget.share.fraction.doubleValue,
      window: subject.window,
      age: seconds(time)
    )
    return share * burst.factor < 0.9 ? share * burst.factor : nil
  }

  /// Adds failures until so large a share of everything is bad, in each channel.
  private func burst(_ shares: [Double?], _ traffic: inout Traffic) {
    let total = Double(traffic.total[traffic.last])
    let before = traffic.bad.map { $0[traffic.last] }
    // bad + x = share × (total + x), for the channel that needs most.
    let needed = zip(shares, before).map { share, bad in
      share.map { max(0, ($0 * total - Double(bad)) / (1 - $0)) } ?? 0
    }
    let events = max(Self.events, Int((needed.max() ?? 0).rounded(.up)))
    var failures = zip(shares, before).map { share, bad in
      guard let share else { return 0 }
      if share == 0 { return 1 }
      return min(events, max(0, Int((share * (total + Double(events))).rounded()) - bad))
    }
    for channel in failures.indices.dropLast().reversed() {
      failures[channel] = max(failures[channel], before[channel + 1] + failures[channel + 1] - before[channel])
    }
    traffic.add(events, bad: failures)
  }

  // MARK: What the rules have to say

  /// The alerts of one objective by what tells them apart.
  private struct Forecast {
    let subject: TestBatch.Subject
    let alerts: [(urgency: AlertUrgency, window: TimeSpan, answer: @Sendable (Int) -> BurnForecast.Answer)]

    init(
      _ subject: TestBatch.Subject,
      _ alerts: [(urgency: AlertUrgency, window: TimeSpan, answer: @Sendable (Int) -> BurnForecast.Answer)]
    ) {
      self.subject = subject
      self.alerts = alerts
    }

    func isClear(at interval: Int) -> Bool { alerts.allSatisfy { $0.answer(interval) != .unclear } }
  }

  private func forecasts(
    for subject: TestBatch.Subject,
    _ traffic: Traffic
  ) -> [(urgency: AlertUrgency, window: TimeSpan, answer: @Sendable (Int) -> BurnForecast.Answer)] {
    let bad = traffic.bad[subject.channel]
    guard let greatest = BurnRate.greatest(for: subject.budget) else {
      // Any failure within the last hour; tests are shorter.
      return [(.page, .hours(1), { bad[$0] > 0 ? .firing : .silent })]
    }
    return rules.burnAlerts(for: subject.id).filter { $0.burnRate <= greatest }.map { plan in
      let forecast = BurnForecast(
        plan: plan,
        scheme: subject.objective.alerting.scheme,
        budget: subject.budget.share.fraction.doubleValue,
        window: subject.window.seconds.doubleValue,
        interval: batch.interval.seconds.doubleValue,
        total: traffic.total,
        bad: bad
      )
      return (plan.urgency, plan.longWindow, { forecast.answer(at: $0) })
    }
  }

  /// The alerts of those objectives of which all are clear; nil where there are none.
  private func check(_ all: [Forecast], at interval: Int) -> RuleCheck? {
    let forecasts = all.filter { $0.isClear(at: interval) }
    if forecasts.isEmpty { return nil }
    let labels = [batch.labelNames.slo, AlertLabel.urgency, BurnAlertRules.longWindowLabel]
    let firing = forecasts.flatMap { forecast in
      forecast.alerts.filter { $0.answer(interval) == .firing }.map { alert in
        ExpectedSample(
          labels: [
            LabelPair(labels[0], forecast.subject.name),
            LabelPair(labels[1], alert.urgency.rawValue),
            LabelPair(labels[2], alert.window.promQLText),
          ],
          value: 1
        )
      }
    }
    return RuleCheck(
      time: batch.time(interval),
      query: .count(batch.selector("ALERTS", of: forecasts.map(\.subject), Self.alertState), by: labels),
      expected: firing
    )
  }
}

extension Objective {
  /// Whether the objective has no burn alert at all, because not even an outage reaches one.
  fileprivate func isUnwatched(_ rules: RuleLowering, _ subject: TestBatch.Subject) -> Bool {
    guard let greatest = BurnRate.greatest(for: subject.budget) else { return false }
    return !rules.burnAlerts(for: subject.id).contains { $0.burnRate <= greatest }
  }
}

extension TestBatch {
  func noBurnAlert(at interval: Int, of subjects: [Subject]) -> RuleCheck {
    RuleCheck(
      time: time(interval),
      query: .count(
        selector(
          "ALERTS",
          of: subjects,
          [.equal("alertname", BurnAlertRules.alertName), .equal("alertstate", "firing")]
        )
      ),
      expected: []
    )
  }
}
