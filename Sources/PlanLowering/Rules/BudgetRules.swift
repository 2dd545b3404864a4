import PlanModel
import PromQL
import Quantities

/// The rules that compare what was counted with what is allowed, and say what the objective is.
struct BudgetRules: Sendable {
  let series: ObjectiveSeries

  /// How long the windows are that burn rates are recorded over.
  static let burnWindows: [TimeSpan] = [.hours(1), .hours(6), .days(3)]

  /// In the order in which they build on each other, after the windows.
  var rules: [Rule] {
    [
      series.record(.successRatio, successRatio),
      series.record(.budgetRemaining, remaining),
      series.record(.budgetAllowance, allowance),
    ] + burnRates
  }

  private var badWindow: PromQLExpression { series.latest(.badWindow, series.windowMatcher) }
  private var totalWindow: PromQLExpression { series.latest(.totalWindow, series.windowMatcher) }

  /// `1 - bad / total`. Without traffic nothing failed.
  private var successRatio: PromQLExpression {
    PromQLExpression.number(1).minus(share(of: badWindow, in: totalWindow))
  }

  /// `1 - bad / (E × total)`; with no budget at all, whatever is bad spends it.
  private var remaining: PromQLExpression {
    let used =
      series.budget.isEmpty
      ? PromQLExpression.sum(badWindow, grouping: series.splitBy.isEmpty ? nil : .by(series.splitBy))
        .greater(than: 0, .zeroOrOne)
      : share(of: badWindow, in: totalWindow).divided(by: series.budgetShare)
    return PromQLExpression.number(1).minus(used)
  }

  private func share(of bad: PromQLExpression, in total: PromQLExpression) -> PromQLExpression {
    bad.divided(by: .clampMin(total, ObjectiveSeries.tiny), matching: series.matching)
  }

  /// Bad share ÷ budget, over windows of its own: The Site Reliability Workbook, chapter 5.
  private var burnRates: [Rule] {
    guard !series.budget.isEmpty else { return [] }
    return Self.burnWindows.map { window in
      let ratio = share(of: series.increase(.badLedger, over: window), in: series.increase(.totalLedger, over: window))
      return series.record(
        .burnRate,
        ratio.divided(by: series.budgetShare),
        LabelPair(ObjectiveSeries.windowLabel, window.promQLText)
      )
    }
  }

  /// How much a whole window allows: `E × total × w ÷ clamp(age, i, w)`. While the ledger is younger than the window, what
  /// it has counted is taken for the window's like.
  private var allowance: PromQLExpression {
    let counted =
      switch series.window {
      case .rolling: totalWindow
      case .calendar: series.increase(.totalLedger, over: series.length)
      }
    let wholeWindow = series.timing.seconds(series.length, times: series.budget.share.fraction)
    let age = PromQLExpression.time().minus(series.latest(.ledgerStart))
    let covered = PromQLExpression.clamp(age, series.timing.intervalSeconds, series.timing.seconds(series.length))
    return counted.times(wholeWindow).divided(by: covered, matching: series.matching)
  }
}
