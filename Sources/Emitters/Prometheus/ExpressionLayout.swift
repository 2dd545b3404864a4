import PromQL

/// A query as it stands in a rule file: on one line, or, where that is long, a line for each operand of the set
/// operators at its top.
enum ExpressionLayout {
  /// Longer lines are broken where they can be.
  private static let lineLimit = 100

  static func text(of expression: PromQLExpression) -> String {
    let line = expression.description
    return line.utf8.count <= lineLimit ? line : broken(line)
  }

  /// Sets a line break before every `and`, `or` and `unless` that stands outside parentheses and quotes; PromQL takes
  /// one for a space.
  private static func broken(_ line: String) -> String {
    var bytes = Array(line.utf8)
    var depth = 0
    var quote: UInt8?
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if let open = quote {
        if byte == UInt8(ascii: "\\"), open != UInt8(ascii: "`") { index += 1 }
        if byte == open { quote = nil }
      } else {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): quote = byte
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
        case UInt8(ascii: " ") where depth == 0 && startsSetOperator(bytes[(index + 1)...]):
          bytes[index] = UInt8(ascii: "\n")
        default: break
        }
      }
      index += 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func startsSetOperator(_ bytes: ArraySlice<UInt8>) -> Bool {
    setOperators.contains { bytes.starts(with: $0) }
  }

  private static let setOperators = ["and ", "or ", "unless "].map { Array($0.utf8) }
}
