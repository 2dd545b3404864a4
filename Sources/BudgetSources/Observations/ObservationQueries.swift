import DeployGate
import PlanModel
import PromQL
import Quantities

/// What a Prometheus is asked about the budgets of some objectives: as many questions for one as for a thousand.
struct ObservationQueries: Sendable {
  /// Says on the answer to `spent` which of the two was counted.
  static let countedLabel = "nines_counted"
  static let levelLabel = "level"
  static let windowLabel = "window"
  /// Over which `spent` looks.
  static let burnWindow = TimeSpan.hours(1)

  /// As many evaluations as the gate ever takes a sample for fresh, and one more.
  private static let freshEvaluations: Rational = 11
  /// How many samples a history is asked for, all series together.
  private static let historySamples = 150_000
  private static let historyPoints = 30...720

  /// Tells that telemetry is gone, and since when: its series hold the time at which the alert became active.
  static let alertState = "ALERTS_FOR_STATE"
  static let telemetryAlert = "TelemetryLost"
  private static let alertLabel = "alertname"

  private let slo: LabelMatcher
  /// Lets through what is no alert, and of alerts that one alone.
  private let telemetry = LabelMatcher.matches(Self.alertLabel, "|\(Self.telemetryAlert)")
  private let interval: TimeSpan
  private let longestWindow: TimeSpan
  private let seriesCount: Int

  init(_ objectives: [GateObjective], of policy: GatePolicy) {
    slo = .matches(policy.labelNames.slo, LabelMatcher.pattern(ofAny: objectives.map(\.name.text)))
    interval = policy.interval
    longestWindow = objectives.map(\.window.longestLength).max() ?? .zero
    let levels = policy.policies.map(\.levels.count).max() ?? 0
    seriesCount = max(1, objectives.count * (2 + levels))
  }

  /// How long ago a sample may be that `newest` finds.
  var recent: TimeSpan { interval * Self.freshEvaluations }

  /// The samples of the last evaluations as they were written, with their own times.
  var newest: PromQLExpression {
    let names = LabelMatcher.anyRecord(.totalWindow, .badWindow, .level, .totalLedger, .ledgerStart)
    return .range(VectorSelector(nil, [names, slo, telemetry]), over: .fixed(recent.promQL))
  }

  /// What was counted in the last hour, each series with the label that says what it counts.
  var spent: PromQLExpression {
    let counted = { (record: RecordName, name: String) in
      PromQLExpression.labelled(
        .increase(VectorSelector(record.rawValue, [slo]), over: Self.burnWindow.promQL),
        Self.countedLabel,
        name
      )
    }
    return counted(.totalLedger, "total").or(counted(.badLedger, "bad"))
  }

  /// What the windows and ledgers held, and which levels and whether the alert held, at earlier times.
  var history: PromQLExpression {
    .selector(VectorSelector(nil, [.anyRecord(.totalWindow, .badWindow, .level, .totalLedger), slo, telemetry]))
  }

  /// The times that `history` is asked for, in milliseconds since 1970. Steps lie on multiples of their length, so that
  /// the same times come up again, and what caches answers can.
  func historyTimes(before now: Instant) -> (start: Int64, end: Int64, step: Int64) {
    let points = min(
      max(Self.historySamples / seriesCount, Self.historyPoints.lowerBound),
      Self.historyPoints.upperBound
    )
    let shortest = max(interval.microseconds, longestWindow.microseconds / Int64(points))
    let step = (shortest / 60_000_000 + 1) * 60_000
    let end = (now.unixSeconds * 1_000 - recent.microseconds / 1_000) / step * step
    return (end - step * Int64(points), end, step)
  }
}

extension LabelMatcher {
  fileprivate static func anyRecord(_ records: RecordName...) -> LabelMatcher {
    .matches("__name__", (records.map(\.rawValue) + [ObservationQueries.alertState]).joined(separator: "|"))
  }
}

extension TimeSpan {
  fileprivate var promQL: PromQLDuration { .milliseconds(max(1, microseconds / 1_000)) }
}
