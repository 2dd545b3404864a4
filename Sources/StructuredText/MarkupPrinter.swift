extension MarkupNode {
  /// An XML 1.0 document with its declaration, two spaces a level, and a line break at the end.
  ///
  /// White space is added only inside elements that hold no text. Characters that XML cannot hold, even escaped,
  /// become U+FFFD.
  package var xml: String {
    var printer = MarkupPrinter(mode: .xml)
    printer.writer.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    printer.write(self, depth: 0, isOnOwnLine: true)
    return printer.writer.text
  }

  /// An HTML document with its doctype; two spaces a level between blocks, no white space added inside a line.
  ///
  /// Element and attribute names, and the contents of `style` and `script`, have to come from this program.
  package var html: String {
    var writer = TextWriter()
    writeHTML(into: &writer)
    return writer.text
  }

  /// The same into a writer.
  package func writeHTML(into writer: inout TextWriter) {
    var printer = MarkupPrinter(mode: .html)
    // Swapped rather than copied: a second owner would make the first write copy all that is there.
    swap(&printer.writer, &writer)
    printer.writer.write("<!DOCTYPE html>\n")
    printer.write(self, depth: 0, isOnOwnLine: true)
    swap(&printer.writer, &writer)
  }

  /// The node alone, as it stands in the middle of an HTML document.
  package var htmlFragment: String {
    var printer = MarkupPrinter(mode: .html)
    printer.write(self, depth: 0, isOnOwnLine: false)
    return printer.writer.text
  }
}

private enum MarkupMode {
  case xml
  case html
}

private struct MarkupPrinter {
  let mode: MarkupMode
  var writer = TextWriter()

  mutating func write(_ node: MarkupNode, depth: Int, isOnOwnLine: Bool) {
    if isOnOwnLine { writer.write(spaces: 2 * depth) }
    switch node {
    case .text(let text):
      writeEscaped(text, inAttribute: false)
    case .element(let name, let attributes, let children):
      openTag(name, attributes, isEmpty: children.isEmpty)
      if mode == .html && HTMLElements.raw.contains(name) {
        writeRaw(children)
      } else {
        write(children, of: name, depth: depth)
      }
      closeTag(name, isEmpty: children.isEmpty)
    }
    if isOnOwnLine { writer.newLine() }
  }

  private mutating func write(_ children: [MarkupNode], of name: String, depth: Int) {
    let breaksLines = !children.isEmpty && breaksLines(in: name, around: children)
    if breaksLines { writer.newLine() }
    for child in children { write(child, depth: depth + 1, isOnOwnLine: breaksLines) }
    if breaksLines { writer.write(spaces: 2 * depth) }
  }

  /// Whether line breaks between the children of an element leave its meaning alone.
  private func breaksLines(in name: String, around children: [MarkupNode]) -> Bool {
    switch mode {
    case .xml: children.allSatisfy { $0.elementName != nil }
    case .html:
      HTMLElements.containers.contains(name)
        && children.allSatisfy { $0.elementName.map { HTMLElements.blocks.contains($0) } ?? false }
    }
  }

  // MARK: Tags

  private mutating func openTag(_ name: String, _ attributes: [MarkupAttribute], isEmpty: Bool) {
    writer.write(UInt8(ascii: "<"))
    writeName(name)
    for attribute in attributes {
      writer.write(UInt8(ascii: " "))
      writeName(attribute.name)
      writer.write("=\"")
      writeEscaped(attribute.value, inAttribute: true)
      writer.write(UInt8(ascii: "\""))
    }
    writer.write(mode == .xml && isEmpty ? "/>" : ">")
  }

  private mutating func closeTag(_ name: String, isEmpty: Bool) {
    switch mode {
    case .xml: if isEmpty { return }
    case .html:
      if HTMLElements.void.contains(name) {
        precondition(isEmpty, "a void element has no children")
        return
      }
    }
    writer.write("</")
    writeName(name)
    writer.write(UInt8(ascii: ">"))
  }

  private mutating func writeName(_ name: String) {
    let isName = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"): true
      default: false
      }
    }
    precondition(isName && !name.isEmpty, "names of elements and attributes are written in this program")
    writer.write(name)
  }

  // MARK: Text

  private mutating func writeEscaped(_ text: String, inAttribute: Bool) {
    var text = text
    text.withUTF8 { bytes in
      let reader = ScalarReader(bytes: bytes)
      var written = 0
      var offset = 0
      while offset < bytes.count {
        // Letters and what comes after them in ASCII, most of any text, are never escaped.
        if bytes[offset] >= UInt8(ascii: "?"), bytes[offset] < 0x7F {
          offset += 1
          continue
        }
        let (scalar, length) = reader.scalar(at: offset)
        if let escape = escape(of: scalar, inAttribute: inAttribute) {
          writer.write(bytes[written..<offset])
          writer.write(escape)
          written = offset + length
        }
        offset += length
      }
      writer.write(bytes[written..<offset])
    }
  }

  private func escape(of scalar: UInt32, inAttribute: Bool) -> String? {
    switch scalar {
    case 0x26: "&amp;"
    case 0x3C: "&lt;"
    case 0x3E: "&gt;"
    case 0x22: inAttribute ? "&quot;" : nil
    case 0x27: inAttribute ? "&#39;" : nil
    // Readers turn raw breaks and tabs in attributes into spaces, and a raw CR anywhere into LF.
    case 0x09, 0x0A: inAttribute ? "&#\(scalar);" : nil
    case 0x0D: "&#13;"
    case 0x00..<0x20, 0x7F...0x9F: "\u{FFFD}"
    default: scalar & 0xFFFE == 0xFFFE ? "\u{FFFD}" : nil
    }
  }

  /// The text of a `style` or `script`, in which nothing is escaped and only an end tag or a comment ends it.
  private mutating func writeRaw(_ children: [MarkupNode]) {
    for case .text(let text) in children {
      var last: UInt8?
      for byte in text.utf8 {
        if last == UInt8(ascii: "<"), byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!") {
          writer.write(UInt8(ascii: "\\"))
        }
        writer.write(byte)
        last = byte
      }
    }
  }
}

extension MarkupNode {
  fileprivate var elementName: String? {
    if case .element(let name, _, _) = self { name } else { nil }
  }
}

/// What the printer knows of HTML.
private enum HTMLElements {
  static let void: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
  ]

  /// Elements whose text is not markup.
  static let raw: Set<String> = ["style", "script"]

  /// Elements in which white space between blocks is not shown.
  static let containers: Set<String> = [
    "html", "head", "body", "main", "header", "footer", "nav", "section", "article", "aside", "div", "figure",
    "table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl", "details", "svg", "g", "defs", "select", "form",
    "colgroup", "blockquote", "li", "td", "dd",
  ]

  /// Elements that may stand on a line of their own.
  static let blocks: Set<String> = containers.union([
    "title", "meta", "link", "style", "script", "base", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "hr", "th",
    "dt", "caption", "col", "figcaption", "summary", "option", "path", "line", "rect", "circle", "polyline", "polygon",
    "text",
  ])
}
