import PlanModel
import PromQL
import Quantities

/// The start of the calendar period that is running, in a zone.
struct PeriodStart: Sendable, Hashable {
  let period: CalendarPeriod
  let zone: String

  static let periodLabel = "period"
  static let zoneLabel = "zone"

  /// The recorded start, in seconds since 1970.
  var expression: PromQLExpression {
    .selector(
      RecordName.periodStart.rawValue,
      .equal(Self.periodLabel, period.rawValue),
      .equal(Self.zoneLabel, zone)
    )
  }

  /// Records the start, computed from constants for the years of `ClockRuns`.
  func rule(_ rules: TimeZoneRules) -> Rule {
    let starts = period.starts(inYears: ClockRuns.years, zone: rules).map(\.unixSeconds)
    let nominal = Int64(period.nominalLength.seconds.floor)
    return .recording(
      RecordingRule(
        record: RecordName.periodStart.rawValue,
        expression: .vector(ClockRuns(starts, nominalStep: nominal).latest),
        labels: [LabelPair(Self.periodLabel, period.rawValue), LabelPair(Self.zoneLabel, zone)]
      )
    )
  }
}
