import PlanModel
import PromQL
import Quantities

/// The rules that say how much was counted in the objective's window.
struct WindowRules: Sendable {
  let series: ObjectiveSeries

  var rules: [Rule] {
    switch series.window {
    case .rolling(let length):
      return [
        window(.totalWindow, series.increase(.totalLedger, over: length)),
        window(.badWindow, series.increase(.badLedger, over: length)),
      ]
    case .calendar(let period, let zone):
      let start = PeriodStart(period: period, zone: zone).expression
      return [
        window(.totalWindow, sinceStart(start, .totalWindow, adding: .totalDelta)),
        window(.badWindow, sinceStart(start, .badWindow, adding: .badDelta)),
        window(.windowPeriod, .max(start)),
      ]
    }
  }

  private func window(_ record: RecordName, _ expression: PromQLExpression) -> Rule {
    series.record(record, expression, LabelPair(ObjectiveSeries.windowLabel, series.window.label))
  }

  /// What the period holds so far, with this interval added; this interval alone where the period has just begun.
  ///
  /// The sum is kept up to a day without evaluations, and stands still meanwhile.
  private func sinceStart(
    _ start: PromQLExpression,
    _ window: RecordName,
    adding delta: RecordName
  ) -> PromQLExpression {
    let before = PromQLExpression.lastOverTime(series.selector(window, series.windowMatcher), over: .days(1))
    let period = PromQLExpression.lastOverTime(series.selector(.windowPeriod, series.windowMatcher), over: .days(1))
    let isSamePeriod = PromQLExpression.max(period).equal(to: .max(start))
    return before.and(isSamePeriod, on: [])
      .plus(series.latest(delta), matching: series.matching)
      .or(series.latest(delta), on: series.splitBy)
  }
}
