import PromQL
import Quantities
import SpecCatalog

/// Conditions that authors write, as PromQL: one series without labels where a condition holds, nothing where it does not.
struct ConditionExpressions: Sendable {
  let timing: RuleTiming
  private let measures: MeasureExpressions

  init(_ index: RuleIndex) {
    timing = index.timing
    measures = MeasureExpressions(index: index)
  }

  // MARK: Alerts

  /// One way in which an alert may fire.
  struct Branch: Sendable {
    var expression: PromQLExpression
    /// How long the expression has to hold.
    var sustained: TimeSpan
    /// The branch as its author wrote it.
    var text: String
  }

  /// The alternatives of a condition, each with the time that it has to hold.
  func branches(of condition: AlertCondition) -> [Branch] {
    switch condition {
    case .any(let conditions): return conditions.flatMap(branches)
    case .comparison(let comparison):
      return [
        Branch(
          expression: filter(comparison),
          sustained: comparison.sustained,
          text: comparison.text.value
        )
      ]
    case .all(let conditions):
      let durations = Set(conditions.flatMap(\.durations))
      guard durations.count > 1 else {
        return [
          Branch(expression: holds(condition), sustained: durations.first ?? .zero, text: condition.text)
        ]
      }
      return [Branch(expression: sustainedHolds(condition), sustained: .zero, text: condition.text)]
    }
  }

  private func filter(_ comparison: AlertComparison) -> PromQLExpression {
    measures.comparison(comparison, .filter)
  }

  /// Something while the condition holds now.
  private func holds(_ condition: AlertCondition) -> PromQLExpression {
    combined(condition) { measures.comparison($0, .filter) }
  }

  /// Something while each comparison has held for its own time.
  private func sustainedHolds(_ condition: AlertCondition) -> PromQLExpression {
    combined(condition) { comparison in
      if comparison.sustained == .zero { return measures.comparison(comparison, .filter) }
      return throughout(comparison.sustained, measures.comparison(comparison, .zeroOrOne)).equal(to: 1)
    }
  }

  private func combined(
    _ condition: AlertCondition,
    _ expression: (AlertComparison) -> PromQLExpression
  ) -> PromQLExpression {
    switch condition {
    case .comparison(let comparison): return expression(comparison)
    case .any(let conditions):
      return PromQLExpression.joined(conditions.map { combined($0, expression) }) { $0.or($1) } ?? .never
    case .all(let conditions):
      return PromQLExpression.joined(conditions.map { combined($0, expression) }) { $0.and($1) } ?? .never
    }
  }

  /// The least of a state over a span, looked at once an interval.
  private func throughout(_ span: TimeSpan, _ state: PromQLExpression) -> PromQLExpression {
    .call(.minOverTime, state.subquery(over: span.promQL, every: timing.interval.promQL))
  }

  // MARK: Downtime

  /// 1 while the condition makes a service down, 0 otherwise.
  func state(of condition: DownCondition) -> PromQLExpression {
    switch condition {
    case .query(let query, let sustained):
      let isDown = query.value.isPresent
      return sustained == .zero ? isDown : throughout(sustained, isDown).or(.vector(0))
    case .condition(let condition): return sustainedHolds(condition).isPresent
    }
  }

  /// What has to have series for the condition to be judged.
  func selectors(of condition: DownCondition) -> [VectorSelector] {
    switch condition {
    case .query(let query, sustained: _): query.value.selectorUses.map(\.selector)
    case .condition(let condition): condition.comparisons.flatMap { measures.selectors(of: $0.measure) }
    }
  }
}

extension PromQLExpression {
  /// No series at all.
  fileprivate static let never = PromQLExpression.vector(0).less(than: 0)
}

extension AlertCondition {
  /// Every comparison in it, from left to right.
  var comparisons: [AlertComparison] {
    switch self {
    case .any(let conditions), .all(let conditions): conditions.flatMap(\.comparisons)
    case .comparison(let comparison): [comparison]
    }
  }

  fileprivate var durations: [TimeSpan] { comparisons.map(\.sustained) }

  /// As written, in parentheses where one kind lies within the other.
  var text: String {
    switch self {
    case .comparison(let comparison): comparison.text.value
    case .any(let conditions): conditions.map(\.text).joined(separator: " or ")
    case .all(let conditions):
      conditions.map { condition in
        if case .any = condition { "(\(condition.text))" } else { condition.text }
      }.joined(separator: " and ")
    }
  }
}
