/// Cuts a text into tokens, one at a time.
///
/// What a character means depends on where it stands: names inside braces are never keywords, and what opens a
/// bracket is always a length of time.
struct Lexer {
  let bytes: [UInt8]
  let dialect: PromQLDialect
  let allowsPlaceholders: Bool
  var position = 0

  private var insideBraces = false
  private var insideBrackets = false
  private var expectsRange = false
  private var sawColon = false

  init(_ text: String, dialect: PromQLDialect, allowsPlaceholders: Bool) {
    bytes = Array(text.utf8)
    self.dialect = dialect
    self.allowsPlaceholders = allowsPlaceholders
  }

  /// The byte at a distance from the position; zero beyond the end, which no token contains.
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = position + distance
    return index < bytes.count ? bytes[index] : 0
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  mutating func next() throws(PromQLError) -> Token {
    skipSpace()
    if expectsRange {
      expectsRange = false
      return try nextInRange()
    }
    skipComments()
    let start = position
    guard start < bytes.count else { return Token(kind: .end, range: start..<start) }
    let kind = insideBraces ? try nextInsideBraces() : try nextKind()
    return Token(kind: kind, range: start..<position)
  }

  private mutating func skipSpace() {
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
  }

  private mutating func skipComments() {
    while peek() == UInt8(ascii: "#") {
      while position < bytes.count, bytes[position] != UInt8(ascii: "\n"), bytes[position] != UInt8(ascii: "\r") {
        position += 1
      }
      skipSpace()
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}

// MARK: - Outside braces

extension Lexer {
  private mutating func nextKind() throws(PromQLError) -> Token.Kind {
    let byte = peek()
    if startsNumber { return try numberOrDuration() }
    if PromQLName.isLetter(byte) || byte == UInt8(ascii: ":") {
      return insideBrackets ? try colon() : word()
    }
    if let kind = symbol(byte) { return kind }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return try string()
    case UInt8(ascii: "{"):
      insideBraces = true
      return take(1, .leftBrace)
    case UInt8(ascii: "["):
      if insideBrackets { throw unexpectedCharacter("inside brackets") }
      insideBrackets = true
      expectsRange = true
      sawColon = false
      return take(1, .leftBracket)
    case UInt8(ascii: "]"):
      insideBrackets = false
      return take(1, .rightBracket)
    default: throw unexpectedCharacter("in an expression")
    }
  }

  private var startsNumber: Bool {
    PromQLName.isDigit(peek()) || peek() == UInt8(ascii: ".") && PromQLName.isDigit(peek(1))
  }

  private mutating func symbol(_ byte: UInt8) -> Token.Kind? {
    let isFollowedByEqualSign = peek(1) == UInt8(ascii: "=")
    switch byte {
    case UInt8(ascii: ","): return take(1, .comma)
    case UInt8(ascii: "("): return take(1, .leftParenthesis)
    case UInt8(ascii: ")"): return take(1, .rightParenthesis)
    case UInt8(ascii: "@"): return take(1, .at)
    case UInt8(ascii: "+"): return take(1, .symbol(.add))
    case UInt8(ascii: "-"): return take(1, .symbol(.subtract))
    case UInt8(ascii: "*"): return take(1, .symbol(.multiply))
    case UInt8(ascii: "/"): return take(1, .symbol(.divide))
    case UInt8(ascii: "%"): return take(1, .symbol(.modulo))
    case UInt8(ascii: "^"): return take(1, .symbol(.power))
    case UInt8(ascii: "="): return isFollowedByEqualSign ? take(2, .symbol(.equal)) : take(1, .equalSign)
    case UInt8(ascii: "!"): return isFollowedByEqualSign ? take(2, .symbol(.notEqual)) : nil
    case UInt8(ascii: "<"): return isFollowedByEqualSign ? take(2, .symbol(.lessOrEqual)) : take(1, .symbol(.less))
    case UInt8(ascii: ">"):
      return isFollowedByEqualSign ? take(2, .symbol(.greaterOrEqual)) : take(1, .symbol(.greater))
    default: return nil
    }
  }

  private mutating func take(_ count: Int, _ kind: Token.Kind) -> Token.Kind {
    position += count
    return kind
  }

  /// A name, a keyword, or the words for infinity and not-a-number.
  private mutating func word() -> Token.Kind {
    let start = position
    var hasColon = false
    while PromQLName.isLetter(peek()) || PromQLName.isDigit(peek()) || peek() == UInt8(ascii: ":") {
      hasColon = hasColon || peek() == UInt8(ascii: ":")
      position += 1
    }
    if hasColon { return .metricName }
    let word = text(start..<position).lowercased()
    if word == "inf" { return .number(.infinity) }
    if word == "nan" { return .number(.nan) }
    return Keyword(word).map { .keyword($0) } ?? .word
  }

  /// Between range and step. Prometheus 2.42 takes any one letter for the colon.
  private mutating func colon() throws(PromQLError) -> Token.Kind {
    if sawColon || dialect != .prometheus2 && peek() != UInt8(ascii: ":") {
      throw unexpectedCharacter("inside brackets")
    }
    sawColon = true
    return take(1, .colon)
  }

  /// What opens a bracket: a duration, or where a template may leave it open, a placeholder.
  private mutating func nextInRange() throws(PromQLError) -> Token {
    let start = position
    if peek() == UInt8(ascii: "$"), allowsPlaceholders { return try placeholder() }
    if startsNumber {
      let kind = try numberOrDuration()
      if case .number = kind, dialect == .prometheus2 {
        throw PromQLError(
          "the range '\(text(start..<position))' has no unit such as 's', 'm', 'h' or 'd'",
          at: start..<position
        )
      }
      return Token(kind: kind, range: start..<position)
    }
    if start == bytes.count { throw PromQLError("the bracket is never closed", at: start..<start) }
    throw PromQLError(
      "expected a duration such as 5m, found \(character(at: start).quoted)",
      at: character(at: start).range
    )
  }

  private mutating func placeholder() throws(PromQLError) -> Token {
    let start = position
    position += 1
    while PromQLName.isLetter(peek()) || PromQLName.isDigit(peek()) { position += 1 }
    if position == start + 1 { throw PromQLError("'$' stands without the name of a placeholder", at: start..<position) }
    return Token(kind: .placeholder, range: start..<position)
  }
}

// MARK: - Inside braces

extension Lexer {
  private mutating func nextInsideBraces() throws(PromQLError) -> Token.Kind {
    let byte = peek()
    if PromQLName.isLetter(byte) {
      while PromQLName.isLetter(peek()) || PromQLName.isDigit(peek()) { position += 1 }
      return .word
    }
    switch (byte, peek(1)) {
    case (UInt8(ascii: ","), _): return take(1, .comma)
    case (UInt8(ascii: "}"), _):
      insideBraces = false
      return take(1, .rightBrace)
    case (UInt8(ascii: "="), UInt8(ascii: "~")): return take(2, .equalTilde)
    case (UInt8(ascii: "="), _): return take(1, .equalSign)
    case (UInt8(ascii: "!"), UInt8(ascii: "~")): return take(2, .exclamationTilde)
    case (UInt8(ascii: "!"), UInt8(ascii: "=")): return take(2, .symbol(.notEqual))
    case (UInt8(ascii: "\""), _), (UInt8(ascii: "'"), _), (UInt8(ascii: "`"), _): return try string()
    default: throw unexpectedCharacter("inside braces")
    }
  }
}

// MARK: - Errors

extension Lexer {
  func unexpectedCharacter(_ place: String) -> PromQLError {
    let character = character(at: position)
    return PromQLError("\(character.quoted) has no meaning \(place)", at: character.range)
  }

  /// The whole Unicode scalar that starts at an offset.
  func character(at offset: Int) -> (quoted: String, range: Range<Int>) {
    var end = offset + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return ("'\(text(offset..<end))'", offset..<end)
  }
}
