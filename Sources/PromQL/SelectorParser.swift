extension ExpressionParser {
  /// The braces of a selector whose name, if any, has been read.
  mutating func parseSelector(named name: String?, from start: Int) throws(PromQLError) -> ParsedExpression {
    var matchers: [LabelMatcher] = []
    var quotedNames: [LabelMatcher] = []
    if token.kind == .leftBrace {
      try advance()
      while token.kind != .rightBrace {
        try parseMatcher(&matchers, &quotedNames)
        if token.kind != .comma { break }
        try advance()
      }
      try expect(.rightBrace, "',' or '}'")
    }
    let range = start..<previousEnd
    var selector = VectorSelector(name, matchers, place: SourcePlace(bytes: range))
    try nameSelector(&selector, quotedNames)
    try checkSelector(selector, at: range)
    return ParsedExpression(expression: .selector(selector), type: .instantVector, range: range)
  }

  /// One matcher, or in Prometheus 3 the metric name in quotes.
  private mutating func parseMatcher(
    _ matchers: inout [LabelMatcher],
    _ quotedNames: inout [LabelMatcher]
  ) throws(PromQLError) {
    let start = token.range.lowerBound
    let label: String
    switch token.kind {
    case .word: label = lexer.text(token.range)
    case .string(let value):
      try requireQuotedNames(at: token.range)
      label = value
    default: throw unexpected(matchers.isEmpty ? "a label name or '}'" : "a label name")
    }
    let isQuoted = token.kind != .word
    try advance()
    if isQuoted, token.kind == .comma || token.kind == .rightBrace {
      quotedNames.append(LabelMatcher("__name__", .equal, label, place: SourcePlace(bytes: start..<previousEnd)))
      return
    }
    let operation = try parseMatchOperation()
    guard case .string(let value) = token.kind else { throw unexpected("a quoted string") }
    let valueRange = token.range
    try advance()
    try checkPattern(value, of: operation, at: valueRange)
    matchers.append(LabelMatcher(label, operation, value, place: SourcePlace(bytes: start..<previousEnd)))
  }

  /// Quoted names came with UTF-8 names, in Prometheus 3.
  func requireQuotedNames(at range: Range<Int>) throws(PromQLError) {
    switch lexer.dialect {
    case .prometheus3: return
    case .prometheus2:
      throw PromQLError("a name in quotes is not part of \(lexer.dialect.rawValue)", at: range)
    }
  }

  private mutating func parseMatchOperation() throws(PromQLError) -> LabelMatcher.Operation {
    let operation: LabelMatcher.Operation
    switch token.kind {
    case .equalSign: operation = .equal
    case .symbol(.notEqual): operation = .notEqual
    case .equalTilde: operation = .matches
    case .exclamationTilde: operation = .doesNotMatch
    default: throw unexpected("'=', '!=', '=~' or '!~'")
    }
    try advance()
    return operation
  }

  /// A single quoted name is the metric name; beside other conditions on the name it is one more of them.
  private func nameSelector(
    _ selector: inout VectorSelector,
    _ quotedNames: [LabelMatcher]
  ) throws(PromQLError) {
    guard let first = quotedNames.first else { return }
    let hasOtherNames = quotedNames.count > 1 || selector.matchers.contains { $0.label == "__name__" }
    if selector.metricName == nil, !hasOtherNames, !first.value.isEmpty {
      selector.metricName = first.value
    } else {
      selector.matchers.insert(contentsOf: quotedNames, at: 0)
    }
  }

  private func checkPattern(
    _ pattern: String,
    of operation: LabelMatcher.Operation,
    at range: Range<Int>
  ) throws(PromQLError) {
    switch operation {
    case .equal, .notEqual: return
    case .matches, .doesNotMatch:
      if let problem = RegexParser.problem(in: pattern, dialect: lexer.dialect) {
        throw PromQLError("regular expression '\(pattern)': \(problem)", at: range)
      }
    }
  }

  private func checkSelector(_ selector: VectorSelector, at range: Range<Int>) throws(PromQLError) {
    if let name = selector.metricName {
      guard let other = selector.matchers.first(where: { $0.label == "__name__" }) else { return }
      throw PromQLError(
        "the metric name is set twice, to '\(name)' and '\(other.value)'",
        at: other.place.bytes ?? range
      )
    }
    if selector.matchers.allSatisfy({ $0.matchesEmpty(in: lexer.dialect) }) {
      throw PromQLError(
        "the selector would match every series: none of its matchers excludes the empty value",
        at: range
      )
    }
  }
}

// MARK: - Ranges, offsets and instants

extension ExpressionParser {
  mutating func parsePostfix(_ primary: ParsedExpression) throws(PromQLError) -> ParsedExpression {
    var parsed = primary
    while true {
      switch token.kind {
      case .leftBracket: parsed = try parseBrackets(after: parsed)
      case .keyword(.offset): try parseOffset(of: &parsed)
      case .at: try parseInstant(of: &parsed)
      case .word:
        if let refusal = ExperimentalSyntax.refusal(ofModifier: lexer.text(token.range), in: lexer.dialect) {
          throw PromQLError(refusal, at: token.range)
        }
        return parsed
      default: return parsed
      }
    }
  }

  private mutating func parseBrackets(after operand: ParsedExpression) throws(PromQLError) -> ParsedExpression {
    let start = token.range.lowerBound
    try advance()
    let rangePlace = SourcePlace(bytes: token.range)
    let range = try parseRange()
    if case .symbol = token.kind {
      throw PromQLError(ExperimentalSyntax.refusalOfArithmetic(in: lexer.dialect), at: token.range)
    }
    guard token.kind == .colon else {
      try expect(.rightBracket, "']' or ':'")
      return try makeRange(operand, range, rangePlace, brackets: start..<previousEnd)
    }
    try advance()
    var step: PromQLDuration?
    if token.kind != .rightBracket { step = try parsePositiveDuration("a duration or ']'") }
    try expect(.rightBracket, "']'")
    return try makeSubquery(operand, range, step, rangePlace, end: previousEnd)
  }

