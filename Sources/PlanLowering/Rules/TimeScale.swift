import PlanModel
import PromQL
import Quantities

/// How fast time passes for rules, against the lengths that specs and methods state.
///
/// Rules that were made for thirty days prove nothing within a minute. Shrunk, every length in them is divided by the
/// same number, windows, gaps and intervals alike, and nothing else changes: they have the same names, labels and
/// expressions, and an hour passes in a minute. Moments by the calendar stay where they are.
package struct TimeScale: Sendable, Hashable {
  let divisor: Int

  /// What is compiled for use.
  package static let real = TimeScale(divisor: 1)

  /// An hour for every so many hours, one or more.
  package static func divided(by divisor: Int) -> TimeScale {
    precondition(divisor >= 1, "time is shrunk, not stretched")
    return TimeScale(divisor: divisor)
  }

  private init(divisor: Int) {
    self.divisor = divisor
  }

  func shrunk(_ group: RuleGroup) -> RuleGroup {
    if self == .real { return group }
    return RuleGroup(name: group.name, interval: shrunk(group.interval), rules: group.rules.map(shrunk))
  }

  private func shrunk(_ rule: Rule) -> Rule {
    switch rule {
    case .recording(var rule):
      rule.expression = shrunk(rule.expression)
      return .recording(rule)
    case .alert(var rule):
      rule.expression = shrunk(rule.expression)
      rule.sustained = shrunk(rule.sustained)
      rule.keepFiringFor = shrunk(rule.keepFiringFor)
      return .alert(rule)
    }
  }

  // MARK: Expressions

  private func shrunk(_ expression: PromQLExpression) -> PromQLExpression {
    expression.mapSelectors { $0.offset(shrunk($0.offset)) }.mapRanges(shrunk).rewritten { part in
      guard case .subquery(var subquery) = part else { return part }
      subquery.step = subquery.step.map(shrunk)
      subquery.offset = shrunk(subquery.offset)
      return .subquery(subquery)
    }
  }

  private func shrunk(_ range: PromQLRange) -> PromQLRange {
    switch range {
    case .fixed(let duration): .fixed(shrunk(duration))
    case .placeholder: range
    }
  }

  /// To the nearest millisecond, the finest that PromQL knows.
  private func shrunk(_ duration: PromQLDuration) -> PromQLDuration {
    let milliseconds = Rational(numerator: Int128(duration.milliseconds), denominator: Int128(divisor))
    return PromQLDuration(milliseconds: Int64(milliseconds.roundedHalfEven))
  }

  private func shrunk(_ span: TimeSpan) -> TimeSpan { span * Rational(numerator: 1, denominator: Int128(divisor)) }
}
