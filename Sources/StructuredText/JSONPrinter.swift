extension JSONValue {
  package enum Layout: Sendable {
    /// No white space, no line break at the end.
    case compact
    /// Two spaces a level, one member or element a line, a line break at the end.
    case pretty
  }

  /// RFC 8259 text; hidden code points are written as `\u` escapes, everything else as itself.
  package func text(_ layout: Layout) -> String {
    var writer = TextWriter()
    write(layout, into: &writer)
    return writer.text
  }

  package func write(_ layout: Layout, into writer: inout TextWriter) {
    var printer = JSONPrinter(isPretty: layout == .pretty)
    // Swapped rather than copied: a second owner would make the first write copy all that is there.
    swap(&printer.writer, &writer)
    printer.write(self, depth: 0)
    swap(&printer.writer, &writer)
    if layout == .pretty { writer.newLine() }
  }
}

private struct JSONPrinter {
  let isPretty: Bool
  var writer = TextWriter()

  mutating func write(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: writer.write("null")
    case .bool(let value): writer.write(value ? "true" : "false")
    case .number(let number): writer.write(number.text)
    case .string(let text): writer.writeJSONString(text)
    case .array(let values): write(values, depth: depth)
    case .object(let members): write(members, depth: depth)
    }
  }

  private mutating func write(_ values: [JSONValue], depth: Int) {
    writer.write(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      startItem(at: index, depth: depth + 1)
      write(value, depth: depth + 1)
    }
    if !values.isEmpty { breakLine(depth: depth) }
    writer.write(UInt8(ascii: "]"))
  }

  private mutating func write(_ members: [JSONMember], depth: Int) {
    writer.write(UInt8(ascii: "{"))
    for (index, member) in members.enumerated() {
      startItem(at: index, depth: depth + 1)
      writer.writeJSONString(member.name)
      writer.write(isPretty ? ": " : ":")
      write(member.value, depth: depth + 1)
    }
    if !members.isEmpty { breakLine(depth: depth) }
    writer.write(UInt8(ascii: "}"))
  }

  private mutating func startItem(at index: Int, depth: Int) {
    if index > 0 { writer.write(UInt8(ascii: ",")) }
    breakLine(depth: depth)
  }

  private mutating func breakLine(depth: Int) {
    guard isPretty else { return }
    writer.newLine()
    writer.write(spaces: 2 * depth)
  }
}

extension TextWriter {
  fileprivate mutating func writeJSONString(_ text: String) {
    write(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { writeJSONContents($0) }
    write(UInt8(ascii: "\""))
  }

  private mutating func writeJSONContents(_ bytes: UnsafeBufferPointer<UInt8>) {
    let reader = ScalarReader(bytes: bytes)
    var written = 0
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      // Most of any text, for which nothing need be decoded.
      if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        offset += 1
        continue
      }
      let (scalar, length) = reader.scalar(at: offset)
      if scalar == 0x22 || scalar == 0x5C || HiddenScalars.contains(scalar) {
        write(bytes[written..<offset])
        writeJSONEscape(scalar)
        written = offset + length
      }
      offset += length
    }
    write(bytes[written..<offset])
  }

  private mutating func writeJSONEscape(_ scalar: UInt32) {
    switch scalar {
    case 0x22: write("\\\"")
    case 0x5C: write("\\\\")
    case 0x08: write("\\b")
    case 0x09: write("\\t")
    case 0x0A: write("\\n")
    case 0x0C: write("\\f")
    case 0x0D: write("\\r")
    case 0x1_0000...:
      let offset = scalar - 0x1_0000
      writeJSONUnit(0xD800 + offset >> 10)
      writeJSONUnit(0xDC00 + offset & 0x3FF)
    default: writeJSONUnit(scalar)
    }
  }

  private mutating func writeJSONUnit(_ unit: UInt32) {
    write("\\u")
    write(hexadecimal: unit, digits: 4)
  }
}
