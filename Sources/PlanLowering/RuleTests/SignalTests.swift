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
  static let sample = TimeSpan.minutes(10)

  private static let day = 144
  private static let end = 8 * day
  /// In each ten minutes of a usual half-hour, which has at least thirty events; and of one that has too few.
  private static let (usual, few) = (12, 8)

  var tests: [RuleTest] {
    let watched = batch.subjects.filter { $0.objective.alerting.scheme != .none }
    if watched.isEmpty { return [] }
    let events = watched.filter { !$0.countsTime }
    let order = Dictionary(watched.enumerated().map { (key($1), $0) }, uniquingKeysWith: min)
    return [
      test(
        "traffic that was there yesterday and a week ago has vanished",
        watched,
        hasTelemetry: true,
        vanished: events
      ) { _ in [1: Self.usual, 7: Self.usual] },
      test(
        "telemetry is lost, and there was traffic within half an hour",
        watched,
        hasTelemetry: false,
        lost: watched
      ) { _ in [1: Self.usual, 7: Self.usual, 8: 1] },
      test(
        "traffic that was rare yesterday or a week ago is not missed",
        watched,
        hasTelemetry: true
      ) { subject in
        (order[key(subject)] ?? 0).isMultiple(of: 2)
          ? [1: Self.usual, 7: Self.few] : [1: Self.few, 7: Self.usual]
      },
    ]
  }

  private func key(_ subject: TestBatch.Subject) -> [LabelPair] { batch.labels(of: subject) }

  /// Events in each ten minutes of the half-hours before midnight of some days, and the alerts that follow.
  private func test(
    _ name: String,
    _ subjects: [TestBatch.Subject],
    hasTelemetry: Bool,
    vanished: [TestBatch.Subject] = [],
    lost: [TestBatch.Subject] = [],
    _ busy: (TestBatch.Subject) -> [Int: Int]
  ) -> RuleTest {
    let still = batch.quiet.map { quiet in
      var traffic = quiet
      traffic.rest(until: Self.end + 1)
      return traffic
    }
    var test = batch.test(
      name,
      still,
      checks: [check("TrafficVanished", vanished, subjects), check("TelemetryLost", whole(lost), subjects)]
    )
    if !hasTelemetry { test.series.removeAll { !$0.metric.hasPrefix("slo:") } }
    test.series += subjects.compactMap { ledger(of: $0, busy($0)) }
    return test
  }

  /// Telemetry is lost for all values of a label at once.
  private func whole(_ subjects: [TestBatch.Subject]) -> [TestBatch.Subject] {
    var seen: Set<String> = []
    return subjects.filter { seen.insert($0.name).inserted }
  }

  private func check(_ alert: String, _ expected: [TestBatch.Subject], _ all: [TestBatch.Subject]) -> RuleCheck {
    let labels = [batch.labelNames.slo] + Set(all.flatMap { $0.split.map(\.name) }).sorted()
    let isWhole = alert == "TelemetryLost"
    let firing: [LabelMatcher] = [.equal("alertname", alert), .equal("alertstate", "firing")]
    return RuleCheck(
      time: Self.step,
      query: .count(batch.selector("ALERTS", of: all, firing), by: isWhole ? [batch.labelNames.slo] : labels),
      expected: expected.map { subject in
        let labels = batch.labels(of: subject)
        return ExpectedSample(labels: isWhole ? Array(labels.prefix(1)) : labels, value: 1)
      }
    )
  }

  /// What the objective's ledger of everything recorded, up to the evaluation; in half-hours before midnight it grew.
  private func ledger(of subject: TestBatch.Subject, _ busy: [Int: Int]) -> TestSeries? {
    let recordings = rules.groups(for: subject.id).flatMap(\.rules).compactMap { rule -> RecordingRule? in
      if case .recording(let recording) = rule, recording.record == RecordName.totalLedger.rawValue {
        recording
      } else {
        nil
      }
    }
    guard let recording = recordings.first else { return nil }
    var grown: [Int: Int] = [:]
    for (day, events) in busy {
      // On the last day only ten minutes, which are over before the end.
      let samples = day * Self.day == Self.end ? [Self.end - 1] : (0..<3).map { day * Self.day - $0 }
      for sample in samples { grown[sample] = events }
    }
    var count = 1_000
    let values: [Double?] = (0..<Self.end).map { sample in
      count += grown[sample] ?? 0
      // The rule records at the first and the last one itself.
      return sample == 0 ? nil : Double(count)
    }
    return TestSeries(
      metric: recording.record,
      labels: (recording.labels + subject.split).sorted { $0.name < $1.name },
      values: values
    )
  }
}
