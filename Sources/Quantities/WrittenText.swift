/// The text of one value as its author wrote it, in UTF-8 bytes.
package struct WrittenText: Sendable {
  let bytes: [UInt8]

  package init(_ text: some StringProtocol) {
    bytes = Array(text.utf8)
  }

  package init(utf8 bytes: some Collection<UInt8>) {
    self.bytes = Array(bytes)
  }

  var whole: Range<Int> { bytes.indices }

  func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// The text for a message: in single quotes, cut where it is long, control characters spelt out.
  func quoted(_ range: Range<Int>) -> String {
    let limit = 60
    var shown = ""
    for scalar in String(decoding: bytes[range].prefix(limit), as: UTF8.self).unicodeScalars {
      if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
        shown.append(scalar.escaped(asASCII: true))
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return range.count > limit ? "'\(shown)…'" : "'\(shown)'"
  }

  var quoted: String { quoted(whole) }

  /// The whole text with one part replaced.
  func replacing(_ range: Range<Int>, with replacement: String) -> String {
    "\(string(0..<range.lowerBound))\(replacement)\(string(range.upperBound..<bytes.count))"
  }
}

/// A value that authors write as one word or phrase.
package protocol Readable: Sendable, Hashable {
  /// Reads the whole text; spaces around it do not matter.
  init(_ text: WrittenText) throws(QuantityError)
}

extension Readable {
  package init(reading text: some StringProtocol) throws(QuantityError) {
    try self.init(WrittenText(text))
  }

  package init(readingUTF8 bytes: some Collection<UInt8>) throws(QuantityError) {
    try self.init(WrittenText(utf8: bytes))
  }
}
