import PlanModel
import PromQL
import Quantities

/// The rule that says how much of an objective's window its ledger has seen: 1 for all of it, less for a young one.
struct CoverageRule: Sendable {
  let series: ObjectiveSeries

  var rule: Rule { series.record(.windowCoverage, .clampMax(.max(share), 1)) }

  /// The ledger's age ÷ the window's length, of a calendar window the part that has passed.
  private var share: PromQLExpression {
    let age = PromQLExpression.time().minus(series.latest(.ledgerStart))
    switch series.window {
    case .rolling:
      return age.divided(by: series.timing.seconds(series.length))
    case .calendar(let period, let zone):
      let start = PromQLExpression.max(PeriodStart(period: period, zone: zone).expression)
      let passed = PromQLExpression.clampMin(.time().minus(start), series.timing.intervalSeconds)
      return age.divided(by: passed, matching: series.matchingWhole)
    }
  }
}
