import Diagnostics
import Quantities

/// Reads `indicator [percentile] comparison bound ["at least" ratio] "over" window ["by" "[" labels "]"]`.
struct ObjectiveParser {
  private var cursor: ExpressionCursor
  private var text: ExpressionText { cursor.text }

  private static let example = "requests >= 99.9% over 30d"

  static func parse(_ text: ExpressionText) throws(ExpressionError) -> ObjectiveExpression {
    var parser = ObjectiveParser(cursor: ExpressionCursor(text))
    return try parser.objective()
  }

  private mutating func objective() throws(ExpressionError) -> ObjectiveExpression {
    let indicator = try self.indicator()
    let requirement: ObjectiveExpression.Requirement
    if let word = cursor.takeWord("attested") {
      requirement = .attested(text.span(word.range))
      guard cursor.isAtEnd else {
        throw ExpressionError(
          "\(text.quoted(cursor.place)) after 'attested', which ends the expression",
          at: cursor.place,
          fix: ExpressionFix(
            title: "leave out what follows 'attested'",
            edit: (word.range.upperBound..<text.end, ""),
            safety: .unsafe
          )
        )
      }
    } else {
      requirement = .bounded(try bounded(indicator))
    }
    return ObjectiveExpression(indicator: indicator, requirement: requirement, text: text.normalized)
  }

  private mutating func indicator() throws(ExpressionError) -> Located<String> {
    try rejectPercentileFirst()
    guard let word = cursor.take(.word) else {
      throw cursor.unexpected(
        "the name of an indicator",
        fix: .advice("write it as in '\(Self.example)'")
      )
    }
    guard isReference(text.slice(word.range)) else {
      throw ExpressionError(
        "\(text.quoted(word.range)) is not the name of an indicator",
        at: word.range,
        fix: .advice("write it as in '\(Self.example)'")
      )
    }
    return text.located(text.string(word.range), word.range)
  }

  /// `p95 latency < 30s` and `p95(latency) < 30s` instead of `latency p95 < 30s`.
  private func rejectPercentileFirst() throws(ExpressionError) {
    guard let first = cursor.current, first.kind == .word, let second = cursor.next else { return }
    let name: ExpressionToken
    let end: Int
    if second.kind == .leftParenthesis, let inner = cursor.token(at: 2), inner.kind == .word,
      let close = cursor.token(at: 3), close.kind == .rightParenthesis
    {
      (name, end) = (inner, close.range.upperBound)
    } else if second.kind == .word, isPercentile(first.range), !cursor.isWord("attested", at: 1),
      !isPercentile(second.range)
    {
      (name, end) = (second, second.range.upperBound)
    } else {
      return
    }
    let range = first.range.lowerBound..<end
    let corrected = "\(text.string(name.range)) \(text.string(first.range))"
    throw ExpressionError(
      "\(text.quoted(range)) is not how an objective begins: the indicator comes first",
      at: range,
      fix: isPercentile(first.range) ? .writing(corrected, over: range) : nil
    )
  }

  private func isPercentile(_ range: Range<Int>) -> Bool {
    // Most words are no percentiles, and the words for why would be made for nobody.
    text.slice(range).first == UInt8(ascii: "p") && (try? Percentile(readingUTF8: text.slice(range))) != nil
  }

  private mutating func bounded(_ indicator: Located<String>) throws(ExpressionError) -> BoundedRequirement {
    let percentile = try self.percentile()
    let comparison = try cursor.takeComparison()
    let bound = try self.bound()
    let atLeast = try self.atLeast()
    let window = try self.window()
    let labels = try self.labels()
    guard cursor.isAtEnd else {
      if cursor.isWord("at"), cursor.isWord("least", at: 1) {
        throw ExpressionError("'at least' stands before 'over'", at: cursor.place)
      }
      throw ExpressionError("\(text.quoted(cursor.place)) after the end of the objective", at: cursor.place)
    }
    return BoundedRequirement(
      percentile: percentile,
      comparison: comparison,
      bound: bound,
      atLeast: atLeast,
      window: window,
      splitBy: labels
    )
  }

  private mutating func percentile() throws(ExpressionError) -> Located<Percentile>? {
    guard let word = cursor.current, word.kind == .word else { return nil }
    try cursor.rejectSignInWords()
    if cursor.next?.kind != .comparison, text.slice(word.range).first?.isDigit == true {
      throw cursor.unexpected("a comparison")
    }
    guard isPercentile(word.range) || cursor.next?.kind == .comparison else {
      let isAttested = Spelling.nearest(to: text.string(word.range), in: ["attested"]) != nil
      throw cursor.unexpected(
        "a comparison, a percentile such as 'p95' or 'attested'",
        fix: isAttested ? .writing("attested", over: word.range) : nil
      )
    }
    cursor.advance()
    return try text.read(word.range) as Located<Percentile>
  }

}

// MARK: - Bound and window

