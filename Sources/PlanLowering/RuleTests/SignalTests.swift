import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Tests of the alerts about traffic and telemetry, which compare with yesterday and a week ago.
///
/// Evaluating rules for a week would take minutes, so the past is given as ledgers that were recorded then, and what counts
/// is the evaluation at the end.
///
/// Prometheus 2.42 can lose the first sample of a series that a rule makes while a block is written out in the background
/// (prometheus/prometheus#16333). A day is written out, from midnight to midnight, when more than a day and a half is in
/// memory. So the evaluations are as far apart as leaves the last one in peace: the one before, at 162 h, leaves what came
/// after 144 h in memory, and the end is at 180 h.
struct SignalTests: Sendable {
  /// At the pace of the ledgers that are made up.
  let batch: TestBatch
  let rules: RuleLowering

  static let step = TimeSpan.hours(18)
  static let sample = TimeSpan.seconds(150)

  /// On the eighth day, so that the same time a week ago is on the first.
  private static let asked = step * 10
  private static let day = 576
  private static let end = day * 15 / 2
  /// Samples in a half-hour.
  private static let halfHour = 12
  /// In each sample of a usual half-hour, ten minutes of which have thirty events; of one of which only all have; and of
  /// one that has too few.
  private static let (usual, some, few) = (20, 4, 2)

  /// What the alert about traffic says; what pages is not firing yet, for it holds in the last evaluation only.
  private struct Loss: OptionSet {
    let rawValue: Int

    static let page = Loss(rawValue: 1)
    static let ticket = Loss(rawValue: 2)
  }

  var tests: [RuleTest] {
    let watched = batch.subjects.filter { $0.objective.alerting.scheme != .none }
    if watched.isEmpty { return [] }
    let order = Dictionary(watched.enumerated().map { (key($1), $0) }, uniquingKeysWith: min)
    func test(_ name: String, _ loss: Loss, _ busy: @escaping (TestBatch.Subject) -> [Busy]) -> RuleTest {
      self.test(name, watched, vanished: loss, busy)
    }
    return [
      test("traffic that was there yesterday and a week ago has vanished", [.page, .ticket]) { _ in
        [Busy(7, Self.usual), Busy(1, Self.usual), Busy(0, 1, hoursEarlier: 4)]
      },
      test("traffic that does not begin today is not missed by night", .ticket) { _ in
        [Busy(7, Self.usual), Busy(1, Self.usual), Busy(0, 1, hoursEarlier: 7)]
      },
      test("little traffic is missed after a longer time", .ticket) { subject in
        let some = (order[key(subject)] ?? 0).isMultiple(of: 2) ? (Self.usual, Self.some) : (Self.some, Self.usual)
        return [Busy(7, some.0), Busy(1, some.1), Busy(0, 1, hoursEarlier: 4)]
      },
      self.test(
        "telemetry is lost, and there was traffic within half an hour",
        watched,
        hasTelemetry: false,
        vanished: .page,
        lost: watched
      ) { _ in [Busy(7, Self.usual), Busy(1, Self.usual), Busy(0, 1)] },
      test("traffic that was rare yesterday or a week ago is not missed", []) { subject in
        let rare = (order[key(subject)] ?? 0).isMultiple(of: 2) ? (Self.usual, Self.few) : (Self.few, Self.usual)
        return [Busy(7, rare.0), Busy(1, rare.1), Busy(0, 1, hoursEarlier: 4)]
      },
    ]
  }

  /// A half-hour that ends days and hours before the end; today only one sample of it.
  private struct Busy {
    let samples: [Int]
    let events: Int

    init(_ daysAgo: Int, _ events: Int, hoursEarlier hours: Int = 0) {
      let last = SignalTests.end - daysAgo * SignalTests.day - hours * 2 * SignalTests.halfHour
      self.events = events
      samples = daysAgo == 0 ? [last - 8] : (0..<SignalTests.halfHour).map { last - $0 }
    }
  }

  private func key(_ subject: TestBatch.Subject) -> [LabelPair] { batch.labels(of: subject) }

