// What Prometheus demands of the parts of an expression, checked where the whole is made.

extension ExpressionParser {
  func makeUnary(
    _ sign: PromQLExpression.Sign,
    from start: Int,
    _ operand: ParsedExpression
  ) throws(PromQLError) -> ParsedExpression {
    let range = start..<operand.range.upperBound
    guard operand.type == .scalar || operand.type == .instantVector else {
      throw PromQLError("a sign stands in front of \(operand.type.withArticle)", at: range)
    }
    if case .number(let number) = operand.expression {
      let value = sign == .minus ? number.negated : number
      return ParsedExpression(expression: .number(value), type: .scalar, range: range)
    }
    return try node(.unary(sign, operand.expression), operand.type, range, over: [operand])
  }

  func makeRange(
    _ operand: ParsedExpression,
    _ range: PromQLRange,
    _ place: SourcePlace,
    brackets: Range<Int>
  ) throws(PromQLError) -> ParsedExpression {
    guard case .selector(let selector) = operand.expression, !operand.isParenthesised else {
      throw PromQLError("a range follows a metric selector only; a subquery has a ':' in its brackets", at: brackets)
    }
    if selector.offset != .zero { throw PromQLError("the offset stands before the range, not after it", at: brackets) }
    if selector.at != nil { throw PromQLError("the '@' modifier stands before the range, not after it", at: brackets) }
    let expression = PromQLExpression.range(RangeSelector(selector, range, rangePlace: place))
    return try node(expression, .rangeVector, operand.range.lowerBound..<brackets.upperBound, over: [])
  }

  func makeSubquery(
    _ operand: ParsedExpression,
    _ range: PromQLRange,
    _ step: PromQLDuration?,
    _ place: SourcePlace,
    end: Int
  ) throws(PromQLError) -> ParsedExpression {
    try expectType(.instantVector, of: operand, "a subquery")
    let expression = PromQLExpression.subquery(
      Subquery(of: operand.expression, range, step: step, rangePlace: place)
    )
    return try node(expression, .rangeVector, operand.range.lowerBound..<end, over: [operand])
  }

  func makeCall(
    _ function: PromQLFunction,
    _ arguments: [ParsedExpression],
    at range: Range<Int>
  ) throws(PromQLError) -> ParsedExpression {
    let signature = function.signature
    let limits = signature.argumentCount
    if arguments.count < limits.least || arguments.count > limits.most ?? .max {
      throw PromQLError(
        "'\(function.rawValue)' takes \(signature.countDescription), found \(arguments.count)",
        at: range
      )
    }
    for (index, argument) in arguments.enumerated() {
      guard let type = signature.argumentType(at: index) else { continue }
      try expectType(type, of: argument, "'\(function.rawValue)'")
    }
    let call = FunctionCall(function, arguments.map(\.expression), place: SourcePlace(bytes: range))
    return try node(.call(call), signature.result, range, over: arguments)
  }

  func makeAggregation(
    _ operation: AggregationOperator,
    _ arguments: [ParsedExpression],
    _ grouping: Grouping?,
    at range: Range<Int>
  ) throws(PromQLError) -> ParsedExpression {
    let name = operation.rawValue
    let count = operation.parameterType == nil ? 1 : 2
    guard arguments.count == count, let operand = arguments.last else {
      let expected = count == 1 ? "1 argument" : "2 arguments"
      throw PromQLError("'\(name)' takes \(expected), found \(arguments.count)", at: range)
    }
    if let type = operation.parameterType { try expectType(type, of: arguments[0], "the parameter of '\(name)'") }
    try expectType(.instantVector, of: operand, "'\(name)'")
    let aggregation = Aggregation(
      operation,
      parameter: count == 2 ? arguments[0].expression : nil,
      operand.expression,
      grouping: grouping,
      place: SourcePlace(bytes: range)
    )
    return try node(.aggregation(aggregation), .instantVector, range, over: arguments)
  }

  private func expectType(_ type: ValueType, of argument: ParsedExpression, _ user: String) throws(PromQLError) {
    if argument.type == type { return }
    throw PromQLError(
      "\(user) takes \(type.withArticle) here, found \(argument.type.withArticle)",
      at: argument.range
    )
  }

