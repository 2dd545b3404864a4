/// Text for people to read in a terminal or a log, which shows its hidden code points and obeys none of them.
package enum VisibleText {
  /// Controls as their pictures (`␛`, `␊`, `␉`), other hidden code points as `\u{202e}`, all else as itself.
  package static func of(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    var shown = ""
    for scalar in text.unicodeScalars { shown.unicodeScalars.append(contentsOf: of(scalar).unicodeScalars) }
    return shown
  }

  package static func of(_ scalar: Unicode.Scalar) -> String {
    guard HiddenScalars.contains(scalar) else { return String(scalar) }
    switch scalar.value {
    case 0x00..<0x20: return Unicode.Scalar(0x2400 + scalar.value).map { String($0) } ?? ""
    case 0x7F: return "␡"
    default: return "\\u{\(String(scalar.value, radix: 16))}"
    }
  }
}
