import Diagnostics
import Quantities

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

  /// The sign here; `> =` is one sign with a slip in it.
  mutating func takeComparison(_ expected: String = "a comparison") throws(ExpressionError) -> Located<Comparison> {
    try rejectSignInWords()
    guard let sign = take(.comparison) else { throw unexpected(expected) }
    let rest = take(.comparison)
    return try text.read(sign.range.lowerBound..<(rest ?? sign).range.upperBound)
  }

  /// `latency p95 under 3s`.
  func rejectSignInWords() throws(ExpressionError) {
    guard let word = current, word.kind == .word, let sign = Self.signs[text.string(word.range).lowercased()] else {
      return
    }
    throw ExpressionError(
      "a comparison is a sign: \(text.quoted(word.range)) is a word",
      at: word.range,
      fix: .writing(sign, over: word.range)
    )
  }

  private static let signs = [
    "under": "<", "below": "<", "less": "<", "above": ">", "over": ">", "exceeds": ">", "greater": ">", "more": ">",
    "min": ">=", "max": "<=",
  ]

  /// A value of any dimension in a phrase that ends at one of some words.
  mutating func takeQuantity(
    until isEnd: (ExpressionCursor) -> Bool,
    or words: [String]
  ) throws(ExpressionError) -> Located<Quantity> {
    let range = takePhrase(until: isEnd)
    do throws(QuantityError) {
      return text.located(try Quantity(bound: text.slice(range)), range)
    } catch {
      if error.suggestion == nil { try rejectWord(behindQuantityIn: range, insteadOf: words) }
      throw ExpressionError(error, in: range)
    }
  }

  /// `5% fro 5m`: a value that is well written, and then a word that nothing begins with.
  private func rejectWord(behindQuantityIn range: Range<Int>, insteadOf words: [String]) throws(ExpressionError) {
    let parts = Array(text.tokens(in: range))
    // `500_000 per month` has three words, and no value more.
    for count in [3, 2, 1] where count < parts.count {
      let value = range.lowerBound..<parts[count - 1].range.upperBound
      guard (try? Quantity(bound: text.slice(value))) != nil else { continue }
      let word = parts[count].range
      guard text.slice(word).first?.isLetter == true else { return }
      let meant = Spelling.nearest(to: text.string(word), in: words)
      throw ExpressionError(
        "\(text.quoted(word)) is not expected after \(text.quoted(value))",
        at: word,
        fix: meant.map { .writing($0, over: word) }
      )
    }
  }

  /// What is found here, for messages.
  var found: String {
    current.map { text.quoted($0.range) } ?? "the end"
  }

  /// What was expected here, and what was found instead.
  func unexpected(_ expected: String, fix: ExpressionFix? = nil) -> ExpressionError {
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
