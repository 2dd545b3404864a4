import PromQL
import Quantities
import SpecCatalog

/// Whether something is going on that does not count against an indicator: planned work, or a condition.
struct ExclusionActivity: Sendable {
  /// 1 while anything excluded goes on, 0 otherwise; nil where nothing can be excluded by a rule.
  let expression: PromQLExpression?

  init(_ exclusions: [Exclusion], zones: (String) -> TimeZoneRules?) {
    let byClock = exclusions.flatMap { Self.windows(of: $0) }.map { Self.isWithin($0, zones: zones) }
    let byQuery = exclusions.compactMap(\.when).map(\.value.isPresent)
    let clock = PromQLExpression.joined(byClock, +).map { PromQLExpression.vector($0) }
    let parts = (clock.map { [$0] } ?? []) + byQuery
    expression = PromQLExpression.joined(parts, +).map { $0.greater(than: 0, .zeroOrOne) }
  }

  private static func windows(of exclusion: Exclusion) -> [RecurringWindow] {
    switch exclusion.kind {
    case .maintenance(notice: _, let windows): windows
    case .condition, .notMeasured: []
    }
  }

  /// 1 within the window, 0 outside, as a scalar.
  private static func isWithin(_ window: RecurringWindow, zones: (String) -> TimeZoneRules?) -> PromQLExpression {
    switch window {
    case .once(let start, let duration):
      let end = start + duration
      return PromQLExpression.time().greaterOrEqual(to: .instant(start.unixSeconds), .zeroOrOne)
        .times(.time().less(than: .instant(end.unixSeconds), .zeroOrOne))
    case .weekly(let weekday, let time, let duration, let zone):
      return ClockRuns.starts(on: weekday, at: time, in: zones(zone) ?? .utc).isWithin(duration)
    case .daily(let time, let duration, let zone):
      return ClockRuns.starts(on: nil, at: time, in: zones(zone) ?? .utc).isWithin(duration)
    }
  }
}
