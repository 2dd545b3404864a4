/// How many times faster than planned an error budget is being spent.
///
/// At 1 the budget lasts exactly one window. Spending 2% of a 30-day budget in one hour is a burn rate of 14.4: The
/// Site Reliability Workbook, chapter 5 ("Alerting on SLOs"), where the formulas below come from.
package struct BurnRate: Sendable, Hashable, Comparable {
  /// Zero or above.
  package let multiple: Rational

  /// Spends exactly the budget over exactly the window.
  package static let planned = BurnRate(unchecked: .one)

  /// The burn rate, or nil below zero.
  package init?(_ multiple: Rational) {
    guard !multiple.isNegative else { return nil }
    self.multiple = multiple
  }

  private init(unchecked multiple: Rational) {
    self.multiple = multiple
  }

  /// What spends a share of the budget of `window` in `span`: share × window ÷ span. Both are longer than nothing.
  package init(budgetShare share: Ratio, of window: TimeSpan, in span: TimeSpan) {
    precondition(window > .zero && span > .zero, "a budget is spent over some time")
    multiple = share.fraction * window.seconds / span.seconds
  }

  /// What a share of bad events burns: share ÷ budget. Nil where the budget is empty, which any failure overspends at once.
  package init?(badShare share: Ratio, of budget: ErrorBudget) {
    guard let multiple = share.fraction.divided(by: budget.share.fraction) else { return nil }
    self.multiple = multiple
  }

  /// What a total outage burns: 1 ÷ budget, 1000 at a target of 99.9%. No alert above it can fire. Nil where the budget is empty.
  package static func greatest(for budget: ErrorBudget) -> BurnRate? {
    BurnRate(badShare: .all, of: budget)
  }

  /// The share of bad events at this burn rate: burn rate × budget; above 1 where that cannot happen.
  package func badShare(of budget: ErrorBudget) -> Rational {
    multiple * budget.share.fraction
  }

  /// The share of the budget of `window` spent in `span`: burn rate × span ÷ window; above 1 where the budget ends before.
  package func budgetSpent(in span: TimeSpan, of window: TimeSpan) -> Rational {
    precondition(window > .zero, "a window is longer than nothing")
    return multiple * span.seconds / window.seconds
  }

  /// When what remains of the budget of `window` is gone: remaining × window ÷ burn rate. Nil where nothing is spent.
  package func timeToExhaustion(of window: TimeSpan, remaining: Rational = .one) -> TimeSpan? {
    guard !multiple.isZero else { return nil }
    return window * (max(remaining, .zero) / multiple)
  }

  /// How long bad events at a share must go on until they fill `alertWindow` to this burn rate:
  /// burn rate × budget × window ÷ share. Nil where they never do.
  package func detectionTime(ofBadShare share: Ratio, budget: ErrorBudget, over alertWindow: TimeSpan) -> TimeSpan? {
    let threshold = badShare(of: budget)
    guard share > .nothing, threshold <= share.fraction else { return nil }
    return alertWindow * (threshold / share.fraction)
  }

  package static func < (left: BurnRate, right: BurnRate) -> Bool { left.multiple < right.multiple }
}

extension BurnRate: CustomStringConvertible {
  /// `14.4`.
  package var description: String { multiple.decimalText }
}
