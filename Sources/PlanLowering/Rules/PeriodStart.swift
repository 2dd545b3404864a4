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

  /// The start computed from constants, for the years of `ClockRuns`.
  func found(by rules: TimeZoneRules) -> PromQLExpression {
    // A year more, so that the last period of the years ends where it should.
    let years = ClockRuns.years.lowerBound...ClockRuns.years.upperBound + 1
    let starts = period.starts(inYears: years, zone: rules).map(\.unixSeconds)
    return .vector(ClockRuns(starts, nominalStep: Int64(period.nominalLength.seconds.floor)).latest)
  }

  /// Records the start.
  func rule(_ rules: TimeZoneRules) -> Rule {
    .recording(
      RecordingRule(
        record: RecordName.periodStart.rawValue,
        expression: found(by: rules),
        labels: [LabelPair(Self.periodLabel, period.rawValue), LabelPair(Self.zoneLabel, zone)]
      )
    )
  }
}
