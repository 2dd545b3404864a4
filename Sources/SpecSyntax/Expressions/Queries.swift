import Diagnostics
import PromQL
import Quantities
import YAMLSource

extension ValueReader where Value == QueryText<VectorSelector> {
  /// The selector of a counter alone: `http_requests_total{job="api"}`.
  static let counter = selector("http_requests_total{job=\"api\"}") { expression in
    switch expression {
    case .range: .advice("leave out the range: the window of the objective is put in its place")
    case .call(let call) where call.readsCounter:
      .advice("write the selector alone: its increase over the window is what is counted")
    case .number, .string, .selector, .subquery, .call, .aggregation, .binary, .unary:
      .advice("for more than a selector write '{ promql: … }', with '[$window]' as the range")
    }
  }

  static let histogram = selector("http_request_duration_seconds{job=\"api\"}") { _ in
    .advice("name the histogram alone: objectives say which percentile, and over which window")
  }

  static let gauge = selector("queue_length{job=\"api\"}") { _ in
    .advice("name one gauge; what is worked out from several is recorded by a rule of its own, and named here")
  }

  private static func selector(
    _ example: String,
    advice: @escaping @Sendable (PromQLExpression) -> DiagnosticFix
  ) -> ValueReader {
    .query(Noun("a selector", "selectors"), example: example) { (text, dialect) throws(PromQLError) in
      try PromQLParser.parseSelector(text, dialect: dialect)
    } advice: { text, dialect in
      (try? PromQLParser.parse(text, dialect: dialect, allowsPlaceholders: true)).map(advice)
    }
  }
}

extension FunctionCall {
  /// `rate(requests_total[5m])`.
  fileprivate var readsCounter: Bool {
    switch function {
    case .rate, .irate, .increase:
      if case .range = arguments.first { return true }
      return false
    default: return false
    }
  }
}

extension ValueReader where Value == QueryText<PromQLExpression> {
  /// A query with `$window` where a range goes.
  static let template: ValueReader = .query(
    Noun("a PromQL query", "PromQL queries"),
    example: "sum(increase(expired_total[$window]))"
  ) { (text, dialect) throws(PromQLError) in
    try PromQLParser.parse(text, dialect: dialect, allowsPlaceholders: true)
  }

  /// A PromQL comparison, which yields series only while it holds.
  static let promqlComparison = ValueReader(
    .scalar(ScalarShape(Noun("a PromQL comparison", "PromQL comparisons"), examples: ["up{job=\"api\"} == 0"]))
  ) { node, context in
    anyQuery.read(node, &context).flatMap { $0.requiringCondition(&context) }
  }

  private static let anyQuery: ValueReader = .query(
    Noun("a PromQL comparison", "PromQL comparisons"),
    example: "up{job=\"api\"} == 0"
  ) { (text, dialect) throws(PromQLError) in
    try PromQLParser.parse(text, dialect: dialect)
  }
}

extension ValueReader {
  fileprivate static func query<Content>(
    _ noun: Noun,
    example: String,
    parse: @escaping @Sendable (String, PromQLDialect) throws(PromQLError) -> Content,
    advice: @escaping @Sendable (String, PromQLDialect) -> DiagnosticFix? = { _, _ in nil }
  ) -> ValueReader where Value == QueryText<Content> {
    let shape = Shape.scalar(ScalarShape(noun, examples: [example]))
    return ValueReader(shape) { node, context in
      guard !node.isUnresolved else { return nil }
      guard node.isScalar, !node.isNull else {
        context.reportNoQuery(node, meant: shape)
        return nil
      }
      return context.query(in: node, 0..<node.textBytes.count, parse, advice: advice)
    }
  }
}

extension ReadContext {
  /// Parses a part of a scalar as PromQL, with its problems at their places.
  mutating func query<Content>(
    in node: YAMLNode,
    _ part: Range<Int>,
    _ parse: (String, PromQLDialect) throws(PromQLError) -> Content,
    advice: (String, PromQLDialect) -> DiagnosticFix? = { _, _ in nil }
  ) -> QueryText<Content>? {
    let text = String(decoding: node.textBytes.dropFirst(part.lowerBound).prefix(part.count), as: UTF8.self)
    do throws(PromQLError) {
      return QueryText(try parse(text, dialect), text: text, in: node, from: part.lowerBound)
    } catch {
      let range = part.lowerBound + error.range.lowerBound..<part.lowerBound + error.range.upperBound
      let span = node.span(ofText: range)
      let fix = functionFix(text, error.range, over: span) ?? advice(text, dialect)
      report(.malformedPromQL, error.message.shortened, at: span, fix: fix)
      return nil
    }
  }

  /// `incraese(…)`.
  private func functionFix(_ text: String, _ place: Range<Int>, over span: SourceSpan) -> DiagnosticFix? {
    let bytes = Array(text.utf8)
    guard place.upperBound < bytes.count, bytes[place.upperBound] == UInt8(ascii: "(") else { return nil }
    let word = String(decoding: bytes[place], as: UTF8.self)
    guard PromQLFunction(rawValue: word) == nil else { return nil }
    return Spelling.nearest(to: word, in: PromQLFunction.allCases.map(\.rawValue)).map {
      .writing($0, over: span, safety: .unsafe)
    }
  }

  /// A selector that begins with a brace is a mapping to YAML, which deserves its own words.
  fileprivate mutating func reportNoQuery(_ node: YAMLNode, meant shape: Shape) {
    let isUnquotedSelector =
      node.kind == .mapping && node.entries.contains { $0.key.textBytes.contains(UInt8(ascii: "=")) }
    guard isUnquotedSelector else { return reportWrongShape(node, meant: shape) }
    let written = file.text(in: node.span.range)
    reportWrongShape(
      "\(subjectText) is a mapping to YAML, because it begins with '{'",
      at: node.span,
      fix: written.contains("'")
        ? DiagnosticFix("put quotes around it", safety: .unsafe)
        : DiagnosticFix("put quotes around it", edits: [TextEdit(replacing: node.span, with: "'\(written)'")])
    )
  }
}

