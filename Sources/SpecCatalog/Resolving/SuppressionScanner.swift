import Diagnostics
import Quantities

/// Finds `# nines:allow CODE until DATE: reason` in the text of a file.
///
/// Comments are no part of the tree that libyaml gives, so they are read from the lines themselves.
enum SuppressionScanner {
  private static let marker = Array("# nines:allow".utf8)

  static func suppressions(in file: SourceFile) -> [Suppression] {
    let bytes = file.bytes
    guard contains(marker, in: bytes) else { return [] }
    let lines = LineTable(file)
    return (1...lines.lineCount).compactMap { suppression(onLine: $0, lines, file) }
  }

  /// Most files hold none; one pass over the bytes says so.
  private static func contains(_ pattern: [UInt8], in bytes: [UInt8]) -> Bool {
    bytes.indices.contains { bytes[$0] == pattern[0] && bytes[$0...].starts(with: pattern) }
  }

  private static func suppression(onLine line: Int, _ lines: LineTable, _ file: SourceFile) -> Suppression? {
    let range = lines.range(ofLine: line)
    guard let start = commentStart(in: file.bytes[range]) else { return nil }
    let comment = start..<range.upperBound
    let isAlone = file.bytes[range.lowerBound..<start].allSatisfy { $0 == UInt8(ascii: " ") }
    let scope = isAlone ? block(after: line, lines, file.bytes) : range
    return SuppressionText(file: file, comment: comment).suppression(over: scope)
  }

  /// Where the marker starts as a comment: at the start of the line or after a space, outside of quotes.
  private static func commentStart(in line: ArraySlice<UInt8>) -> Int? {
    var quote: UInt8?
    for index in line.indices {
      let byte = line[index]
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      let follows = index == line.startIndex || line[index - 1] == UInt8(ascii: " ")
      if byte == UInt8(ascii: "#"), follows {
        return line[index...].starts(with: marker) ? index : nil
      }
      // A quote opens a scalar only where a value may begin; elsewhere it is an apostrophe.
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"), follows { quote = byte }
    }
    return nil
  }

  /// The entry that begins on the next line that is no comment, with everything indented below it.
  private static func block(after line: Int, _ lines: LineTable, _ bytes: [UInt8]) -> Range<Int> {
    var first = line + 1
    while first <= lines.lineCount, isEmptyOrComment(bytes[lines.range(ofLine: first)]) { first += 1 }
    guard first <= lines.lineCount else {
      let end = lines.range(ofLine: lines.lineCount).upperBound
      return end..<end
    }
    let start = lines.range(ofLine: first)
    let depth = indentation(of: bytes[start])
    var end = start.upperBound
    var next = first + 1
    while next <= lines.lineCount {
      let range = lines.range(ofLine: next)
      if !isEmptyOrComment(bytes[range]) {
        guard indentation(of: bytes[range]) > depth else { break }
        end = range.upperBound
      }
      next += 1
    }
    return start.lowerBound..<end
  }

  private static func indentation(of line: ArraySlice<UInt8>) -> Int {
    line.prefix { $0 == UInt8(ascii: " ") }.count
  }

  private static func isEmptyOrComment(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.drop { $0 == UInt8(ascii: " ") }
    return text.isEmpty || text.first == UInt8(ascii: "#")
  }
}

/// The words of one suppression comment.
private struct SuppressionText {
  let file: SourceFile
  let comment: Range<Int>

  func suppression(over scope: Range<Int>) -> Suppression {
    let bytes = file.bytes[comment]
    let colon = bytes.dropFirst("# nines:allow".utf8.count).firstIndex(of: UInt8(ascii: ":"))
    let head = bytes[comment.lowerBound + "# nines:allow".utf8.count..<(colon ?? comment.upperBound)]
    let words = head.split(separator: UInt8(ascii: " "))
    let reason = colon.map { String(decoding: bytes[($0 + 1)...], as: UTF8.self).trimmed } ?? ""
    let end = words.count == 3 && Array(words[1]) == Array("until".utf8) ? words[2] : nil
    let rest = end == nil ? words.dropFirst() : []
    return Suppression(
      code: words.first.map(located) ?? Located("", at: span(comment)),
      reason: reason.isEmpty ? nil : reason,
      until: end.flatMap(date),
      unread: end.flatMap { date($0) == nil ? located($0) : nil } ?? whole(rest),
      span: span(comment),
      scope: span(scope)
    )
  }

  /// nil for what is no date.
  private func date(_ word: ArraySlice<UInt8>) -> Located<CalendarDate>? {
    do {
      return Located(try CalendarDate(readingUTF8: word), at: span(word.startIndex..<word.endIndex))
    } catch {
      // Reported as a word that is not understood.
      return nil
    }
  }

  /// Some words and what stands between them.
  private func whole(_ words: ArraySlice<ArraySlice<UInt8>>) -> Located<String>? {
    guard let first = words.first, let last = words.last else { return nil }
    return located(file.bytes[first.startIndex..<last.endIndex])
  }

  private func located(_ word: ArraySlice<UInt8>) -> Located<String> {
    Located(String(decoding: word, as: UTF8.self), at: span(word.startIndex..<word.endIndex))
  }

  private func span(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(file: file.id, start: range.lowerBound, end: range.upperBound)
  }
}

extension String {
  fileprivate var trimmed: String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
