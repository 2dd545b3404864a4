import PlanModel
import Quantities

/// What is left of an error budget.
package enum Remaining: Sendable, Hashable, Comparable {
  /// Less than any bound: failures against a budget of zero, or a statement that has lapsed.
  case nothing
  /// 1 is untouched, 0 is spent, below 0 is overspent.
  case share(Rational)

  /// `1 - bad / (budget · total)`, never rounded.
  ///
  /// A target of 100% leaves no budget: without failures all of it remains, and one failure is worse than any bound. So
  /// is a failure among no events at all.
  package init(_ counts: EventCounts, target: Target) {
    if let share = target.errorBudget.remaining(after: counts.bad, of: counts.total) {
      self = .share(share)
    } else {
      self = counts.bad > .zero ? .nothing : .share(.one)
    }
  }
}

extension RemainingBound {
  package func holds(for remaining: Remaining) -> Bool {
    comparison.holds(remaining, .share(bound.fraction))
  }
}
