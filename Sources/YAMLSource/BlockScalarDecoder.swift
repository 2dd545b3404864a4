// Literal and folded scalars

extension ScalarDecoder {
  /// Reads lines behind the `|` or `>` until as many bytes are decoded as libyaml found.
  ///
  /// How far the text is indented depends on what the scalar lies in. It need not be known: it is the spaces that
  /// the source has and libyaml's text has not, where both have most of them.
  mutating func decodeBlock(of expected: ArraySlice<UInt8>, isFolded: Bool) {
    while place < limit, lineBreakLength(at: place) == 0 { place += 1 }
    place += lineBreakLength(at: place)
    let indentation = Self.mostSpaces(in: bytes[place..<limit]) - Self.mostSpaces(in: expected)
    guard indentation >= 0 else { return }
    decodeLines(indentation: indentation, isFolded: isFolded, count: expected.count)
    truncate(to: expected.count)
  }

  private mutating func decodeLines(indentation: Int, isFolded: Bool, count: Int) {
    var leading: Range<Int>?
    var hadBlank = false
    var empty: [Range<Int>] = []
    while true {
      let isIndented = skipIndentation(indentation, emptyLines: &empty)
      guard isIndented, place < limit, text.count < count else { break }
      let hasBlank = isBlank(at: place)
      if isFolded, let first = leading, isFeed(first), !hadBlank, !hasBlank {
        if empty.isEmpty { emit(0x20, from: first) }
      } else if let first = leading {
        emit(lineBreak: first)
      }
      empty.forEach { emit(lineBreak: $0) }
      empty.removeAll(keepingCapacity: true)
      hadBlank = hasBlank
      while place < limit, lineBreakLength(at: place) == 0 { copy(1) }
      let length = lineBreakLength(at: place)
      leading = length > 0 ? place..<place + length : nil
      place += length
    }
    if let leading { emit(lineBreak: leading) }
    empty.forEach { emit(lineBreak: $0) }
  }

  /// Passes lines without text, and the indentation of the first that has some; false if it is indented less.
  private mutating func skipIndentation(_ indentation: Int, emptyLines: inout [Range<Int>]) -> Bool {
    while true {
      var column = 0
      while column < indentation, place < limit, bytes[place] == 0x20 {
        place += 1
        column += 1
      }
      let length = lineBreakLength(at: place)
      if length == 0 { return column == indentation }
      emptyLines.append(place..<place + length)
      place += length
    }
  }

  /// The most spaces that a line begins with, among the lines up to the first that has anything else.
  private static func mostSpaces(in text: ArraySlice<UInt8>) -> Int {
    var (most, column, offset) = (0, 0, text.startIndex)
    while offset < text.endIndex {
      let length = lineBreakLength(at: offset, in: text)
      if length == 0, text[offset] != 0x20 { break }
      column = length > 0 ? 0 : column + 1
      most = max(most, column)
      offset += max(length, 1)
    }
    return most
  }
}
