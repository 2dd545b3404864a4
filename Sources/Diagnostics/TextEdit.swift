/// Replaces the bytes of a span.
package struct TextEdit: Sendable, Hashable {
  package let span: SourceSpan
  package let replacement: String
  /// Whether what would be left over of the span goes with it, which takes the file's text to know.
  private let takesRemains: Bool

  package init(replacing span: SourceSpan, with replacement: String) {
    self.span = span
    self.replacement = replacement
    takesRemains = false
  }

  /// Puts a text between two bytes, where the span begins.
  package init(inserting text: String, before span: SourceSpan) {
    self.init(replacing: SourceSpan(file: span.file, start: Int(span.start), end: Int(span.start)), with: text)
  }

  /// Takes out an entry, an item or a comment with what would be left over of it.
  ///
  /// What has its lines to itself goes with them, and with the key above it that would be left without a value; what
  /// follows other text on its line goes with the blanks before it, and an item between commas with one of them.
  package init(removing span: SourceSpan) {
    self.span = span
    replacement = ""
    takesRemains = true
  }

  /// The same edit with its exact bytes.
  package func settled(in file: SourceFile) -> TextEdit {
    guard takesRemains else { return self }
    let range = Removal(bytes: file.bytes, range: span.range).extended
    let span = SourceSpan(file: span.file, start: range.lowerBound, end: range.upperBound)
    return TextEdit(replacing: span, with: "")
  }

  /// Whether both can be made: neither changes a byte that the other does, nor writes where the other does.
  package func isApart(from other: TextEdit) -> Bool {
    guard span.file == other.span.file else { return true }
    if span.start == other.span.start { return false }
    return span.start < other.span.start ? span.end <= other.span.start : other.span.end <= span.start
  }
}

extension SourceFile {
  /// The file with some edits made; each of them lies apart from the others.
  package func applying(_ edits: [TextEdit]) -> SourceFile {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var offset = 0
    for edit in edits.sorted(by: { $0.span.start < $1.span.start }) {
      let range = edit.span.range.clamped(to: offset..<max(offset, bytes.count))
      result.append(contentsOf: bytes[offset..<range.lowerBound])
      result.append(contentsOf: edit.replacement.utf8)
      offset = range.upperBound
    }
    result.append(contentsOf: bytes[offset...])
    return SourceFile(id: id, path: path, bytes: result)
  }
}

/// How far a removal goes beyond the bytes that it is about.
private struct Removal {
  let bytes: [UInt8]
  let range: Range<Int>

  var extended: Range<Int> {
    let before = blanks(before: range.lowerBound)
    let after = blanks(after: range.upperBound)
    let startsLine = before == 0 || bytes[before - 1] == .newline
    let endsLine = isEndOfLine(after) || (after < bytes.count && bytes[after] == .hash && after > range.upperBound)
    if startsLine || isItem(endingAt: before), endsLine { return lines(from: before, to: after) }
    if after < bytes.count, bytes[after] == .comma { return range.lowerBound..<blanks(after: after + 1) }
    if before > 0, bytes[before - 1] == .comma { return before - 1..<range.upperBound }
    return endsLine ? before..<range.upperBound : range
  }

  /// The whole lines of an entry, and the line of the key above it where nothing else stands below that key.
  private func lines(from before: Int, to after: Int) -> Range<Int> {
    let start = startOfLine(before)
    let end = startOfNextLine(after)
    let first = blanks(after: start)
    // A list may stand at the depth of its key.
    let depth = first - start + (bytes[first] == .dash ? 1 : 0)
    guard bytes[first] != .hash, let key = previousLine(before: start), indentation(at: key) < depth, isBareKey(at: key)
    else { return start..<end }
    if let next = nextLine(after: end) {
      let isNextItem = bytes[first] == .dash && bytes[blanks(after: next)] == .dash
      if indentation(at: next) > indentation(at: key) || isNextItem { return start..<end }
    }
    return key..<end
  }

  private func isItem(endingAt offset: Int) -> Bool {
    guard offset > 0, bytes[offset - 1] == .dash else { return false }
    let before = blanks(before: offset - 1)
    return before == 0 || bytes[before - 1] == .newline
  }

  /// `key:`, perhaps with a comment behind it.
  private func isBareKey(at start: Int) -> Bool {
    var end = start
    while end < bytes.count, bytes[end] != .newline {
      if bytes[end] == .hash, end > start, bytes[end - 1] == .space { break }
      end += 1
    }
    while end > start, bytes[end - 1] == .space || bytes[end - 1] == .carriageReturn { end -= 1 }
    return end > start && bytes[end - 1] == .colon && bytes[blanks(after: start)] != .dash
  }

  // MARK: Lines

  /// The last line before an offset that says anything.
  private func previousLine(before offset: Int) -> Int? {
    var start = offset
    while start > 0 {
      start = startOfLine(start - 1)
      if saysSomething(at: start) { return start }
    }
    return nil
  }

  private func nextLine(after offset: Int) -> Int? {
    var start = offset
    while start < bytes.count {
      if saysSomething(at: start) { return start }
      start = startOfNextLine(start)
    }
    return nil
  }

  private func saysSomething(at start: Int) -> Bool {
    let first = blanks(after: start)
    return !isEndOfLine(first) && bytes[first] != .hash
  }

  private func indentation(at start: Int) -> Int { blanks(after: start) - start }

  private func startOfLine(_ offset: Int) -> Int {
    var start = offset
    while start > 0, bytes[start - 1] != .newline { start -= 1 }
    return start
  }

  private func startOfNextLine(_ offset: Int) -> Int {
    var end = offset
    while end < bytes.count, bytes[end] != .newline { end += 1 }
    return min(end + 1, bytes.count)
  }

  private func blanks(before offset: Int) -> Int {
    var start = offset
    while start > 0, bytes[start - 1] == .space { start -= 1 }
    return start
  }

  private func blanks(after offset: Int) -> Int {
    var end = offset
    while end < bytes.count, bytes[end] == .space { end += 1 }
    return end
  }

  private func isEndOfLine(_ offset: Int) -> Bool {
    offset >= bytes.count || bytes[offset] == .newline || bytes[offset] == .carriageReturn
  }
}

extension UInt8 {
  fileprivate static let newline = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
  fileprivate static let space = UInt8(ascii: " ")
  fileprivate static let hash = UInt8(ascii: "#")
  fileprivate static let comma = UInt8(ascii: ",")
  fileprivate static let dash = UInt8(ascii: "-")
  fileprivate static let colon = UInt8(ascii: ":")
}
