import Diagnostics
import Quantities

/// Reads one comparison of a condition, or a test budget, which is one with a place.
struct ComparisonParser {
  private(set) var cursor: ExpressionCursor
  private var text: ExpressionText { cursor.text }

  private static let example = "failure_ratio(requests) > 5% for 5m"

  init(_ cursor: ExpressionCursor) {
    self.cursor = cursor
  }

  /// `failures(uploads) > 50 within 10m for 5m`.
  mutating func comparison() throws(ExpressionError) -> ComparisonSpec {
    let start = cursor.place.lowerBound
    let measure = try self.measure()
    let subject = try self.subject(of: measure)
    let comparison = try cursor.takeComparison()
    let bound = try self.bound(of: measure) { $0.endsBound }
    var range: Located<TimeSpan>?
    var sustained: Located<TimeSpan>?
    while let word = try takeSpanWord() {
      let isSustained = text.slice(word.range).elementsEqual("for".utf8)
      guard (isSustained ? sustained : range) == nil else {
        throw ExpressionError("\(text.quoted(word.range)) is there twice", at: word.range)
      }
      if !isSustained { try rejectRange(of: measure, at: word.range) }
      let span = try self.span(after: word)
      if isSustained { sustained = span } else { range = span }
    }
    let end = cursor.previous?.range.upperBound ?? start
    return ComparisonSpec(
      measure: measure,
      subject: subject,
      comparison: comparison,
      bound: bound,
      range: range,
      sustained: sustained,
      text: text.normalized(start..<end)
    )
  }

  /// `p95(command-latency) < 120ms in ci`.
  static func testBudget(_ text: ExpressionText) throws(ExpressionError) -> TestBudgetSpec {
    var parser = ComparisonParser(ExpressionCursor(text))
    return try parser.testBudget()
  }

  private mutating func testBudget() throws(ExpressionError) -> TestBudgetSpec {
    let measure = try self.measure()
    guard case .percentile(let percentile) = measure.value else {
      throw ExpressionError(
        "a test budget bounds a percentile such as 'p95(latency)'",
        at: text.tokens.first?.range ?? cursor.place
      )
    }
    let subject = try self.subject(of: measure)
    let comparison = try cursor.takeComparison()
    let bound = try self.bound(of: measure) { $0.isWord("in") || $0.isWord("on") }
    guard case .amount(let amount) = bound.value, let subject else {
      throw ExpressionError("a test budget is a value of its own, not a multiple of an objective", at: cursor.place)
    }
    guard cursor.takeWord("in") != nil, let place = cursor.take(.word) else {
      throw cursor.unexpected("'in' and the place where the test runs")
    }
    guard cursor.isAtEnd else { throw cursor.unexpected("the end") }
    return TestBudgetSpec(
      percentile: measure.map { _ in percentile },
      indicator: subject,
      comparison: comparison,
      bound: bound.map { _ in amount },
      place: text.located(text.string(place.range), place.range),
      text: text.normalized
    )
  }
}

// MARK: - Measure and subject

extension ComparisonParser {
  private mutating func measure() throws(ExpressionError) -> Located<ComparisonSpec.Measure> {
    guard let word = cursor.take(.word) else {
      throw cursor.unexpected(
        "a measure such as 'failure_ratio(…)'",
        fix: .advice("write it as in '\(Self.example)'")
      )
    }
    let name = text.string(word.range)
    if let measure = ComparisonSpec.Measure(name) { return text.located(measure, word.range) }
    if name.first == "p" || name.first == "P", name.utf8.dropFirst().first?.isDigit == true {
      let percentile: Located<Percentile> = try text.read(word.range)
      return percentile.map { .percentile($0) }
    }
    let meant = ComparisonSpec.Measure.meant(by: name)
    throw ExpressionError(
      "\(text.quoted(word.range)) is not a measure",
      at: word.range,
      fix: meant.map { .writing($0, over: word.range) }
        ?? .advice("measures are \(ComparisonSpec.Measure.words.joined(separator: ", ")), p95")
    )
  }

  private mutating func subject(
    of measure: Located<ComparisonSpec.Measure>
  ) throws(ExpressionError) -> Located<String>? {
    let word = cursor.previous?.range ?? cursor.place
    guard let open = cursor.take(.leftParenthesis) else {
      switch measure.value {
      case .burnRate, .budgetRemaining: return nil
      case .failureRatio, .successRatio, .failures, .events, .percentile, .value, .rate:
        throw ExpressionError(
          "\(text.quoted(word)) does not say of what",
          at: word,
          fix: .advice("write '\(text.string(word))(…)' with the name of an indicator")
        )
      }
    }
    guard let name = cursor.take(.word) else { throw cursor.unexpected("a name") }
    guard isReference(text.slice(name.range)) else {
      throw ExpressionError("\(text.quoted(name.range)) is not the name of an indicator or objective", at: name.range)
    }
    guard cursor.take(.rightParenthesis) != nil else {
      throw cursor.isAtEnd || cursor.current?.kind == .comparison
        ? ExpressionError("this '(' is never closed", at: open.range)
        : cursor.unexpected("')' after one name")
    }
    return text.located(text.string(name.range), name.range)
  }
}

// MARK: - Bound and times

