extension Lexer {
  /// A quoted string, its escapes replaced. Backquotes take everything as it stands, line breaks included.
  mutating func string() throws(PromQLError) -> Token.Kind {
    let start = position
    let quote = peek()
    let isRaw = quote == UInt8(ascii: "`")
    var value: [UInt8] = []
    position += 1
    while position < bytes.count, bytes[position] != quote {
      switch bytes[position] {
      case UInt8(ascii: "\\") where !isRaw: try escape(quote, into: &value)
      case UInt8(ascii: "\n") where !isRaw: throw unclosed(start)
      default:
        try refuseReplacementCharacter()
        value.append(bytes[position])
        position += 1
      }
    }
    if position == bytes.count { throw unclosed(start) }
    position += 1
    guard let text = String(validating: value, as: UTF8.self) else {
      throw PromQLError("the escapes in this string make bytes that are not UTF-8", at: start..<position)
    }
    return .string(text)
  }

  private func unclosed(_ start: Int) -> PromQLError {
    PromQLError("the string that starts here is never closed", at: start..<position)
  }

  /// Prometheus takes a replacement character, even one that was written, for text that is not UTF-8.
  private func refuseReplacementCharacter() throws(PromQLError) {
    if peek() == 0xEF, peek(1) == 0xBF, peek(2) == 0xBD {
      throw PromQLError("a string cannot hold the replacement character U+FFFD", at: position..<(position + 3))
    }
  }

  private mutating func escape(_ quote: UInt8, into value: inout [UInt8]) throws(PromQLError) {
    let start = position
    let letter = peek(1)
    position += 2
    switch letter {
    case UInt8(ascii: "a"): value.append(0x07)
    case UInt8(ascii: "b"): value.append(0x08)
    case UInt8(ascii: "f"): value.append(0x0C)
    case UInt8(ascii: "n"): value.append(0x0A)
    case UInt8(ascii: "r"): value.append(0x0D)
    case UInt8(ascii: "t"): value.append(0x09)
    case UInt8(ascii: "v"): value.append(0x0B)
    case UInt8(ascii: "\\"), quote: value.append(letter)
    case UInt8(ascii: "x"): value.append(UInt8(truncatingIfNeeded: try digits(2, radix: 16, of: start)))
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let code = try digits(letter == UInt8(ascii: "u") ? 4 : 8, radix: 16, of: start)
      guard let scalar = Unicode.Scalar(code) else { throw wrongEscape(start) }
      value.append(contentsOf: String(Character(scalar)).utf8)
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      position -= 1
      let byte = try digits(3, radix: 8, of: start)
      guard let byte = UInt8(exactly: byte) else { throw wrongEscape(start) }
      value.append(byte)
    default:
      position = min(position, bytes.count)
      throw wrongEscape(start)
    }
  }

  /// So many digits exactly.
  private mutating func digits(_ count: Int, radix: Int, of start: Int) throws(PromQLError) -> UInt32 {
    let end = position + count
    let isHexadecimal: (UInt8) -> Bool = { PromQLName.isDigit($0) || (0x61...0x66).contains($0 | 0x20) }
    guard end <= bytes.count, bytes[position..<end].allSatisfy(isHexadecimal),
      let value = UInt32(text(position..<end), radix: radix)
    else {
      position = min(end, bytes.count)
      throw wrongEscape(start)
    }
    position = end
    return value
  }

  private func wrongEscape(_ start: Int) -> PromQLError {
    PromQLError("'\(text(start..<position))' is no escape that strings know", at: start..<position)
  }
}