extension QueryText where Value == PromQLExpression {
  /// The query if it picks series by what they are at the moment; nil, and a report, if it always yields some.
  fileprivate func requiringCondition(_ context: inout ReadContext) -> Self? {
    if value.isCondition { return self }
    context.report(
      .malformedPromQL,
      "\(Array(text.utf8).quotedText) compares nothing: it holds for as long as the series exists",
      at: span,
      fix: DiagnosticFix("compare it, as in '… == 0'", safety: .unsafe)
    )
    return nil
  }
}

extension PromQLExpression {
  fileprivate var isCondition: Bool {
    switch self {
    case .binary(let operation):
      switch operation.operation {
      case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual: !operation.returnsBool
      case .and: operation.left.isCondition || operation.right.isCondition
      case .unless: true
      case .or: operation.left.isCondition && operation.right.isCondition
      case .add, .subtract, .multiply, .divide, .modulo, .power, .atan2:
        operation.left.isCondition || operation.right.isCondition
      }
    case .call(let call): call.function == .absent || call.function == .absentOverTime
    case .aggregation(let aggregation): aggregation.operand.isCondition
    case .unary(_, let operand): operand.isCondition
    case .number, .string, .selector, .range, .subquery: false
    }
  }
}

// MARK: - Indicators' queries

extension ValueReader where Value == QuerySpec {
  /// A selector, or `{ promql: … }`.
  static let query = ValueReader(.alternatives([selectorQuery.shape, promqlQuery.shape])) { node, context in
    node.kind == .mapping && node.entries.contains { $0.key.hasText("promql") }
      ? promqlQuery.read(node, &context) : selectorQuery.read(node, &context)
  }

  private static let selectorQuery: ValueReader = ValueReader<QueryText<VectorSelector>>.counter.map { .selector($0) }

  private static let promqlQuery: ValueReader = .record(
    Noun("a PromQL query", "PromQL queries"),
    Key(
      "promql",
      ValueReader<QueryText<PromQLExpression>>.template,
      "a query with `$window` as its range",
      insteadOf: ["query", "expr"]
    )
  ) { QuerySpec.promql($0) }
}

extension ValueReader where Value == Located<DownConditionSpec> {
  /// A PromQL comparison or a condition, each with an optional `for`.
  static let downCondition = ValueReader(
    .scalar(
      ScalarShape(
        Noun("a PromQL comparison or a condition", "PromQL comparisons and conditions"),
        examples: ["up{job=\"api\"} == 0", "failure_ratio(requests) > 50% for 1m"]
      )
    )
  ) { node, context in
    guard node.isScalar, !node.isNull, !node.isUnresolved else {
      return ValueReader<QueryText<PromQLExpression>>.promqlComparison.read(node, &context)
        .map { Located(.query($0, sustained: nil), at: node.span) }
    }
    let text = ExpressionText(node)
    let condition =
      text.looksLikeCondition
      ? ValueReader<ConditionSpec>.condition.read(node, &context).map { DownConditionSpec.condition($0) }
      : context.sustainedQuery(in: text)
    return condition.map { Located($0, at: node.span) }
  }
}

extension ReadContext {
  /// `up == 0 for 5m`; PromQL itself has no `for`.
  fileprivate mutating func sustainedQuery(in text: ExpressionText) -> DownConditionSpec? {
    var end = text.node.textBytes.count
    var sustained: Located<TimeSpan>?
    if let word = text.tokens.dropLast().last, let span = text.tokens.last, span.kind == .word,
      text.slice(word.range).elementsEqual("for".utf8)
    {
      do throws(ExpressionError) {
        sustained = try text.read(span.range)
      } catch {
        report(error, in: text, as: .malformedCondition)
      }
      end = word.range.lowerBound
    }
    let query = query(in: text.node, 0..<end) { (text, dialect) throws(PromQLError) in
      try PromQLParser.parse(text, dialect: dialect)
    }
    return query.flatMap { $0.requiringCondition(&self) }.map { .query($0, sustained: sustained) }
  }
}

extension ExpressionText {
  /// Whether a measure begins the text, rather than a metric or a function of PromQL.
  ///
  /// `rate(uploads)` is a measure; `rate(uploads_total[5m])` is PromQL, whose functions of one plain metric are no
  /// measures' names.
  fileprivate var looksLikeCondition: Bool {
    guard let start = tokens.firstIndex(where: { $0.kind != .leftParenthesis }), tokens[start].kind == .word else {
      return false
    }
    let word = string(tokens[start].range)
    let rest = tokens[(start + 1)...]
    let isCall =
      rest.count >= 3 && rest[start + 1].kind == .leftParenthesis && rest[start + 2].kind == .word
      && rest[start + 3].kind == .rightParenthesis && isReference(slice(rest[start + 2].range))
    switch ComparisonSpec.Measure(word) {
    case .burnRate, .budgetRemaining: return isCall || rest.first?.kind == .comparison
    case .failureRatio, .successRatio, .failures, .events, .value, .rate, .percentile: return isCall
    case nil:
      let isPercentile = (try? Percentile(readingUTF8: slice(tokens[start].range))) != nil
      return isCall
        && (isPercentile || (PromQLFunction(rawValue: word) == nil && AggregationOperator(rawValue: word) == nil))
    }
  }
}
