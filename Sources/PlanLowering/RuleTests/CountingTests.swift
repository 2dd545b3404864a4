import PlanModel
import PromQL
import Quantities

/// Tests of what is counted: nothing, nothing bad, and everything in spite of gaps and restarts.
struct CountingTests: Sendable {
  let batch: TestBatch

  private static let calmIntervals = 10
  private static let events = 100

  /// Long enough for the traffic, and within the shortest window.
  private var subjects: [TestBatch.Subject] { batch.subjects }

  var tests: [RuleTest] { [idle, faultless, interrupted] }

  private var idle: RuleTest {
    let last = Self.calmIntervals
    let traffic = batch.probes.map { probe in
      var traffic = Traffic(channels: probe.channels.count)
      traffic.rest(until: last + 1)
      return traffic
    }
    let targets = batch.series(traffic).filter { $0.metric == "up" || $0.metric == RecordName.periodStart.rawValue }
    // Which values there are of a label that splits an objective, only traffic tells.
    let whole = subjects.filter(\.objective.splitBy.isEmpty)
    return RuleTest(
      name: "without traffic nothing is counted and the budget is whole",
      series: targets,
      checks: [
        batch.check(.totalDelta, at: last, of: whole) { _ in 0 },
        batch.check(.badDelta, at: last, of: whole) { _ in 0 },
        batch.check(.successRatio, at: last, of: whole) { _ in 1 },
        batch.check(.budgetRemaining, at: last, of: whole) { _ in 1 },
        batch.noBurnAlert(at: last, of: whole),
      ].filter { !whole.isEmpty || $0.expected.isEmpty }
    )
  }

  private var faultless: RuleTest {
    let traffic = batch.quiet.map { quiet in
      var traffic = quiet
      traffic.add(Self.events, intervals: Self.calmIntervals)
      return traffic
    }
    let last = traffic.map(\.last).max() ?? 0
    return RuleTest(
      name: "without failures everything counts and the budget is whole",
      series: batch.series(traffic),
      checks: [
        batch.check(.totalLedger, at: last, of: subjects) { PromQLNumber(events: traffic[$0.probe].total[last]) },
        batch.check(.badLedger, at: last, of: subjects) { _ in 0 },
        batch.check(.successRatio, at: last, of: subjects) { _ in 1 },
        batch.check(.budgetRemaining, at: last, of: subjects) { _ in 1 },
        batch.noBurnAlert(at: last, of: subjects),
      ]
    )
  }

  /// Failures that begin late, scrapes that are missed, a process that starts anew.
  private var interrupted: RuleTest {
    let traffic = batch.probes.map { probe in
      var traffic = Traffic(channels: probe.channels.count)
      // More of them miss the bound that is easiest to miss.
      let failures = probe.channels.indices.map { 5 + probe.channels.count - $0 }
      traffic.add(Self.events, intervals: 4)
      traffic.add(Self.events, bad: failures, intervals: 12)
      return traffic
    }
    // As many as fit into the time for which a series may be missing.
    let fitting = (batch.timing.gap / batch.interval).floor - 1
    let missing = 9..<(9 + max(0, min(3, fitting)))
    let disturbed = Disturbance(missing: missing, reset: 15)
    let last = traffic.map(\.last).max() ?? 0
    return RuleTest(
      name: "late series, missed scrapes and restarts cost no event and add none",
      series: batch.series(traffic, disturbed: disturbed),
      checks: [8, 13, last].flatMap { time in
        [
          batch.check(.totalLedger, at: time, of: subjects) { PromQLNumber(events: traffic[$0.probe].total[time]) },
          batch.check(.badLedger, at: time, of: subjects) {
            PromQLNumber(events: traffic[$0.probe].bad[$0.channel][time])
          },
        ]
      }
    )
  }
}
