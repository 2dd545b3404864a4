/// Text within one line of GitHub-flavoured Markdown, a table's cell included.
package enum MarkdownText {
  /// Text of which no character is taken for markup. A line break becomes `<br>`, other hidden code points U+FFFD.
  package static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    var before: Unicode.Scalar?
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\n":
        escaped.append(contentsOf: "<br>".unicodeScalars)
      case "\r":
        if rest.first != "\n" { escaped.append(contentsOf: "<br>".unicodeScalars) }
      case "\t":
        escaped.append(" ")
      case "\\", "`", "*", "[", "]", "<", ">", "|", "~", "&", "$":
        escaped.append("\\")
        escaped.append(scalar)
      case "_":
        // Within a word, as in the name of a metric, an underscore is never emphasis.
        if !isWord(before) || !isWord(rest.first) { escaped.append("\\") }
        escaped.append(scalar)
      default:
        escaped.append(HiddenScalars.contains(scalar) ? "\u{FFFD}" : scalar)
      }
      before = scalar
    }
    return String(escaped)
  }

  /// A code span with as many backticks around it as its text needs; empty text has none.
  package static func codeSpan(_ code: String) -> String {
    if code.isEmpty { return "" }
    var shown = String.UnicodeScalarView()
    var longestRun = 0
    var run = 0
    for scalar in code.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longestRun = max(longestRun, run)
      switch scalar {
      // A table takes the backslash away even inside a code span.
      case "|": shown.append(contentsOf: "\\|".unicodeScalars)
      case "\n", "\r", "\t": shown.append(" ")
      default: shown.append(HiddenScalars.contains(scalar) ? "\u{FFFD}" : scalar)
      }
    }
    let fence = String(repeating: "`", count: longestRun + 1)
    // Spaces at both ends are taken away, unless there is nothing else.
    let isPadded = shown.first == " " && shown.last == " " && shown.contains { $0 != " " }
    let needsSpace = shown.first == "`" || shown.last == "`" || isPadded
    let space = needsSpace ? " " : ""
    return "\(fence)\(space)\(String(shown))\(space)\(fence)"
  }

  /// An address as the target of a link: bytes that could end it are percent-encoded, and none begins an entity.
  package static func destination(_ address: String) -> String {
    var writer = TextWriter()
    for byte in address.utf8 {
      switch byte {
      case 0x00...0x20, 0x7F...0xFF, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"),
        UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "\""):
        writer.write(UInt8(ascii: "%"))
        writer.write(hexadecimal: UInt32(byte), digits: 2)
      case UInt8(ascii: "&"): writer.write("&amp;")
      default:
        writer.write(byte)
      }
    }
    return writer.text
  }

  private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
