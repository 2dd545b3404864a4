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

  /// The text for a message: in single quotes, cut where it is long, characters that do not show spelt out.
  func quoted(_ range: Range<Int>) -> String {
    let limit = 60
    var shown = ""
    for scalar in String(decoding: bytes[range].prefix(limit), as: UTF8.self).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate:
        shown.append(scalar.escaped(asASCII: true))
      default:
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
  /// Reads the whole text; spaces around it do not matter. A suggestion of the error may still need mending elsewhere.
  init(_ text: WrittenText) throws(QuantityError)
}

extension Readable {
  /// Reads the whole text; spaces around it do not matter. A suggestion of the error reads.
  package init(reading text: some StringProtocol) throws(QuantityError) {
    self = try Self.read(WrittenText(text))
  }

  /// Reads the whole text; spaces around it do not matter. A suggestion of the error reads.
  package init(readingUTF8 bytes: some Collection<UInt8>) throws(QuantityError) {
    self = try Self.read(WrittenText(utf8: bytes))
  }

  /// Reads a part of a text; the error speaks of the whole.
  init(_ text: WrittenText, part range: Range<Int>) throws(QuantityError) {
    do {
      try self.init(WrittenText(utf8: text.bytes[range]))
    } catch {
      let start = range.lowerBound
      throw QuantityError(
        error.reason,
        error.message,
        at: start + error.range.lowerBound..<start + error.range.upperBound,
        suggestion: error.suggestion.map { text.replacing(range, with: $0) }
      )
    }
  }

  private static func read(_ text: WrittenText) throws(QuantityError) -> Self {
    do {
      return try Self(text)
    } catch {
      throw QuantityError(error.reason, error.message, at: error.range, suggestion: mended(error.suggestion))
    }
  }

  /// What the author of several slips means, each mended in its turn; nil where one of them can't be.
  private static func mended(_ suggestion: String?) -> String? {
    var candidate = suggestion
    for _ in 0..<4 {
      guard let text = candidate else { return nil }
      do {
        _ = try Self(WrittenText(text))
        return text
      } catch {
        candidate = error.suggestion
      }
    }
    return nil
  }
}
