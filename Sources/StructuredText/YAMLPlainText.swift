/// Which plain text a YAML reader takes for something other than that text.
///
/// The union of YAML 1.1, YAML 1.2, and what PyYAML, libyaml and Go's readers do beyond them; where the exact
/// grammar is long, the test is wider than it, since quotes too many change nothing.
enum YAMLPlainText {
  static func isTaken(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first else { return true }
    switch first {
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "#"), UInt8(ascii: "&"),
      UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "'"),
      UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "~"):
      return true
    case UInt8(ascii: "="), UInt8(ascii: "<"):
      // `=` and `<<` are values of their own in YAML 1.1: the default, and the merge key.
      return bytes.elementsEqual("=".utf8) || bytes.elementsEqual("<<".utf8)
    case UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return isNumberOrTime(bytes)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
      return isWord(bytes)
    default:
      return false
    }
  }

  /// The words for null and for truth, in any case: YAML 1.1 knows three cases, readers know more.
  private static func isWord(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count <= 5 else { return false }
    var packed: UInt64 = 0
    for byte in bytes { packed = packed << 8 | UInt64(byte | 0x20) }
    switch packed {
    case word("y"), word("n"), word("on"), word("no"), word("yes"), word("off"): return true
    case word("true"), word("false"), word("null"): return true
    default: return false
    }
  }

  private static func word(_ text: StaticString) -> UInt64 {
    text.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt64($1) } }
  }

  /// Anything that begins like a number or a date and goes on like one; `30d` and `5m` do not.
  private static func isNumberOrTime(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if bytes[0] == UInt8(ascii: "."), bytes.count > 1, isPointWord(bytes[1...]) { return true }
    if bytes.count > 1, bytes[0] == UInt8(ascii: "+"), bytes[1] == UInt8(ascii: "."), isPointWord(bytes[2...]) {
      return true
    }
    let digits = bytes[0] == UInt8(ascii: "+") ? bytes[1...] : bytes[...]
    if digits.count > 1, digits[digits.startIndex] == UInt8(ascii: "0") {
      switch digits[digits.startIndex + 1] | 0x20 {
      case UInt8(ascii: "x"), UInt8(ascii: "o"), UInt8(ascii: "b"): return true
      default: break
      }
    }
    return isDate(bytes) || bytes.allSatisfy(isNumeric)
  }

  /// Digits of any base up to ten, and every mark that YAML 1.1 lets stand among them.
  private static func isNumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"): true
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: ","): true
    default: false
    }
  }

  /// Four digits and a hyphen: every YAML timestamp begins so.
  private static func isDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count > 4 && bytes[4] == UInt8(ascii: "-")
      && bytes[..<4].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// `inf` and `nan` after a point, and the `..` of a document's end.
  private static func isPointWord(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    if bytes.starts(with: "..".utf8) { return true }
    let letters = bytes.map { $0 | 0x20 }
    return letters.elementsEqual("inf".utf8) || letters.elementsEqual("nan".utf8)
  }
}
