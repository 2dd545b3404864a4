/// Reads PromQL, and refuses what Prometheus would refuse.
package enum PromQLParser {
  /// How deep expressions may nest and how many operators may follow one another: far beyond what people write, and
  /// little enough for every recursion over a tree.
  package static let depthLimit = 400

  /// With `allowsPlaceholders`, the range of a selector or subquery may be left open by name: `x[$window]`.
  package static func parse(
    _ text: String,
    dialect: PromQLDialect = .prometheus2,
    allowsPlaceholders: Bool = false
  ) throws(PromQLError) -> PromQLExpression {
    var parser = try ExpressionParser(
      Lexer(text, dialect: dialect, allowsPlaceholders: allowsPlaceholders)
    )
    return try parser.parseWhole().expression
  }

  /// Reads a selector alone, without range and modifiers: `http_requests_total{job="api"}`.
  package static func parseSelector(
    _ text: String,
    dialect: PromQLDialect = .prometheus2
  ) throws(PromQLError) -> VectorSelector {
    var parser = try ExpressionParser(Lexer(text, dialect: dialect, allowsPlaceholders: false))
    let parsed = try parser.parseWhole()
    guard case .selector(let selector) = parsed.expression, !parsed.isParenthesised,
      selector.offset == .zero, selector.at == nil
    else {
      throw PromQLError("expected a metric selector alone, found \(parsed.type.withArticle)", at: parsed.range)
    }
    return selector
  }
}

/// An expression on its way up the tree, with what its parent needs to know.
struct ParsedExpression {
  var expression: PromQLExpression
  let type: ValueType
  var range: Range<Int>
  /// Levels of the tree from here down.
  var height = 1
  /// Modifiers and ranges attach to a selector, never to parentheses around one.
  var isParenthesised = false
}

/// Operator precedence parsing with one token of lookahead; types are checked where a node is made.
struct ExpressionParser {
  private(set) var lexer: Lexer
  private(set) var token: Token
  /// The end of the token before the current one.
  private(set) var previousEnd = 0
  private var depth = 0

  init(_ lexer: Lexer) throws(PromQLError) {
    var lexer = lexer
    token = try lexer.next()
    self.lexer = lexer
  }

  mutating func advance() throws(PromQLError) {
    previousEnd = token.range.upperBound
    token = try lexer.next()
  }

  mutating func parseWhole() throws(PromQLError) -> ParsedExpression {
    let parsed = try parseExpression(atLeast: .or)
    guard token.kind == .end else { throw unexpected("an operator or the end") }
    return parsed
  }

  mutating func parseExpression(atLeast minimum: Precedence) throws(PromQLError) -> ParsedExpression {
    depth += 1
    defer { depth -= 1 }
    if depth > PromQLParser.depthLimit { throw tooDeep(token.range) }
    var left = try parseOperand()
    while let operation = binaryOperator, operation.precedence >= minimum {
      let place = token.range
      try advance()
      let modifiers = try parseModifiers()
      let right = try parseExpression(atLeast: operation.precedence.rightOperand)
      left = try makeBinary(left, operation, at: place, modifiers, right)
    }
    return left
  }

  private var binaryOperator: BinaryOperator? {
    switch token.kind {
    case .symbol(let operation), .keyword(.binary(let operation)): operation
    case .end, .number, .duration, .string, .word, .metricName, .keyword, .placeholder, .equalSign, .equalTilde,
      .exclamationTilde, .comma, .colon, .at, .leftParenthesis, .rightParenthesis, .leftBrace, .rightBrace,
      .leftBracket, .rightBracket:
      nil
    }
  }

  /// Signs, then what they stand in front of with all that follows it.
  private mutating func parseOperand() throws(PromQLError) -> ParsedExpression {
    let sign: PromQLExpression.Sign
    switch token.kind {
    case .symbol(.add): sign = .plus
    case .symbol(.subtract): sign = .minus
    default: return try parsePostfix(try parsePrimary())
    }
    let start = token.range.lowerBound
    try advance()
    return try makeUnary(sign, from: start, try parseExpression(atLeast: .power))
  }

  private mutating func parsePrimary() throws(PromQLError) -> ParsedExpression {
    let range = token.range
    switch token.kind {
    case .number(let value):
      try advance()
      return ParsedExpression(expression: .number(PromQLNumber(value)), type: .scalar, range: range)
    case .duration(let duration) where lexer.dialect == .prometheus3:
      try advance()
      let seconds = PromQLNumber(Int(duration.milliseconds), places: 3)
      return ParsedExpression(expression: .number(seconds), type: .scalar, range: range)
    case .string(let value):
      try advance()
      return ParsedExpression(expression: .string(value), type: .string, range: range)
    case .leftParenthesis: return try parseParentheses()
    case .leftBrace: return try parseSelector(named: nil, from: range.lowerBound)
    case .keyword(.aggregation(let operation)):
      try advance()
      if startsAggregation { return try parseAggregation(operation, from: range.lowerBound) }
      return try parseSelector(named: lexer.text(range), from: range.lowerBound)
    case .word:
      try advance()
      if token.kind == .leftParenthesis { return try parseCall(named: range) }
      return try parseSelector(named: lexer.text(range), from: range.lowerBound)
    case .keyword(let keyword) where keyword.mayNameMetric: return try parseSelectorAfterName()
    case .metricName: return try parseSelectorAfterName()
    case .end, .duration, .keyword, .placeholder, .symbol, .equalSign, .equalTilde, .exclamationTilde, .comma, .colon,
      .at, .rightParenthesis, .rightBrace, .leftBracket, .rightBracket:
      throw unexpected("an expression")
    }
  }

