import Diagnostics
import Quantities

extension RemainingSpec {
  /// `remaining > 50%`.
  static func parse(_ text: ExpressionText) throws(ExpressionError) -> RemainingSpec {
    var cursor = ExpressionCursor(text)
    return try parse(&cursor, expected: "'remaining'")
  }

  fileprivate static func parse(
    _ cursor: inout ExpressionCursor,
    expected: String
  ) throws(ExpressionError) -> RemainingSpec {
    let text = cursor.text
    guard cursor.takeWord("remaining") != nil else {
      let isOtherWord = cursor.current?.kind == .word && cursor.next?.kind == .comparison
      throw cursor.unexpected(
        expected,
        fix: isOtherWord
          ? .writing("remaining", over: cursor.place, safety: .unsafe)
          : .advice("write it as in 'remaining > 50%'")
      )
    }
    guard let sign = cursor.take(.comparison) else { throw cursor.unexpected("a comparison") }
    let comparison: Located<Comparison> = try text.read(sign.range)
    let range = cursor.takePhrase { _ in false }
    guard !range.isEmpty else { throw cursor.unexpected("a share such as '50%'") }
    return RemainingSpec(comparison: comparison, bound: try text.read(range))
  }
}

extension LevelSpec.Entry {
  /// `always`, or what of the budget remains.
  static func parse(_ text: ExpressionText) throws(ExpressionError) -> LevelSpec.Entry {
    var cursor = ExpressionCursor(text)
    if text.tokens.count == 1, cursor.takeWord("always") != nil { return .always }
    return .remaining(try RemainingSpec.parse(&cursor, expected: "'remaining' or 'always'"))
  }
}

extension LevelActionSpec {
  private static let cadences = ["hourly", "daily", "weekly", "monthly", "quarterly"]

  /// `postmortem`, `war-room daily`, `war-room every 12h`.
  static func parse(_ text: ExpressionText) throws(ExpressionError) -> LevelActionSpec {
    var cursor = ExpressionCursor(text)
    guard let name = cursor.take(.word) else { throw cursor.unexpected("the name of an action") }
    let action = text.located(text.string(name.range), name.range)
    if cursor.isAtEnd { return LevelActionSpec(name: action) }
    let range = cursor.takePhrase { _ in false }
    let words = Array(text.tokens(in: range))
    if words.count > 1, text.slice(words[0].range).elementsEqual("every".utf8) {
      let _: Located<TimeSpan> = try text.read(words[1].range.lowerBound..<range.upperBound)
    } else if words.count > 1 || !cadences.contains(text.string(range)) {
      let joined = text.tokens.map { text.string($0.range).lowercased() }.joined(separator: "-")
      throw ExpressionError(
        "\(text.quoted(range)) is not how often an action is taken: \(cadences.quotedAlternatives), or as in 'every 12h'",
        at: range,
        fix: joined.utf8.count <= NameForm.lengthLimit && NameForm.name.fits(joined.utf8)
          ? .init(
            title: "write '\(joined)' if that is the action",
            edit: (name.range.lowerBound..<range.upperBound, joined),
            safety: .unsafe
          )
          : nil
      )
    }
    return LevelActionSpec(name: action, cadence: text.normalized(range))
  }
}

extension ResponseSpec {
  /// `acknowledge within 48h`.
  static func parse(_ text: ExpressionText) throws(ExpressionError) -> ResponseSpec {
    var cursor = ExpressionCursor(text)
    let words = Action.allCases.map(\.rawValue)
    guard let word = cursor.take(.word) else {
      throw cursor.unexpected(words.quotedAlternatives)
    }
    let written = text.string(word.range)
    guard let action = Action(rawValue: written) else {
      throw ExpressionError(
        "\(text.quoted(word.range)) is not \(words.quotedAlternatives)",
        at: word.range,
        fix: meant(by: written).map { .writing($0, over: word.range) }
      )
    }
    guard cursor.takeWord("within") != nil else {
      let isOtherWord = cursor.isWord("in") || cursor.isWord("after") || cursor.isWord("by")
      throw cursor.unexpected(
        "'within'",
        fix: isOtherWord ? .writing("within", over: cursor.place) : nil
      )
    }
    let range = cursor.takePhrase { _ in false }
    guard !range.isEmpty else { throw cursor.unexpected("a duration such as '48h'") }
    return ResponseSpec(action: text.located(action, word.range), within: try text.read(range))
  }

  private static func meant(by word: String) -> String? {
    switch word.lowercased() {
    case "ack", "acknowledged", "confirm", "respond": Action.acknowledge.rawValue
    case "reply", "answered": Action.answer.rawValue
    case "resolve", "repair", "fixed", "hotfix", "hot-fix": Action.fix.rawValue
    default: Spelling.nearest(to: word, in: Action.allCases.map(\.rawValue))
    }
  }
}

extension StatedRangeSpec {
  /// `< 10/h`, `10/h .. 20/h`, and a bare value where the place allows it.
  static func parse(
    _ text: ExpressionText,
    allowsExact: Bool,
    _ read: (WrittenBytes) throws(QuantityError) -> Value
  ) throws(ExpressionError) -> Located<StatedRangeSpec> {
    guard !text.tokens.isEmpty else { throw ExpressionError("a range is expected", at: 0..<0) }
    let whole = (text.tokens[0].range.lowerBound)..<text.end
    let first = text.tokens[0]
    if first.kind == .comparison {
      let comparison: Located<Comparison> = try text.read(first.range)
      let bound = try stated(text, first.range.upperBound..<text.end, read)
      return text.located(.compared(comparison, bound), whole)
    }
    if let dots = text.firstDots(in: whole) {
      let lower = try stated(text, whole.lowerBound..<dots.lowerBound, read)
      let upper = try stated(text, dots.upperBound..<text.end, read)
      return text.located(.between(lower, upper), whole)
    }
    let value = try stated(text, whole, read)
    guard allowsExact else {
      throw ExpressionError(
        "\(text.quoted(whole)) is not a range",
        at: whole,
        fix: .advice(
          "write '< \(text.string(whole))', '> \(text.string(whole))' or a range as in '10/h .. 20/h'"
        )
      )
    }
    return text.located(.exactly(value), whole)
  }

  private static func stated(
    _ text: ExpressionText,
    _ range: Range<Int>,
    _ read: (WrittenBytes) throws(QuantityError) -> Value
  ) throws(ExpressionError) -> Located<StatedSpec<Value>> {
    let range = text.trimmed(range)
    do throws(QuantityError) {
      return text.located(try StatedSpec(text.slice(range), read), range)
    } catch {
      throw ExpressionError(error, in: range)
    }
  }
}

extension ExpressionText {
  /// The first `..` in a range of the text.
  fileprivate func firstDots(in range: Range<Int>) -> Range<Int>? {
    let bytes = slice(range)
    var position = bytes.startIndex
    while position + 1 < bytes.endIndex {
      if bytes[position] == UInt8(ascii: "."), bytes[position + 1] == UInt8(ascii: ".") {
        let start = range.lowerBound + position - bytes.startIndex
        return start..<start + 2
      }
      position += 1
    }
    return nil
  }

  fileprivate func trimmed(_ range: Range<Int>) -> Range<Int> {
    let bytes = slice(range)
    let start = bytes.prefix(while: \.isSpace).count
    guard start < bytes.count else { return range.upperBound..<range.upperBound }
    let end = bytes.reversed().prefix(while: \.isSpace).count
    return range.lowerBound + start..<range.upperBound - end
  }
}
