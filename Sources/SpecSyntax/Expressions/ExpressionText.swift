import Diagnostics
import Quantities
import YAMLSource

/// A word or sign of an expression, by its bytes in the decoded text.
struct ExpressionToken: Equatable {
  enum Kind {
    case word
    /// A run of `<`, `>`, `=`, `!`, `≤` and `≥`.
    case comparison
    case leftParenthesis
    case rightParenthesis
    case leftBracket
    case rightBracket
    case comma
  }

  let kind: Kind
  let range: Range<Int>
}

/// Why a text is not the expression that was expected there.
struct ExpressionError: Error {
  let message: String
  let range: Range<Int>
  var fix: ExpressionFix?

  init(_ message: String, at range: Range<Int>, fix: ExpressionFix? = nil) {
    self.message = message
    self.range = range
    self.fix = fix
  }
}

/// The decoded text of a scalar that holds an expression, cut into tokens.
struct ExpressionText {
  let node: YAMLNode
  let tokens: [ExpressionToken]
  private let bytes: ArraySlice<UInt8>
  private let places: ScalarText

  init(_ node: YAMLNode) {
    self.node = node
    bytes = node.textBytes
    places = ScalarText(node)
    tokens = Self.tokens(of: bytes)
  }

  /// The tokens that lie in a range of the text.
  func tokens(in range: Range<Int>) -> ArraySlice<ExpressionToken> {
    tokens[index(from: range.lowerBound)..<index(from: range.upperBound)]
  }

  /// The first token that begins at or behind a place.
  private func index(from place: Int) -> Int {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].range.lowerBound < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  var end: Int { tokens.last?.range.upperBound ?? bytes.count }

  func slice(_ range: Range<Int>) -> ArraySlice<UInt8> {
    bytes[bytes.startIndex + range.lowerBound..<bytes.startIndex + range.upperBound]
  }

  func string(_ range: Range<Int>) -> String { String(decoding: slice(range), as: UTF8.self) }
  func quoted(_ range: Range<Int>) -> String { slice(range).quotedText }
  func span(_ range: Range<Int>) -> SourceSpan { places.span(of: range) }

  func located<Value>(_ value: Value, _ range: Range<Int>) -> Located<Value> {
    Located(value, at: span(range))
  }

  /// The tokens of a range of the text, joined by single spaces as they were.
  func normalized(_ range: Range<Int>) -> Located<String> {
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    for byte in slice(range) {
      if !byte.isSpace {
        text.append(byte)
      } else if text.last != 0x20 {
        text.append(0x20)
      }
    }
    return located(String(decoding: text, as: UTF8.self), range)
  }

  /// The whole expression on one line, without spaces around it.
  var normalized: Located<String> {
    normalized((tokens.first?.range.lowerBound ?? 0)..<end)
  }

  /// A quantity in a part of the text, with its problem at its place.
  func read<Content: Readable>(_ range: Range<Int>) throws(ExpressionError) -> Located<Content> {
    do throws(QuantityError) {
      return located(try Content(readingUTF8: slice(range)), range)
    } catch {
      throw ExpressionError(error, in: range)
    }
  }

  private static func tokens(of bytes: ArraySlice<UInt8>) -> [ExpressionToken] {
    var tokens: [ExpressionToken] = []
    var position = bytes.startIndex
    while position < bytes.endIndex {
      let start = position
      let kind: ExpressionToken.Kind
      switch bytes[position] {
      case let byte where byte.isSpace:
        position += 1
        continue
      case UInt8(ascii: "("): kind = .leftParenthesis
      case UInt8(ascii: ")"): kind = .rightParenthesis
      case UInt8(ascii: "["): kind = .leftBracket
      case UInt8(ascii: "]"): kind = .rightBracket
      case UInt8(ascii: ","): kind = .comma
      default: kind = signLength(bytes, at: position) > 0 ? .comparison : .word
      }
      switch kind {
      case .comparison:
        while signLength(bytes, at: position) > 0 { position += signLength(bytes, at: position) }
      case .word:
        while position < bytes.endIndex, !isBreak(bytes, at: position) { position += 1 }
      case .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .comma: position += 1
      }
      tokens.append(
        ExpressionToken(kind: kind, range: start - bytes.startIndex..<position - bytes.startIndex)
      )
    }
    return tokens
  }

  /// The length of the sign that begins here, or zero.
  private static func signLength(_ bytes: ArraySlice<UInt8>, at position: Int) -> Int {
    guard position < bytes.endIndex else { return 0 }
    switch bytes[position] {
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "!"): return 1
    case 0xE2:
      let rest = bytes[position...].prefix(3)
      return rest.elementsEqual("≤".utf8) || rest.elementsEqual("≥".utf8) ? 3 : 0
    default: return 0
    }
  }

  private static func isBreak(_ bytes: ArraySlice<UInt8>, at position: Int) -> Bool {
    bytes[position].isSpace || "()[],".utf8.contains(bytes[position]) || signLength(bytes, at: position) > 0
  }
}

extension ExpressionError {
  /// A quantity's problem, moved to the part of the expression that the quantity was read from.
  init(_ error: QuantityError, in range: Range<Int>) {
    let start = range.lowerBound
    self.init(
      error.message,
      at: start + error.range.lowerBound..<start + error.range.upperBound,
      fix: error.suggestion.map { .writing($0, over: range) }
    )
  }
}

extension ReadContext {
  mutating func report(_ error: ExpressionError, in text: ExpressionText, as descriptor: DiagnosticDescriptor) {
    let fix = error.fix.map { self.fix($0, in: text) }
    report(descriptor, error.message, at: text.span(error.range), fix: fix)
  }
}

extension ValueReader {
  /// A scalar that holds an expression.
  static func expression(
    _ noun: Noun,
    pattern: String,
    plain: ScalarShape.PlainKind = .string,
    examples: [String],
    as descriptor: DiagnosticDescriptor,
    parse: @escaping @Sendable (ExpressionText) throws(ExpressionError) -> Value
  ) -> ValueReader {
    let shape = Shape.scalar(ScalarShape(noun, .text(pattern: pattern, as: plain), examples: examples))
    return ValueReader(shape) { node, context in
      guard !node.isUnresolved else { return nil }
      guard node.isScalar, !node.isNull else {
        context.reportWrongShape(node, meant: shape)
        return nil
      }
      let text = ExpressionText(node)
      do throws(ExpressionError) {
        return try parse(text)
      } catch {
        context.report(error, in: text, as: descriptor)
        return nil
      }
    }
  }
}
