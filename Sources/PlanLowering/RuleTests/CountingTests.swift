import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// A test of what is counted: nothing, nothing bad, everything in spite of gaps and restarts, and not what is excluded.
struct CountingTests: Sendable {
  let batch: TestBatch

  private static let events = 100
  private static let silence = 2
  private static let faultless = 4
  private static let failing = 10

  /// The last evaluation of each phase.
  private var silent: Int { Self.silence - 1 }
  private var calm: Int { Self.silence + 1 + Self.faultless }
  private var missing: Range<Int> {
    // As many as fit into the time for which a series may be missing.
    let fitting = (batch.timing.gap / batch.step).floor - 1
    return (calm + 4)..<(calm + 4 + max(0, min(3, fitting)))
  }
  private var reset: Int { calm + 9 }
  private var restarted: Int { calm + Self.failing }

  /// When each exclusion holds, one after the other.
  private var excluded: [ExclusionID: Int] {
    var times: [ExclusionID: Int] = [:]
    for (index, known) in batch.signals.known.enumerated() { times[known.id] = restarted + 1 + index }
    return times
  }

  var test: RuleTest {
    let traffic = batch.probes.map { probe in
      // More of them miss the bound that is easiest to miss.
      let failures = probe.channels.indices.map { 5 + probe.channels.count - $0 }
      var traffic = Traffic(of: probe, silentFor: Self.silence)
      traffic.add(Self.events, intervals: Self.faultless)
      traffic.add(Self.events, bad: failures, intervals: Self.failing)
      traffic.add(Self.events, bad: failures, intervals: excluded.isEmpty ? 0 : excluded.count + 1)
      return traffic
    }
    let last = traffic.map(\.last).max() ?? 0
    let subjects = batch.subjects
    // Which values there are of a label that splits an objective, only traffic tells.
    let whole = subjects.filter(\.split.isEmpty)
    return batch.test(
      "nothing counts without traffic, nothing bad without failures, and each event once in spite of gaps and restarts",
      traffic,
      disturbed: Disturbance(silence: Self.silence, missing: missing, reset: reset),
      excluded: excluded,
      checks: balance(of: whole, traffic, at: silent)
        + balance(of: subjects, traffic, at: calm)
        + [missing.lowerBound - 1, missing.upperBound, restarted].flatMap { counts(traffic, at: $0) }
        + exclusions + (excluded.isEmpty ? [] : counts(traffic, at: last))
    )
  }

  /// No failure yet: the budget is whole.
  private func balance(of subjects: [TestBatch.Subject], _ traffic: [Traffic], at time: Int) -> [RuleCheck] {
    if subjects.isEmpty { return [] }
    return batch.checks(.totalLedger, at: time, of: subjects) { PromQLNumber(events: traffic[$0.probe].total[time]) }
      + batch.checks(.badLedger, at: time, of: subjects) { _ in 0 }
      + batch.checks(.successRatio, at: time, of: subjects) { _ in 1 }
      + batch.checks(.budgetRemaining, at: time, of: subjects) { _ in 1 }
      + [batch.noBurnAlert(at: time, of: subjects)]
  }

  private func counts(_ traffic: [Traffic], at time: Int) -> [RuleCheck] {
    batch.checks(.totalLedger, at: time, of: batch.subjects) { counted(traffic[$0.probe].total, of: $0, at: time) }
      + batch.checks(.badLedger, at: time, of: batch.subjects) {
        counted(traffic[$0.probe].bad[$0.channel], of: $0, at: time)
      }
  }

  /// Without what came while an exclusion held.
  private func counted(_ counts: [Int], of subject: TestBatch.Subject, at time: Int) -> PromQLNumber {
    let uncounted = subject.exclusions.compactMap { excluded[$0] }.filter { $0 <= time }
    return PromQLNumber(events: counts[time] - uncounted.reduce(0) { $0 + counts[$1] - counts[$1 - 1] })
  }

  /// Which objectives an exclusion concerns, while it holds and when it is over.
  private var exclusions: [RuleCheck] {
    let concerned = batch.subjects.filter { !$0.exclusions.isEmpty }
    let times = excluded.values.sorted()
    guard let last = times.last, !concerned.isEmpty else { return [] }
    return (times + [last + 1]).flatMap { time in
      batch.checks(.exclusionActive, at: time, of: concerned) { subject in
        subject.exclusions.contains { excluded[$0] == time } ? 1 : 0
      }
    }
  }
}
