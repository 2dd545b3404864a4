/// A binary operator, by its spelling.
package enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "%"
  case power = "^"
  case atan2
  case equal = "=="
  case notEqual = "!="
  case greater = ">"
  case less = "<"
  case greaterOrEqual = ">="
  case lessOrEqual = "<="
  case and
  case or
  case unless

  /// How tightly an operator holds its operands; all but `^` group from the left.
  package var precedence: Precedence {
    switch self {
    case .or: .or
    case .and, .unless: .and
    case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual: .comparison
    case .add, .subtract: .sum
    case .multiply, .divide, .modulo, .atan2: .product
    case .power: .power
    }
  }

  package var isComparison: Bool { precedence == .comparison }

  /// `and`, `or` and `unless`, which pick series rather than compute values.
  package var isSetOperator: Bool { precedence == .or || precedence == .and }
}

package enum Precedence: Int, Hashable, Sendable, Comparable {
  case or = 1
  case and
  case comparison
  case sum
  /// Signs in front of an expression hold as tightly as `*`.
  case product
  case power
  /// What never needs parentheses: selectors, calls, aggregations, literals.
  case primary

  package static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
}

/// An aggregation operator, by its spelling.
package enum AggregationOperator: String, Hashable, Sendable, CaseIterable {
  case sum
  case avg
  case count
  case min
  case max
  case group
  case stddev
  case stdvar
  case topk
  case bottomk
  case quantile
  case countValues = "count_values"

  /// The type of the parameter in front of the operand, for the operators that take one.
  package var parameterType: ValueType? {
    switch self {
    case .topk, .bottomk, .quantile: .scalar
    case .countValues: .string
    case .sum, .avg, .count, .min, .max, .group, .stddev, .stdvar: nil
    }
  }
}

/// Which labels an aggregation keeps.
package enum Grouping: Hashable, Sendable {
  case by([String])
  case without([String])
}

/// How the series of the two sides of a binary operator are paired.
package struct VectorMatching: Hashable, Sendable {
  package enum Labels: Hashable, Sendable {
    case on([String])
    case ignoring([String])
  }

  /// Which side may have many series for one of the other, and the labels that it takes over from there.
  package enum Cardinality: Hashable, Sendable {
    case oneToOne
    case groupLeft(including: [String])
    case groupRight(including: [String])
  }

  package var labels: Labels
  package var cardinality: Cardinality

  package init(_ labels: Labels, _ cardinality: Cardinality = .oneToOne) {
    self.labels = labels
    self.cardinality = cardinality
  }

  package static func on(_ labels: String...) -> VectorMatching { VectorMatching(.on(labels)) }
  package static func on(_ labels: [String]) -> VectorMatching { VectorMatching(.on(labels)) }
  package static func ignoring(_ labels: String...) -> VectorMatching { VectorMatching(.ignoring(labels)) }
  package static func ignoring(_ labels: [String]) -> VectorMatching { VectorMatching(.ignoring(labels)) }

  package func groupLeft(_ including: String...) -> VectorMatching {
    VectorMatching(labels, .groupLeft(including: including))
  }

  package func groupRight(_ including: String...) -> VectorMatching {
    VectorMatching(labels, .groupRight(including: including))
  }
}
