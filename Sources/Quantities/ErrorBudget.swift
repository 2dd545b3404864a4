/// The share of events that may be bad: one minus the target.
///
/// The Site Reliability Workbook, chapter 2 ("Implementing SLOs"): with a target of 99.9% and three million requests in four
/// weeks, the budget is 3,000 failed requests.
package struct ErrorBudget: Sendable, Hashable, Comparable {
  package let share: Ratio

  package init(_ share: Ratio) {
    self.share = share
  }

  /// Whether nothing at all may go wrong.
  package var isEmpty: Bool { share == .nothing }

  package var target: Target? { Target(share.complement) }

  /// How many of so many events may be bad; not rounded.
  package func events(of total: Rational) -> Rational {
    total * share.fraction
  }

  /// How long everything may be bad in a window, to the microsecond: 43m12s for 0.1% of 30 days.
  package func time(in window: TimeSpan) -> TimeSpan {
    window * share.fraction
  }

  /// The share of the budget that so many bad events of so many have used; above 1 where it is overspent.
  ///
  /// Nil where there is no budget to use a share of: at a target of 100%, or without events.
  package func used(by bad: Rational, of total: Rational) -> Rational? {
    bad.divided(by: events(of: total))
  }

  /// The share of the budget that is left; below zero where it is overspent, nil as for `used`.
  package func remaining(after bad: Rational, of total: Rational) -> Rational? {
    used(by: bad, of: total).map { .one - $0 }
  }

  package static func < (left: ErrorBudget, right: ErrorBudget) -> Bool { left.share < right.share }
}

extension ErrorBudget: CustomStringConvertible {
  package var description: String { share.percentText }
}
