/// A PromQL query as a value: parsed from what an author wrote or built by code, compared by meaning, printed last.
///
/// Parentheses are no part of the tree; the printer sets those that the tree needs.
package indirect enum PromQLExpression: Hashable, Sendable {
  case number(PromQLNumber)
  case string(String)
  case selector(VectorSelector)
  case range(RangeSelector)
  case subquery(Subquery)
  case call(FunctionCall)
  case aggregation(Aggregation)
  case binary(BinaryOperation)
  case unary(Sign, PromQLExpression)

  package enum Sign: String, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
  }
}

/// A function and its arguments: `clamp_max(x, 1)`.
package struct FunctionCall: Hashable, Sendable {
  package var function: PromQLFunction
  package var arguments: [PromQLExpression]
  /// From the name to the closing parenthesis.
  package var place: SourcePlace

  package init(_ function: PromQLFunction, _ arguments: [PromQLExpression], place: SourcePlace = .none) {
    self.function = function
    self.arguments = arguments
    self.place = place
  }
}

/// Many series made into fewer: `topk by (job) (5, x)`.
package struct Aggregation: Hashable, Sendable {
  package var operation: AggregationOperator
  /// How many for `topk`, which quantile, the label for `count_values`; nothing for the others.
  package var parameter: PromQLExpression?
  package var operand: PromQLExpression
  /// Without a grouping no label is kept, as with an empty `by`.
  package var grouping: Grouping?
  /// From the operator to its last parenthesis.
  package var place: SourcePlace

  package init(
    _ operation: AggregationOperator,
    parameter: PromQLExpression? = nil,
    _ operand: PromQLExpression,
    grouping: Grouping? = nil,
    place: SourcePlace = .none
  ) {
    self.operation = operation
    self.parameter = parameter
    self.operand = operand
    self.grouping = grouping
    self.place = place
  }
}

/// Two expressions joined by an operator: `a / on (job) group_left () b`.
package struct BinaryOperation: Hashable, Sendable {
  package var operation: BinaryOperator
  package var left: PromQLExpression
  package var right: PromQLExpression
  /// Whether a comparison yields 0 and 1 instead of dropping series.
  package var returnsBool: Bool
  /// Without one, series pair up when all their labels agree.
  package var matching: VectorMatching?
  /// From the start of the left side to the end of the right one.
  package var place: SourcePlace

  package init(
    _ left: PromQLExpression,
    _ operation: BinaryOperator,
    _ right: PromQLExpression,
    returnsBool: Bool = false,
    matching: VectorMatching? = nil,
    place: SourcePlace = .none
  ) {
    self.operation = operation
    self.left = left
    self.right = right
    self.returnsBool = returnsBool
    self.matching = matching
    self.place = place
  }
}
