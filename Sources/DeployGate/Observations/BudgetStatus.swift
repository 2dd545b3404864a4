import Quantities

/// What the data say about a budget. Only the first is a measurement; none of the others counts as healthy.
package enum BudgetStatus: Sendable, Hashable {
  case measured(Remaining)
  /// The source has nothing on the objective.
  case noSeries
  /// The newest sample is too old.
  case stale(age: TimeSpan)
  /// The source said that data were missing.
  case partial
  /// What the objective is measured by has been gone since then: what is recorded meanwhile says nothing.
  case telemetryLost(since: Instant)
  /// The data are complete, and not one event was counted.
  case noTraffic
  /// A statement that is in date, and the first day on which it will not be.
  case attested(until: CalendarDate)
  /// A statement that lapsed, or is yet to be made.
  case notAttested(on: CalendarDate, lapses: CalendarDate)

  /// A stable name for machines.
  package var code: String {
    switch self {
    case .measured: "measured"
    case .noSeries: "no-series"
    case .stale: "stale"
    case .partial: "partial"
    case .telemetryLost: "telemetry-lost"
    case .noTraffic: "no-traffic"
    case .attested: "attested"
    case .notAttested: "not-attested"
    }
  }

  package var remaining: Remaining? {
    switch self {
    case .measured(let remaining): remaining
    case .attested: .share(.one)
    case .notAttested: .nothing
    case .noSeries, .stale, .partial, .telemetryLost, .noTraffic: nil
    }
  }

  static func statement(on: CalendarDate, lapses: CalendarDate, today: CalendarDate) -> BudgetStatus {
    on <= today && today < lapses ? .attested(until: lapses) : .notAttested(on: on, lapses: lapses)
  }
}

extension Observation {
  /// The status of an observation whose data count as fresh for so long.
  func status(now: Instant, freshFor: TimeSpan, isSourcePartial: Bool, target: Target) -> BudgetStatus {
    if isPartial || isSourcePartial { return .partial }
    let age = now - at
    if age > freshFor { return .stale(age: age) }
    if let lost { return .telemetryLost(since: lost) }
    return counts.isEmpty ? .noTraffic : .measured(Remaining(counts, target: target))
  }
}

extension EventCounts {
  /// Neither good nor bad events.
  var isEmpty: Bool { total.isZero && bad.isZero }
}
