/// A place among the tokens of an expression that moves forward as parts are recognised.
struct ExpressionCursor {
  let text: ExpressionText
  private(set) var position = 0

  init(_ text: ExpressionText) {
    self.text = text
  }

  var current: ExpressionToken? { token(at: position) }
  var next: ExpressionToken? { token(at: position + 1) }
  var previous: ExpressionToken? { token(at: position - 1) }
  var isAtEnd: Bool { position >= text.tokens.count }

  func token(at index: Int) -> ExpressionToken? {
    text.tokens.indices.contains(index) ? text.tokens[index] : nil
  }

  /// The current token, or the place behind the last one.
  var place: Range<Int> { current?.range ?? text.end..<text.end }

  func isWord(_ word: StaticString, at offset: Int = 0) -> Bool {
    guard let token = token(at: position + offset), token.kind == .word else { return false }
    return text.slice(token.range).elementsEqual(
      UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    )
  }

  mutating func advance(by count: Int = 1) { position += count }

  mutating func take(_ kind: ExpressionToken.Kind) -> ExpressionToken? {
    guard let current, current.kind == kind else { return nil }
    position += 1
    return current
  }

  mutating func takeWord(_ word: StaticString) -> ExpressionToken? {
    guard isWord(word) else { return nil }
    return take(.word)
  }

  /// The range of the tokens up to the first that `isEnd` accepts; empty where that is the current one.
  mutating func takePhrase(until isEnd: (ExpressionCursor) -> Bool) -> Range<Int> {
    let start = place.lowerBound
    var end = start
    while let current, !isEnd(self) {
      end = current.range.upperBound
      position += 1
    }
    return start..<end
  }

  /// What is found here, for messages.
  var found: String {
    current.map { text.quoted($0.range) } ?? "the end"
  }

  /// What was expected here, and what was found instead.
  func unexpected(_ expected: String, fix: ExpressionError.Fix? = nil) -> ExpressionError {
    if let current {
      return ExpressionError(
        "\(expected) is expected instead of \(text.quoted(current.range))",
        at: current.range,
        fix: fix
      )
    }
    guard let previous else { return ExpressionError("\(expected) is expected", at: place, fix: fix) }
    return ExpressionError("\(expected) is expected after \(text.quoted(previous.range))", at: place, fix: fix)
  }
}
