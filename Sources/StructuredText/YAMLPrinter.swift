extension YAMLValue {
  /// One document in block style, two spaces a level, with a line break at the end.
  ///
  /// Text on one line stays on one line however long it is; text on several lines is a literal block.
  package var text: String {
    var writer = TextWriter()
    write(into: &writer)
    return writer.text
  }

  package func write(into writer: inout TextWriter) {
    var printer = YAMLPrinter()
    // Swapped rather than copied: a second owner would make the first write copy all that is there.
    swap(&printer.writer, &writer)
    printer.writeDocument(self)
    swap(&printer.writer, &writer)
  }
}

private struct YAMLPrinter {
  /// YAML readers stop looking for the colon of a key after 1024 characters.
  private static let keyLimit = 1000

  var writer = TextWriter()

  mutating func writeDocument(_ value: YAMLValue) {
    let (comments, value) = value.separated
    writeComments(comments, indent: 0)
    switch value {
    case .sequence(let values) where !values.isEmpty: write(values, indent: 0, continuesLine: false)
    case .mapping(let members) where !members.isEmpty: write(members, indent: 0, continuesLine: false)
    case .null, .bool, .number, .string, .sequence, .mapping, .commented:
      writeScalar(value, indent: 0)
      writer.newLine()
    }
  }

  // MARK: Collections

  private mutating func write(_ members: [YAMLMember], indent: Int, continuesLine: Bool) {
    assert(Set(members.map(\.key)).count == members.count, "a mapping names each key once")
    for (index, member) in members.enumerated() {
      let (comments, value) = member.value.separated
      startEntry(comments, indent: indent, continuesLine: continuesLine && index == 0)
      let start = writer.bytes.count
      writer.writeYAMLString(member.key, blockIndent: nil)
      let isLong = writer.bytes.count - start > Self.keyLimit
      if isLong {
        writer.insert("? ", at: start)
        writer.newLine()
        writer.write(spaces: indent)
      }
      writer.write(UInt8(ascii: ":"))
      writeValue(value, indent: indent, isOnKeyLine: !isLong)
    }
  }

  private mutating func write(_ values: [YAMLValue], indent: Int, continuesLine: Bool) {
    for (index, item) in values.enumerated() {
      let (comments, value) = item.separated
      startEntry(comments, indent: indent, continuesLine: continuesLine && index == 0)
      writer.write(UInt8(ascii: "-"))
      writeValue(value, indent: indent, isOnKeyLine: false)
    }
  }

  /// What follows a colon or a dash. A collection begins on the line of a dash but below the line of a key.
  private mutating func writeValue(_ value: YAMLValue, indent: Int, isOnKeyLine: Bool) {
    let inner = indent + 2
    switch value {
    case .sequence(let values) where !values.isEmpty:
      let continues = !isOnKeyLine && !values[0].isCommented
      writer.write(continues ? " " : "\n")
      write(values, indent: inner, continuesLine: continues)
    case .mapping(let members) where !members.isEmpty:
      let continues = !isOnKeyLine && !members[0].value.isCommented
      writer.write(continues ? " " : "\n")
      write(members, indent: inner, continuesLine: continues)
    case .null, .bool, .number, .string, .sequence, .mapping, .commented:
      writer.write(UInt8(ascii: " "))
      writeScalar(value, indent: inner)
      writer.newLine()
    }
  }

  private mutating func startEntry(_ comments: [String], indent: Int, continuesLine: Bool) {
    if continuesLine { return }
    writeComments(comments, indent: indent)
    writer.write(spaces: indent)
  }

  // MARK: Leaves

  private mutating func writeScalar(_ value: YAMLValue, indent: Int) {
    switch value {
    case .null: writer.write("null")
    case .bool(let value): writer.write(value ? "true" : "false")
    case .number(let number): writer.write(number.yamlText)
    case .string(let text): writer.writeYAMLString(text, blockIndent: max(indent, 2))
    case .sequence: writer.write("[]")
    case .mapping: writer.write("{}")
    case .commented: preconditionFailure("comments are taken off before a value is written")
    }
  }

  private mutating func writeComments(_ comments: [String], indent: Int) {
    for comment in comments {
      for line in comment.split(separator: "\n", omittingEmptySubsequences: false) {
        writer.write(spaces: indent)
        writer.write(UInt8(ascii: "#"))
        if !line.isEmpty { writer.write(UInt8(ascii: " ")) }
        for scalar in line.unicodeScalars {
          writer.write(HiddenScalars.contains(scalar) ? "\u{FFFD}" : String(scalar))
        }
        writer.newLine()
      }
    }
  }
}

extension YAMLValue {
  fileprivate var isCommented: Bool {
    if case .commented = self { true } else { false }
  }

  /// The comments around a value, outermost first, and the value.
  fileprivate var separated: (comments: [String], value: YAMLValue) {
    var comments: [String] = []
    var value = self
    while case .commented(let comment, let inner) = value {
      comments.append(comment)
      value = inner
    }
    return (comments, value)
  }
}

extension NumberText {
  /// YAML 1.1 takes `1e5` for text; it wants a point before and a sign after the `e`.
  fileprivate var yamlText: String {
    guard let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) else { return text }
    let mantissa = text[..<mark]
    let exponent = text[text.index(after: mark)...]
    let point = mantissa.contains(".") ? "" : ".0"
    let sign = exponent.first == "-" || exponent.first == "+" ? "" : "+"
    return "\(mantissa)\(point)e\(sign)\(exponent)"
  }
}