extension ObjectiveParser {
  private mutating func bound() throws(ExpressionError) -> Located<Quantity> {
    let isEnd = { (cursor: ExpressionCursor) in cursor.isWord("at") || cursor.isWord("by") || cursor.isAtWindow }
    guard !cursor.isAtEnd, !isEnd(cursor) else { throw cursor.unexpected("a bound such as '99.9%' or '250ms'") }
    var ahead = cursor
    try rejectMissingOver(ahead.takePhrase(until: isEnd), ahead)
    return try cursor.takeQuantity(until: isEnd, or: ["over", "at least", "by"])
  }

  /// `requests >= 99.9% 30d` instead of `requests >= 99.9% over 30d`.
  private func rejectMissingOver(_ range: Range<Int>, _ rest: ExpressionCursor) throws(ExpressionError) {
    guard rest.isAtEnd || rest.isWord("by") || rest.isWord("in") else { return }
    let words = Array(text.tokens(in: range))
    for split in words.indices.dropFirst() {
      let window = words[split].range.lowerBound..<range.upperBound
      let bound = range.lowerBound..<words[split - 1].range.upperBound
      // A bound of a word or two, and a window of five at most: `calendar month in Europe/Berlin` has four.
      guard split <= 2, words.count - split <= 5,
        (try? Quantity(bound: text.slice(bound))) != nil,
        (try? TimeWindow(readingUTF8: text.slice(window))) != nil
      else { continue }
      throw ExpressionError(
        "'over' is missing before the window \(text.quoted(window))",
        at: window,
        fix: .writing("over \(text.string(window))", over: window)
      )
    }
  }

  private mutating func atLeast() throws(ExpressionError) -> Located<Ratio>? {
    guard cursor.takeWord("at") != nil else { return nil }
    guard cursor.takeWord("least") != nil else { throw cursor.unexpected("'least'") }
    let range = cursor.takePhrase { $0.isAtWindow || $0.isWord("by") }
    guard !range.isEmpty else { throw cursor.unexpected("a share such as '99%'") }
    return try text.read(range) as Located<Ratio>
  }

  private mutating func window() throws(ExpressionError) -> Located<TimeWindow> {
    if cursor.isWord("by") {
      throw ExpressionError("'by' stands before the window; it comes last", at: cursor.place)
    }
    guard !cursor.isAtEnd else {
      throw ExpressionError(
        "the window is missing: the objective ends without 'over'",
        at: cursor.place,
        fix: ExpressionFix(title: "write 'over 30d'", edit: (cursor.place, " over 30d"), safety: .unsafe)
      )
    }
    guard cursor.takeWord("over") != nil else {
      throw cursor.unexpected("'over'", fix: .writing("over", over: cursor.place))
    }
    let range = cursor.takePhrase { $0.isWord("by") || $0.isWord("at") }
    guard !range.isEmpty else { throw cursor.unexpected("a window such as '30d' or 'calendar month'") }
    return try text.read(range)
  }

  private mutating func labels() throws(ExpressionError) -> [Located<String>] {
    guard cursor.takeWord("by") != nil else { return [] }
    let start = cursor.place.lowerBound
    guard cursor.take(.leftBracket) != nil else { throw unbracketedLabels() }
    var labels: [Located<String>] = []
    repeat {
      guard let label = cursor.take(.word) else { throw cursor.unexpected("a label") }
      let name = text.string(label.range)
      guard NameForm.label.fits(text.slice(label.range)) else {
        throw ExpressionError("\(text.quoted(label.range)) is not the name of a label", at: label.range)
      }
      if labels.contains(where: { $0.value == name }) {
        throw ExpressionError("label '\(name)' is there twice", at: label.range)
      }
      labels.append(text.located(name, label.range))
    } while cursor.take(.comma) != nil
    guard cursor.take(.rightBracket) != nil else {
      throw cursor.isAtEnd
        ? ExpressionError("the '[' before the labels is never closed", at: start..<start + 1)
        : cursor.unexpected("',' or ']'")
    }
    return labels
  }

  /// `by platform` and `by (platform)` instead of `by [platform]`.
  private mutating func unbracketedLabels() -> ExpressionError {
    let range = cursor.takePhrase { _ in false }
    guard !range.isEmpty else { return cursor.unexpected("a list of labels such as '[platform]'") }
    let labels = text.tokens(in: range).filter { $0.kind == .word }
    let list = "[\(labels.map { text.string($0.range) }.joined(separator: ", "))]"
    return ExpressionError(
      "the labels after 'by' stand in brackets",
      at: range,
      fix: labels.isEmpty ? nil : .writing(list, over: range)
    )
  }
}

extension ExpressionCursor {
  /// Whether a window begins here, or what somebody takes for the word that begins one.
  fileprivate var isAtWindow: Bool {
    isWord("over") || isWord("in") || isWord("for") || isWord("within") || isWord("during") || isWord("OVER")
  }
}
