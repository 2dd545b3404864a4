extension TextWriter {
  /// Writes text so that every YAML 1.1 and 1.2 reader gets that text back: plain where it can be, in quotes or as
  /// a literal block where it cannot.
  ///
  /// `blockIndent` is the column of a literal block's lines; nil where a block may not stand, as in a key.
  mutating func writeYAMLString(_ text: String, blockIndent: Int?) {
    var text = text
    text.withUTF8 { bytes in
      let traits = YAMLTextTraits(bytes)
      switch traits.style(allowsBlock: blockIndent != nil) {
      case .plain: write(bytes[...])
      case .singleQuoted: writeSingleQuoted(bytes)
      case .doubleQuoted: writeDoubleQuoted(bytes)
      case .literal: writeLiteral(bytes, indent: blockIndent ?? 2)
      }
    }
  }

  private mutating func writeSingleQuoted(_ bytes: UnsafeBufferPointer<UInt8>) {
    let quote = UInt8(ascii: "'")
    write(quote)
    for byte in bytes {
      write(byte)
      if byte == quote { write(quote) }
    }
    write(quote)
  }

  private mutating func writeDoubleQuoted(_ bytes: UnsafeBufferPointer<UInt8>) {
    write(UInt8(ascii: "\""))
    let reader = ScalarReader(bytes: bytes)
    var offset = 0
    while offset < bytes.count {
      let (scalar, length) = reader.scalar(at: offset)
      if scalar == 0x22 || scalar == 0x5C || HiddenScalars.contains(scalar) {
        writeYAMLEscape(scalar)
      } else {
        write(bytes[offset..<offset + length])
      }
      offset += length
    }
    write(UInt8(ascii: "\""))
  }

  private mutating func writeYAMLEscape(_ scalar: UInt32) {
    switch scalar {
    case 0x22: write("\\\"")
    case 0x5C: write("\\\\")
    case 0x09: write("\\t")
    case 0x0A: write("\\n")
    case 0x0D: write("\\r")
    case ..<0x100:
      write("\\x")
      write(hexadecimal: scalar, digits: 2)
    case ..<0x1_0000:
      write("\\u")
      write(hexadecimal: scalar, digits: 4)
    default:
      write("\\U")
      write(hexadecimal: scalar, digits: 8)
    }
  }

  /// A block scalar; the line break behind its last line is left to the caller.
  private mutating func writeLiteral(_ bytes: UnsafeBufferPointer<UInt8>, indent: Int) {
    let lineBreak = UInt8(ascii: "\n")
    let contentEnd = (bytes.lastIndex { $0 != lineBreak } ?? 0) + 1
    let trailing = bytes.count - contentEnd
    write(UInt8(ascii: "|"))
    // Readers find the indentation at the first line, unless that line begins with white space of its own.
    if bytes[0] == UInt8(ascii: " ") || bytes[0] == UInt8(ascii: "\t") || bytes[0] == lineBreak { write("2") }
    if trailing != 1 { write(trailing == 0 ? "-" : "+") }
    for line in bytes[..<contentEnd].split(separator: lineBreak, omittingEmptySubsequences: false) {
      newLine()
      if line.isEmpty { continue }
      write(spaces: indent)
      write(line)
    }
    for _ in 0..<max(0, trailing - 1) { newLine() }
  }
}

private enum YAMLStyle {
  case plain
  case singleQuoted
  case doubleQuoted
  case literal
}

/// What one pass over a text says about the ways in which it may be written.
private struct YAMLTextTraits {
  private var hasHidden = false
  private var hasTab = false
  private var hasLineBreak = false
  private var hasVisible = false
  private var hasSingleQuote = false
  private var hasDoubleQuoteOrBackslash = false
  private var mustQuote: Bool

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    mustQuote = bytes.isEmpty || bytes[0] == 0x20 || bytes[bytes.count - 1] == 0x20 || YAMLPlainText.isTaken(bytes)
    let reader = ScalarReader(bytes: bytes)
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      // Letters and digits are most of any text, and say nothing but that they can be seen.
      if Self.isWordByte(byte) {
        hasVisible = true
        offset += 1
        continue
      }
      if byte > 0x7F {
        let (scalar, length) = reader.scalar(at: offset)
        if HiddenScalars.contains(scalar) { hasHidden = true }
        hasVisible = true
        offset += length
        continue
      }
      note(byte, at: offset, in: bytes)
      offset += 1
    }
  }

  @inline(__always)
  private static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
  }

  private mutating func note(_ byte: UInt8, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
    switch byte {
    case 0x09: hasTab = true
    case 0x0A: hasLineBreak = true
    case 0x20: break
    case 0x00..<0x20, 0x7F: hasHidden = true
    case UInt8(ascii: "'"): hasSingleQuote = true
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): hasDoubleQuoteOrBackslash = true
    case UInt8(ascii: ":"): if offset + 1 == bytes.count || bytes[offset + 1] == 0x20 { mustQuote = true }
    case UInt8(ascii: "#"): if offset > 0, bytes[offset - 1] == 0x20 { mustQuote = true }
    default: break
    }
    if byte > 0x20 { hasVisible = true }
  }

  func style(allowsBlock: Bool) -> YAMLStyle {
    if hasHidden { return .doubleQuoted }
    if hasLineBreak { return allowsBlock && hasVisible ? .literal : .doubleQuoted }
    if hasTab { return .doubleQuoted }
    if !mustQuote { return .plain }
    return hasSingleQuote && !hasDoubleQuoteOrBackslash ? .doubleQuoted : .singleQuoted
  }
}