  private mutating func parseRange() throws(PromQLError) -> PromQLRange {
    guard token.kind == .placeholder else { return .fixed(try parsePositiveDuration("a duration such as 5m")) }
    let name = lexer.text((token.range.lowerBound + 1)..<token.range.upperBound)
    try advance()
    return .placeholder(name)
  }

  private mutating func parsePositiveDuration(_ expected: String) throws(PromQLError) -> PromQLDuration {
    let range = token.range
    let duration = try parseDuration(expected)
    if duration <= .zero { throw PromQLError("the duration '\(lexer.text(range))' is not above zero", at: range) }
    return duration
  }

  /// A duration, which Prometheus 3 lets one write as a number of seconds.
  private mutating func parseDuration(_ expected: String) throws(PromQLError) -> PromQLDuration {
    let duration: PromQLDuration
    switch token.kind {
    case .duration(let value): duration = value
    case .number(let seconds) where lexer.dialect == .prometheus3:
      // The bound of 292 years is where the nanoseconds of Prometheus end.
      guard seconds.magnitude < 9_223_372_036 else {
        throw PromQLError("'\(lexer.text(token.range))' seconds are longer than 292 years", at: token.range)
      }
      duration = PromQLDuration(milliseconds: Int64((seconds * 1_000).rounded()))
    default: throw unexpected(expected)
    }
    try advance()
    return duration
  }

  private mutating func parseOffset(of parsed: inout ParsedExpression) throws(PromQLError) {
    let start = token.range.lowerBound
    try advance()
    var isNegative = false
    if token.kind == .symbol(.subtract) {
      isNegative = true
      try advance()
    } else if token.kind == .symbol(.add), lexer.dialect == .prometheus3 {
      try advance()
    }
    let duration = try parseDuration("a duration such as 5m")
    let modifier = start..<previousEnd
    try modify(&parsed, at: modifier, "an offset") { (offset, _) throws(PromQLError) in
      if offset != .zero { throw PromQLError("the offset is set twice", at: modifier) }
      offset = isNegative ? -duration : duration
    }
  }

  private mutating func parseInstant(of parsed: inout ParsedExpression) throws(PromQLError) {
    let start = token.range.lowerBound
    try advance()
    let value = try parseInstantValue()
    let modifier = start..<previousEnd
    try modify(&parsed, at: modifier, "an '@' modifier") { (_, instant) throws(PromQLError) in
      if instant != nil { throw PromQLError("the '@' modifier is set twice", at: modifier) }
      instant = value
    }
  }

  private mutating func parseInstantValue() throws(PromQLError) -> EvaluationInstant {
    var instant = EvaluationInstant.start
    switch token.kind {
    case .keyword(.start): break
    case .keyword(.end): instant = .end
    default: return try parseTimestamp()
    }
    try advance()
    try expect(.leftParenthesis, "'('")
    try expect(.rightParenthesis, "')'")
    return instant
  }

  /// Seconds since 1970, with a sign if need be.
  private mutating func parseTimestamp() throws(PromQLError) -> EvaluationInstant {
    let start = token.range.lowerBound
    let isNegative = token.kind == .symbol(.subtract)
    if isNegative || token.kind == .symbol(.add) { try advance() }
    let seconds: Double
    switch token.kind {
    case .number(let value): seconds = isNegative ? -value : value
    case .duration(let value) where lexer.dialect == .prometheus3:
      seconds = Double(isNegative ? -value.milliseconds : value.milliseconds) / 1_000
    default: throw unexpected("a timestamp, start() or end()")
    }
    let range = start..<token.range.upperBound
    try advance()
    // Prometheus bounds the seconds by 64 bits, not the milliseconds; what lies between is pinned to the bound.
    guard seconds.magnitude < 0x1p63 else {
      throw PromQLError("the timestamp '\(lexer.text(range))' is out of bounds", at: range)
    }
    let milliseconds = (seconds * 1_000).rounded(.toNearestOrAwayFromZero)
    let pinned = Int64(exactly: milliseconds) ?? (milliseconds < 0 ? .min : .max)
    return .timestamp(milliseconds: pinned)
  }

  /// Changes the offset or the instant of what can have one: a selector, with or without a range, or a subquery.
  private func modify(
    _ parsed: inout ParsedExpression,
    at modifier: Range<Int>,
    _ description: String,
    _ change: (inout PromQLDuration, inout EvaluationInstant?) throws(PromQLError) -> Void
  ) throws(PromQLError) {
    parsed.range = parsed.range.lowerBound..<modifier.upperBound
    let isModifiable = !parsed.isParenthesised
    switch parsed.expression {
    case .selector(var selector) where isModifiable:
      try change(&selector.offset, &selector.at)
      parsed.expression = .selector(selector)
    case .range(var range) where isModifiable:
      try change(&range.selector.offset, &range.selector.at)
      parsed.expression = .range(range)
    case .subquery(var subquery) where isModifiable:
      try change(&subquery.offset, &subquery.at)
      parsed.expression = .subquery(subquery)
    case .selector, .range, .subquery, .number, .string, .call, .aggregation, .binary, .unary:
      throw PromQLError(
        "\(description) follows a selector or a subquery only, without parentheses between",
        at: modifier
      )
    }
  }
}
