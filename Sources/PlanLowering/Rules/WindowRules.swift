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
  ///     carried * (period == bool start) + delta or delta
  ///
  /// A value of the label that is gone keeps its sum until the period ends, and ends it with zero.
  private func sinceStart(
    _ start: PromQLExpression,
    _ window: RecordName,
    adding delta: RecordName
  ) -> PromQLExpression {
    let before = series.carried(window, series.windowMatcher)
    let period = series.remembered(.windowPeriod, series.windowMatcher)
    let isSamePeriod = PromQLExpression.max(period).equal(to: .max(start), .zeroOrOne)
    let added = series.latest(delta)
    let anyway = series.splitBy.isEmpty ? added : added.or(before.greater(than: 0).times(0), on: series.splitBy)
    return before.times(isSamePeriod, matching: series.matchingWhole)
      .plus(anyway, matching: series.matching)
      .or(added, on: series.splitBy)
  }
}