  private mutating func parseSelectorAfterName() throws(PromQLError) -> ParsedExpression {
    let range = token.range
    try advance()
    return try parseSelector(named: lexer.text(range), from: range.lowerBound)
  }

  private mutating func parseParentheses() throws(PromQLError) -> ParsedExpression {
    let start = token.range.lowerBound
    try advance()
    var inner = try parseExpression(atLeast: .or)
    try expect(.rightParenthesis, "')' or an operator")
    inner.range = start..<previousEnd
    inner.isParenthesised = true
    return inner
  }
}

// MARK: - Calls and aggregations

extension ExpressionParser {
  private mutating func parseCall(named name: Range<Int>) throws(PromQLError) -> ParsedExpression {
    guard let function = PromQLFunction(rawValue: lexer.text(name)) else {
      let text = lexer.text(name)
      let refusal = ExperimentalSyntax.refusal(ofCall: text, in: lexer.dialect)
      throw PromQLError(refusal ?? "unknown function '\(text)'", at: name)
    }
    guard function.signature.dialects.contains(lexer.dialect) else {
      throw PromQLError("function '\(function.rawValue)' is not part of \(lexer.dialect.rawValue)", at: name)
    }
    let arguments = try parseArguments()
    return try makeCall(function, arguments, at: name.lowerBound..<previousEnd)
  }

  private mutating func parseArguments() throws(PromQLError) -> [ParsedExpression] {
    try expect(.leftParenthesis, "'('")
    var arguments: [ParsedExpression] = []
    if token.kind != .rightParenthesis {
      arguments.append(try parseExpression(atLeast: .or))
      while token.kind == .comma {
        try advance()
        arguments.append(try parseExpression(atLeast: .or))
      }
    }
    try expect(.rightParenthesis, "',', ')' or an operator")
    return arguments
  }

  private var startsAggregation: Bool {
    token.kind == .leftParenthesis || token.kind == .keyword(.by) || token.kind == .keyword(.without)
  }

  private mutating func parseAggregation(
    _ operation: AggregationOperator,
    from start: Int
  ) throws(PromQLError) -> ParsedExpression {
    var grouping = try parseGrouping()
    let arguments = try parseArguments()
    if grouping == nil { grouping = try parseGrouping() }
    return try makeAggregation(operation, arguments, grouping, at: start..<previousEnd)
  }

  /// `by (…)` or `without (…)`, before or after the arguments.
  private mutating func parseGrouping() throws(PromQLError) -> Grouping? {
    switch token.kind {
    case .keyword(.by):
      try advance()
      return .by(try parseLabelList())
    case .keyword(.without):
      try advance()
      return .without(try parseLabelList())
    default: return nil
    }
  }
}

// MARK: - Matching of binary operators

/// What stands between an operator and its right side.
struct BinaryModifiers {
  var returnsBool = false
  var matching: VectorMatching?
}

extension ExpressionParser {
  private mutating func parseModifiers() throws(PromQLError) -> BinaryModifiers {
    var modifiers = BinaryModifiers()
    if token.kind == .keyword(.bool) {
      modifiers.returnsBool = true
      try advance()
    }
    switch token.kind {
    case .keyword(.on):
      try advance()
      modifiers.matching = VectorMatching(.on(try parseLabelList()))
    case .keyword(.ignoring):
      try advance()
      modifiers.matching = VectorMatching(.ignoring(try parseLabelList()))
    default: return modifiers
    }
    switch token.kind {
    case .keyword(.groupLeft):
      try advance()
      modifiers.matching?.cardinality = .groupLeft(including: try parseOptionalLabelList())
    case .keyword(.groupRight):
      try advance()
      modifiers.matching?.cardinality = .groupRight(including: try parseOptionalLabelList())
    default: break
    }
    return modifiers
  }

  private mutating func parseOptionalLabelList() throws(PromQLError) -> [String] {
    token.kind == .leftParenthesis ? try parseLabelList() : []
  }

  /// Labels in parentheses; a comma may follow the last one.
  private mutating func parseLabelList() throws(PromQLError) -> [String] {
    try expect(.leftParenthesis, "'(' and label names")
    var labels: [String] = []
    while token.kind != .rightParenthesis {
      labels.append(try parseGroupingLabel())
      if token.kind != .comma { break }
      try advance()
    }
    try expect(.rightParenthesis, "',' or ')'")
    return labels
  }

  private mutating func parseGroupingLabel() throws(PromQLError) -> String {
    let name: String
    switch token.kind {
    case .word: name = lexer.text(token.range)
    case .keyword(let keyword) where keyword.mayNameGroupingLabel: name = lexer.text(token.range)
    case .string(let value) where !value.isEmpty:
      try requireQuotedNames(at: token.range)
      name = value
    default: throw unexpected("a label name")
    }
    try advance()
    return name
  }
}

// MARK: - Tokens and errors

extension ExpressionParser {
  mutating func expect(_ kind: Token.Kind, _ description: String) throws(PromQLError) {
    guard token.kind == kind else { throw unexpected(description) }
    try advance()
  }

  func unexpected(_ expected: String) -> PromQLError {
    let found = token.kind == .end ? "the end of the expression" : "'\(lexer.text(token.range))'"
    return PromQLError("expected \(expected), found \(found)", at: token.range)
  }

  func tooDeep(_ range: Range<Int>) -> PromQLError {
    PromQLError("the expression nests deeper than \(PromQLParser.depthLimit) levels", at: range)
  }
}

extension Precedence {
  /// What the right side of an operator must at least hold together with; `^` alone groups from the right.
  fileprivate var rightOperand: Precedence {
    switch self {
    case .or: .and
    case .and: .comparison
    case .comparison: .sum
    case .sum: .product
    case .product, .power: .power
    case .primary: .primary
    }
  }
}
