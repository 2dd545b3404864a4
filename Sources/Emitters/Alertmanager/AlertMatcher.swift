import StructuredText

/// One matcher on a label, printed in Alertmanager's notation.
struct AlertMatcher {
  private let label: String
  private let operation: String
  private let value: String

  static func equal(_ label: String, _ value: String) -> AlertMatcher {
    AlertMatcher(label: label, operation: "=", value: value)
  }

  /// That the label is there and says something.
  static func present(_ label: String) -> AlertMatcher {
    AlertMatcher(label: label, operation: "=~", value: ".+")
  }

  /// That a word is among those that the label joins by commas.
  static func listsWord(_ label: String, _ word: String) -> AlertMatcher {
    AlertMatcher(label: label, operation: "=~", value: "(?:.*,)?\(literal(word))(?:,.*)?")
  }

  var yaml: YAMLValue { .string("\(label)\(operation)\(quoted)") }

  /// Text as an RE2 pattern for itself.
  private static func literal(_ text: String) -> String {
    var pattern = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if "\\.+*?()|[]{}^$".unicodeScalars.contains(scalar) { pattern.append("\\") }
      pattern.append(scalar)
    }
    return String(pattern)
  }

  private var quoted: String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text.append("\\\"")
      case "\\": text.append("\\\\")
      case "\n": text.append("\\n")
      default: text.unicodeScalars.append(scalar)
      }
    }
    text.append("\"")
    return text
  }
}