  private func node(
    _ expression: PromQLExpression,
    _ type: ValueType,
    _ range: Range<Int>,
    over children: [ParsedExpression]
  ) throws(PromQLError) -> ParsedExpression {
    let height = 1 + (children.map(\.height).max() ?? 0)
    if height > PromQLParser.depthLimit { throw tooDeep(range) }
    return ParsedExpression(expression: expression, type: type, range: range, height: height)
  }
}

// MARK: - Binary operators

extension ExpressionParser {
  func makeBinary(
    _ left: ParsedExpression,
    _ operation: BinaryOperator,
    at place: Range<Int>,
    _ modifiers: BinaryModifiers,
    _ right: ParsedExpression
  ) throws(PromQLError) -> ParsedExpression {
    let range = left.range.lowerBound..<right.range.upperBound
    for operand in [left, right] where operand.type != .scalar && operand.type != .instantVector {
      throw PromQLError("'\(operation.rawValue)' has \(operand.type.withArticle) as an operand", at: operand.range)
    }
    if modifiers.returnsBool, !operation.isComparison {
      throw PromQLError("'bool' stands after '\(operation.rawValue)', which is no comparison", at: place)
    }
    let areVectors = left.type == .instantVector && right.type == .instantVector
    let areScalars = left.type == .scalar && right.type == .scalar
    if areScalars, operation.isComparison, !modifiers.returnsBool {
      throw PromQLError("a comparison of two scalars needs 'bool': \(operation.rawValue) bool", at: place)
    }
    if operation.isSetOperator, !areVectors {
      throw PromQLError("'\(operation.rawValue)' joins two instant vectors only, and one side is a scalar", at: place)
    }
    if let matching = modifiers.matching { try checkMatching(matching, operation, areVectors, at: range) }
    let expression = PromQLExpression.binary(
      BinaryOperation(
        left.expression,
        operation,
        right.expression,
        returnsBool: modifiers.returnsBool,
        matching: modifiers.matching,
        place: SourcePlace(bytes: range)
      )
    )
    return try node(expression, areScalars ? .scalar : .instantVector, range, over: [left, right])
  }

  private func checkMatching(
    _ matching: VectorMatching,
    _ operation: BinaryOperator,
    _ areVectors: Bool,
    at range: Range<Int>
  ) throws(PromQLError) {
    let (labels, isOn) =
      switch matching.labels {
      case .on(let labels): (labels, true)
      case .ignoring(let labels): (labels, false)
      }
    // An empty list matches nothing and is let through, as Prometheus does.
    if !areVectors, !labels.isEmpty {
      throw PromQLError("labels are matched between two instant vectors only, and one side is a scalar", at: range)
    }
    let including: [String]
    switch matching.cardinality {
    case .oneToOne: return
    case .groupLeft(let labels), .groupRight(let labels): including = labels
    }
    if areVectors, operation.isSetOperator {
      throw PromQLError("'\(operation.rawValue)' pairs many with many; it has no group_left or group_right", at: range)
    }
    let included = Set(including)
    if isOn, let label = labels.first(where: included.contains) {
      throw PromQLError("label '\(label)' stands in both 'on' and the group modifier", at: range)
    }
  }
}

// MARK: - Wording

extension ValueType {
  var withArticle: String {
    switch self {
    case .scalar, .string, .rangeVector: "a \(rawValue)"
    case .instantVector: "an \(rawValue)"
    }
  }
}

extension FunctionSignature {
  /// The fewest and the most arguments; no most where any number may follow.
  fileprivate var argumentCount: (least: Int, most: Int?) {
    switch trailing {
    case .nothing: (required.count, required.count)
    case .optional: (required.count, required.count + 1)
    case .any: (required.count, nil)
    }
  }

  fileprivate var countDescription: String {
    let (least, most) = argumentCount
    let noun = (most ?? least) == 1 ? "argument" : "arguments"
    if most == nil { return "at least \(least) \(noun)" }
    return most == least ? "\(least) \(noun)" : "\(least) to \(most ?? least) \(noun)"
  }
}
