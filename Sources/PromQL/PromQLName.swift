/// Which names may be written without quotes.
package enum PromQLName {
  /// Words that the grammar takes before it looks for a metric.
  private static let reserved: Set<String> = [
    "atan2", "bool", "group_left", "group_right", "ignoring", "inf", "nan", "on",
  ]

  private static let longestReserved = 11

  private static let reservedInLists: Set<String> = ["inf", "nan", "without"]

  /// Letters, digits, `_` and `:`, not starting with a digit.
  package static func isMetricName(_ name: String) -> Bool {
    isName(name) { isLetter($0) || $0 == UInt8(ascii: ":") }
  }

  /// Letters, digits and `_`, not starting with a digit.
  package static func isLabelName(_ name: String) -> Bool {
    isName(name, isLetter)
  }

  /// A metric name that may stand in front of the braces, which a few keywords may not.
  package static func isBareMetricName(_ name: String) -> Bool {
    // Most names are longer than any of the words, and need no copy in lower case.
    isMetricName(name) && (name.utf8.count > longestReserved || !reserved.contains(name.lowercased()))
  }

  /// A label name that may stand in a list such as `by (…)`, which a few words may not.
  package static func isBareGroupingLabel(_ name: String) -> Bool {
    isLabelName(name) && (name.utf8.count > longestReserved || !reservedInLists.contains(name.lowercased()))
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    default: false
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isName(_ name: String, _ isStart: (UInt8) -> Bool) -> Bool {
    guard let first = name.utf8.first, isStart(first) else { return false }
    return name.utf8.allSatisfy { isStart($0) || isDigit($0) }
  }
}
