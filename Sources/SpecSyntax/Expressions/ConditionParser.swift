import Diagnostics
import Quantities

/// Reads `comparison ["for" duration] { ("and" | "or") comparison ["for" duration] }` with parentheses.
struct ConditionParser {
  private var cursor: ExpressionCursor
  private var depth = 0
  private var text: ExpressionText { cursor.text }

  /// How deep parentheses may lie inside each other.
  static let depthLimit = 32

  private init(_ text: ExpressionText) {
    cursor = ExpressionCursor(text)
  }

  static func parse(_ text: ExpressionText) throws(ExpressionError) -> ConditionSpec {
    var parser = ConditionParser(text)
    let condition = try parser.alternatives()
    guard parser.cursor.isAtEnd else {
      if let stray = parser.cursor.take(.rightParenthesis) {
        throw ExpressionError("this ')' closes nothing", at: stray.range)
      }
      throw parser.cursor.unexpected("'and', 'or' or the end")
    }
    return condition
  }

  /// `a and b or c`.
  private mutating func alternatives() throws(ExpressionError) -> ConditionSpec {
    var conditions = [try together()]
    while try takeJoint("or", insteadOf: ["OR", "Or", "||", "|"]) {
      conditions.append(try together())
    }
    return conditions.count == 1 ? conditions[0] : .any(conditions)
  }

  private mutating func together() throws(ExpressionError) -> ConditionSpec {
    var conditions = [try primary()]
    while try takeJoint("and", insteadOf: ["AND", "And", "&&", "&"]) {
      conditions.append(try primary())
    }
    return conditions.count == 1 ? conditions[0] : .all(conditions)
  }

  private mutating func takeJoint(
    _ word: StaticString,
    insteadOf others: [StaticString]
  ) throws(ExpressionError) -> Bool {
    if cursor.takeWord(word) != nil { return true }
    guard others.contains(where: { cursor.isWord($0) }) else { return false }
    throw ExpressionError(
      "conditions are joined by 'and' and 'or', not by \(cursor.found)",
      at: cursor.place,
      fix: .writing("\(word)", over: cursor.place)
    )
  }

  private mutating func primary() throws(ExpressionError) -> ConditionSpec {
    guard let open = cursor.take(.leftParenthesis) else {
      var parser = ComparisonParser(cursor)
      let comparison = try parser.comparison()
      cursor = parser.cursor
      return .comparison(comparison)
    }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw ExpressionError(
        "more than \(Self.depthLimit) parentheses lie inside each other",
        at: open.range
      )
    }
    let condition = try alternatives()
    guard cursor.take(.rightParenthesis) != nil else {
      throw cursor.isAtEnd
        ? ExpressionError("this '(' is never closed", at: open.range) : cursor.unexpected("'and', 'or' or ')'")
    }
    if cursor.isWord("for") || cursor.isWord("within") || cursor.isWord("over") {
      throw ExpressionError(
        "\(cursor.found) follows a comparison, not a group in parentheses",
        at: cursor.place,
        fix: .advice("write it after each comparison that it is meant for")
      )
    }
    return condition
  }
}

extension ValueReader where Value == ConditionSpec {
  static let condition = ValueReader.expression(
    Noun("a condition", "conditions"),
    pattern: Pattern.condition,
    examples: ["failure_ratio(requests) > 5% for 5m"],
    as: .malformedCondition,
    parse: ConditionParser.parse
  )
}