  /// Events in each sample of busy times, and the alerts that follow.
  private func test(
    _ name: String,
    _ subjects: [TestBatch.Subject],
    hasTelemetry: Bool = true,
    vanished: Loss,
    lost: [TestBatch.Subject] = [],
    _ busy: (TestBatch.Subject) -> [Busy]
  ) -> RuleTest {
    let still = batch.quiet.map { quiet in
      var traffic = quiet
      traffic.rest(until: 2)
      return traffic
    }
    var test = batch.test(name, still, checks: [check(vanished, subjects), check(lost: lost, subjects)])
    // Nothing happens, so what is seen at first is seen to the end.
    for index in test.series.indices { test.series[index].values = test.series[index].values.held(until: Self.end + 1) }
    if !hasTelemetry { test.series.removeAll { !$0.metric.hasPrefix("slo:") } }
    test.series += subjects.flatMap { ledger(of: $0, busy($0)) }
    return test
  }

  private func check(_ vanished: Loss, _ all: [TestBatch.Subject]) -> RuleCheck {
    let events = all.filter { !$0.countsTime }
    let labels = [batch.labelNames.slo] + Set(all.flatMap { $0.split.map(\.name) }).sorted() + [AlertLabel.urgency]
    func samples(_ subjects: [TestBatch.Subject], _ urgency: AlertUrgency) -> [ExpectedSample] {
      subjects.map { subject in
        let labels = batch.labels(of: subject) + [LabelPair(AlertLabel.urgency, urgency.rawValue)]
        return ExpectedSample(labels: labels, value: 1)
      }
    }
    let paging = events.filter { rules.burnAlerts(for: $0.id).contains { $0.urgency == .page } }
    return RuleCheck(
      time: Self.asked,
      query: .count(batch.selector("ALERTS", of: all, [.equal("alertname", SignalAlerts.vanishedName)]), by: labels),
      expected: (vanished.contains(.page) ? samples(paging, .page) : [])
        + (vanished.contains(.ticket) ? samples(events, .ticket) : [])
    )
  }

  /// Telemetry is lost for all values of a label at once.
  private func check(lost: [TestBatch.Subject], _ all: [TestBatch.Subject]) -> RuleCheck {
    var seen: Set<String> = []
    let firing: [LabelMatcher] = [.equal("alertname", SignalAlerts.lostName), .equal("alertstate", "firing")]
    return RuleCheck(
      time: Self.asked,
      query: .count(batch.selector("ALERTS", of: all, firing), by: [batch.labelNames.slo]),
      expected: lost.filter { seen.insert($0.name).inserted }.map { subject in
        ExpectedSample(labels: Array(batch.labels(of: subject).prefix(1)), value: 1)
      }
    )
  }

  /// What the objective's ledger of everything and the time of its beginning were, up to the evaluation, around the times in
  /// which it grew; the rules record the last themselves.
  private func ledger(of subject: TestBatch.Subject, _ busy: [Busy]) -> [TestSeries] {
    var growth = Array(repeating: 0, count: Self.end)
    var isWatched = Array(repeating: false, count: Self.end)
    func watch(around sample: Int) {
      for near in (sample - 2 * Self.halfHour)...min(sample + Self.halfHour, Self.end - 1) { isWatched[near] = true }
    }
    watch(around: Self.end)
    for busy in busy {
      for sample in busy.samples {
        growth[sample] = busy.events
        watch(around: sample)
      }
    }
    var count = 1_000
    let counts: [Double?] = (0..<Self.end).map { sample in
      count += growth[sample]
      return isWatched[sample] ? Double(count) : nil
    }
    return series(.totalLedger, of: subject, counts)
      + series(.ledgerStart, of: subject, counts.map { $0.map { _ in 0 } })
  }

  private func series(_ record: RecordName, of subject: TestBatch.Subject, _ values: [Double?]) -> [TestSeries] {
    let recordings = rules.groups(for: subject.id).flatMap(\.rules).compactMap { rule -> RecordingRule? in
      if case .recording(let recording) = rule, recording.record == record.rawValue { recording } else { nil }
    }
    return recordings.prefix(1).map { recording in
      let labels = (recording.labels + subject.split).sorted { $0.name < $1.name }
      return TestSeries(metric: record.rawValue, labels: labels, values: values)
    }
  }
}
