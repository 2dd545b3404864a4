/// What an expression evaluates to.
package enum ValueType: String, Hashable, Sendable {
  case scalar
  case string
  case instantVector = "instant vector"
  case rangeVector = "range vector"
}

extension PromQLExpression {
  /// What the expression evaluates to, given that its parts have the types that they need.
  package var valueType: ValueType {
    switch self {
    case .number: .scalar
    case .string: .string
    case .selector, .aggregation: .instantVector
    case .range, .subquery: .rangeVector
    case .call(let call): call.function.signature.result
    case .unary(_, let operand): operand.valueType
    case .binary(let operation):
      operation.left.valueType == .scalar && operation.right.valueType == .scalar ? .scalar : .instantVector
    }
  }
}
