import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Tests of the alerts about traffic and telemetry, which compare with yesterday and a week ago.
///
/// Evaluating rules for a week would take minutes, so the past is given as ledgers that were recorded then, and the rules
/// are evaluated once, at the end.
struct SignalTests: Sendable {
  /// At the pace of the ledgers that are made up.
  let batch: TestBatch
  let rules: RuleLowering

  /// The only evaluation after the first: on the ninth day, so that the same time a week ago is on the second.
  static let step = TimeSpan.days(8)
  static let sample = TimeSpan.seconds(150)

  private static let day = 576
  private static let end = 8 * day
  /// Samples in a half-hour.
  private static let halfHour = 12
  /// In each sample of a usual half-hour, ten minutes of which have thirty events; of one of which only all have; and of
  /// one that has too few.
  private static let (usual, some, few) = (20, 4, 2)

  /// What the alert about traffic says; what pages is not firing yet, for the rules are evaluated once.
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
        [Busy(1, Self.usual), Busy(7, Self.usual), Busy(8, 1, hoursEarlier: 4)]
      },
      test("traffic that does not begin today is not missed by night", .ticket) { _ in
        [Busy(1, Self.usual), Busy(7, Self.usual), Busy(8, 1, hoursEarlier: 7)]
      },
      test("little traffic is missed after a longer time", .ticket) { subject in
        let some = (order[key(subject)] ?? 0).isMultiple(of: 2) ? (Self.usual, Self.some) : (Self.some, Self.usual)
        return [Busy(1, some.0), Busy(7, some.1), Busy(8, 1, hoursEarlier: 4)]
      },
      self.test(
        "telemetry is lost, and there was traffic within half an hour",
        watched,
        hasTelemetry: false,
        vanished: .page,
        lost: watched
      ) { _ in [Busy(1, Self.usual), Busy(7, Self.usual), Busy(8, 1)] },
      test("traffic that was rare yesterday or a week ago is not missed", []) { subject in
        let rare = (order[key(subject)] ?? 0).isMultiple(of: 2) ? (Self.usual, Self.few) : (Self.few, Self.usual)
        return [Busy(1, rare.0), Busy(7, rare.1), Busy(8, 1, hoursEarlier: 4)]
      },
    ]
  }

  /// A half-hour that ends some time before the midnight at the end of a day; on the last day only one sample of it.
  private struct Busy {
    let samples: [Int]
    let events: Int

    init(_ day: Int, _ events: Int, hoursEarlier hours: Int = 0) {
      let last = day * SignalTests.day - hours * 2 * SignalTests.halfHour
      self.events = events
      samples = day == 8 ? [last - 8] : (0..<SignalTests.halfHour).map { last - $0 }
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
      traffic.rest(until: Self.end + 1)
      return traffic
    }
    var test = batch.test(name, still, checks: [check(vanished, subjects), check(lost: lost, subjects)])
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
      time: Self.step,
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
      time: Self.step,
      query: .count(batch.selector("ALERTS", of: all, firing), by: [batch.labelNames.slo]),
      expected: lost.filter { seen.insert($0.name).inserted }.map { subject in
        ExpectedSample(labels: Array(batch.labels(of: subject).prefix(1)), value: 1)
      }
    )
  }

  /// What the objective's ledger of everything and the time of its beginning were, up to the evaluation, around the times in
  /// which it grew; the rules record the first and the last themselves.
  private func ledger(of subject: TestBatch.Subject, _ busy: [Busy]) -> [TestSeries] {
    let grown = busy.reduce(into: [Int: Int]()) { grown, busy in
      for sample in busy.samples { grown[sample] = busy.events }
    }
    let watched = Set((grown.keys + [Self.end]).flatMap { ($0 - 2 * Self.halfHour)...($0 + Self.halfHour) })
    var count = 1_000
    let counts: [Double?] = (0..<Self.end).map { sample in
      count += grown[sample] ?? 0
      return watched.contains(sample) ? Double(count) : nil
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