extension ComparisonParser {
  private mutating func bound(
    of measure: Located<ComparisonSpec.Measure>,
    until isEnd: (ExpressionCursor) -> Bool
  ) throws(ExpressionError) -> Located<ComparisonSpec.Bound> {
    var ahead = cursor
    let range = ahead.takePhrase(until: isEnd)
    guard !range.isEmpty else { throw cursor.unexpected("a bound") }
    let words = Array(text.tokens(in: range))
    if let multiple = try objectiveMultiple(words, range, of: measure.value) {
      try rejectMultiple(of: measure.value, multiple, range)
      cursor = ahead
      return text.located(.objectiveMultiple(multiple), range)
    }
    let quantity = try cursor.takeQuantity(until: isEnd, or: ["for", "within", "over", "and", "or"])
    switch measure.value {
    case .failureRatio, .successRatio, .budgetRemaining:
      // A share without its sign is a slip that the reader of shares has the words for.
      if quantity.value.unit == .number { let _: Located<Ratio> = try text.read(range) }
    case .failures, .events, .percentile, .value, .rate, .burnRate: break
    }
    return quantity.map { .amount($0) }
  }

  /// A percentile's objective has a bound that can be multiplied; a burn rate is a multiple already.
  private func rejectMultiple(
    of measure: ComparisonSpec.Measure,
    _ factor: Rational,
    _ range: Range<Int>
  ) throws(ExpressionError) {
    switch measure {
    case .percentile: return
    case .burnRate:
      throw ExpressionError(
        "a burn rate is a plain number, not \(text.quoted(range))",
        at: range,
        fix: .writing(factor.description, over: range)
      )
    case .failureRatio, .successRatio, .failures, .events, .value, .rate, .budgetRemaining:
      throw ExpressionError("\(text.quoted(range)) goes with percentiles such as 'p95(…)' only", at: range)
    }
  }

  /// `2x objective`.
  private func objectiveMultiple(
    _ words: [ExpressionToken],
    _ range: Range<Int>,
    of measure: ComparisonSpec.Measure
  ) throws(ExpressionError) -> Rational? {
    let first = words[0].range
    let isMultiple = text.slice(first).last == UInt8(ascii: "x")
    let factor = isMultiple ? first.lowerBound..<first.upperBound - 1 : first
    let isSplit = words.count == 3 && ["x", "×", "times"].contains(text.string(words[1].range))
    guard isMultiple || isSplit, let number = try? Rational(readingUTF8: text.slice(factor)) else { return nil }
    let corrected = "\(text.string(factor))x objective"
    if case .burnRate = measure { return number }
    guard isMultiple, words.count == 2, text.slice(words[1].range).elementsEqual("objective".utf8) else {
      throw ExpressionError(
        "\(text.quoted(range)) is not a multiple of the objective",
        at: range,
        fix: .writing(corrected, over: range, safety: isSplit ? .safe : .unsafe)
      )
    }
    guard number > .zero else { throw ExpressionError("\(text.quoted(first)) is not above zero", at: first) }
    return number
  }

  private mutating func takeSpanWord() throws(ExpressionError) -> ExpressionToken? {
    if let word = cursor.takeWord("for") ?? cursor.takeWord("within") ?? cursor.takeWord("over") { return word }
    guard cursor.isWord("in") || cursor.isWord("during") else { return nil }
    throw ExpressionError(
      "\(cursor.found) is not a word of conditions: 'within' gives the range that is looked at",
      at: cursor.place,
      fix: .writing("within", over: cursor.place)
    )
  }

  private func rejectRange(
    of measure: Located<ComparisonSpec.Measure>,
    at word: Range<Int>
  ) throws(ExpressionError) {
    switch measure.value {
    case .value:
      throw ExpressionError("\(text.quoted(word)) does not go with 'value', which is that of the moment", at: word)
    case .budgetRemaining:
      throw ExpressionError(
        "\(text.quoted(word)) does not go with 'budget_remaining', which is that of the objective's window",
        at: word
      )
    case .failureRatio, .successRatio, .failures, .events, .percentile, .rate, .burnRate: return
    }
  }

  private mutating func span(after word: ExpressionToken) throws(ExpressionError) -> Located<TimeSpan> {
    let range = cursor.takePhrase { $0.endsBound }
    guard !range.isEmpty else { throw cursor.unexpected("a duration such as '5m'") }
    let span: Located<TimeSpan> = try text.read(range)
    guard span.value > .zero else {
      throw ExpressionError("\(text.quoted(range)) after \(text.quoted(word.range)) is no time at all", at: range)
    }
    return span
  }
}

extension ExpressionCursor {
  /// Whether what a bound or duration may hold ends here.
  fileprivate var endsBound: Bool {
    guard let current, current.kind == .word else { return true }
    let words: [StaticString] = [
      "for", "within", "over", "and", "or", "in", "during", "AND", "OR", "And", "Or", "&&", "||", "&", "|",
    ]
    return words.contains { isWord($0) }
  }
}

extension ComparisonSpec.Measure {
  /// The measures that are words of their own; percentiles come besides.
  static let words = [
    "failure_ratio", "success_ratio", "failures", "events", "value", "rate", "burn_rate", "budget_remaining",
  ]

  init?(_ word: String) {
    switch word {
    case "failure_ratio": self = .failureRatio
    case "success_ratio": self = .successRatio
    case "failures": self = .failures
    case "events": self = .events
    case "value": self = .value
    case "rate": self = .rate
    case "burn_rate": self = .burnRate
    case "budget_remaining": self = .budgetRemaining
    default: return nil
    }
  }

  /// The measure that another tool's word, or a misspelt one, most likely means.
  static func meant(by word: String) -> String? {
    switch word.lowercased() {
    case "error_rate", "error_ratio", "failure_rate", "errors_ratio": "failure_ratio"
    case "success_rate", "availability": "success_ratio"
    case "errors", "total_failures", "error_count": "failures"
    case "requests", "total": "events"
    case "error_budget_remaining", "remaining": "budget_remaining"
    case "error_budget_burn_rate", "burn": "burn_rate"
    case "throughput": "rate"
    case "median": "p50"
    default: Spelling.nearest(to: word, in: words)
    }
  }
}
