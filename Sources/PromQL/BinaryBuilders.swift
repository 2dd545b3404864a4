// Operators between expressions. Without a matching, series pair up when all their labels agree.

extension PromQLExpression {
  package static func + (left: PromQLExpression, right: PromQLExpression) -> PromQLExpression {
    left.combined(.add, right)
  }

  package static func - (left: PromQLExpression, right: PromQLExpression) -> PromQLExpression {
    left.combined(.subtract, right)
  }

  package static func * (left: PromQLExpression, right: PromQLExpression) -> PromQLExpression {
    left.combined(.multiply, right)
  }

  package static func / (left: PromQLExpression, right: PromQLExpression) -> PromQLExpression {
    left.combined(.divide, right)
  }

  package func plus(_ other: PromQLExpression, matching: VectorMatching? = nil) -> PromQLExpression {
    combined(.add, other, matching: matching)
  }

  package func minus(_ other: PromQLExpression, matching: VectorMatching? = nil) -> PromQLExpression {
    combined(.subtract, other, matching: matching)
  }

  package func times(_ other: PromQLExpression, matching: VectorMatching? = nil) -> PromQLExpression {
    combined(.multiply, other, matching: matching)
  }

  package func divided(by other: PromQLExpression, matching: VectorMatching? = nil) -> PromQLExpression {
    combined(.divide, other, matching: matching)
  }

  /// The remainder of a division.
  package func modulo(_ other: PromQLExpression, matching: VectorMatching? = nil) -> PromQLExpression {
    combined(.modulo, other, matching: matching)
  }

  package func combined(
    _ operation: BinaryOperator,
    _ other: PromQLExpression,
    matching: VectorMatching? = nil
  ) -> PromQLExpression {
    .binary(BinaryOperation(self, operation, other, matching: matching))
  }
}

// MARK: - Sets of series

extension PromQLExpression {
  /// These series, and of the others those that have no match here.
  package func or(_ other: PromQLExpression, matching: VectorMatching? = nil) -> PromQLExpression {
    combined(.or, other, matching: matching)
  }

  package func or(_ other: PromQLExpression, on labels: [String]) -> PromQLExpression {
    combined(.or, other, matching: .on(labels))
  }

  /// These series, where the others have a match.
  package func and(_ other: PromQLExpression, matching: VectorMatching? = nil) -> PromQLExpression {
    combined(.and, other, matching: matching)
  }

  package func and(_ other: PromQLExpression, on labels: [String]) -> PromQLExpression {
    combined(.and, other, matching: .on(labels))
  }

  /// These series, where the others have no match.
  package func unless(_ other: PromQLExpression, matching: VectorMatching? = nil) -> PromQLExpression {
    combined(.unless, other, matching: matching)
  }

  package func unless(_ other: PromQLExpression, on labels: [String]) -> PromQLExpression {
    combined(.unless, other, matching: .on(labels))
  }
}

// MARK: - Comparisons

extension PromQLExpression {
  /// What a comparison makes of each series.
  package enum ComparisonResult: Sendable {
    /// Drops the series where it does not hold, and keeps the value where it does.
    case filter
    /// 1 where it holds, 0 where it does not (`bool`).
    case zeroOrOne
  }

  package func greater(
    than other: PromQLExpression,
    _ result: ComparisonResult = .filter,
    matching: VectorMatching? = nil
  ) -> PromQLExpression {
    compared(.greater, other, result, matching)
  }

  package func greaterOrEqual(
    to other: PromQLExpression,
    _ result: ComparisonResult = .filter,
    matching: VectorMatching? = nil
  ) -> PromQLExpression {
    compared(.greaterOrEqual, other, result, matching)
  }

  package func less(
    than other: PromQLExpression,
    _ result: ComparisonResult = .filter,
    matching: VectorMatching? = nil
  ) -> PromQLExpression {
    compared(.less, other, result, matching)
  }

  package func lessOrEqual(
    to other: PromQLExpression,
    _ result: ComparisonResult = .filter,
    matching: VectorMatching? = nil
  ) -> PromQLExpression {
    compared(.lessOrEqual, other, result, matching)
  }

  package func equal(
    to other: PromQLExpression,
    _ result: ComparisonResult = .filter,
    matching: VectorMatching? = nil
  ) -> PromQLExpression {
    compared(.equal, other, result, matching)
  }

  package func notEqual(
    to other: PromQLExpression,
    _ result: ComparisonResult = .filter,
    matching: VectorMatching? = nil
  ) -> PromQLExpression {
    compared(.notEqual, other, result, matching)
  }

  private func compared(
    _ operation: BinaryOperator,
    _ other: PromQLExpression,
    _ result: ComparisonResult,
    _ matching: VectorMatching?
  ) -> PromQLExpression {
    let returnsBool =
      switch result {
      case .filter: false
      case .zeroOrOne: true
      }
    return .binary(BinaryOperation(self, operation, other, returnsBool: returnsBool, matching: matching))
  }
}
