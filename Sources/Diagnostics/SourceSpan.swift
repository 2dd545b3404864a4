/// A stretch of bytes in one file, half open; `start == end` is a place between two bytes.
///
/// Offsets rather than lines, so that a span costs twelve bytes and no work until somebody reads it.
package struct SourceSpan: Hashable, Sendable {
  package let file: FileID
  package let start: UInt32
  package let end: UInt32

  package init(file: FileID, start: Int, end: Int) {
    precondition(0 <= start && start <= end, "a span starts before it ends")
    self.file = file
    self.start = UInt32(start)
    self.end = UInt32(end)
  }

  package var range: Range<Int> { Int(start)..<Int(end) }

  /// From the start of this span to the end of another in the same file.
  package func through(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(file: file, start: Int(min(start, other.start)), end: Int(max(end, other.end)))
  }
}

/// A line and a column as people count them: from one, the column in code points.
package struct SourcePosition: Hashable, Sendable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// Where the lines of a file begin; made once per reported file.
package struct LineTable: Sendable {
  private let bytes: [UInt8]
  private let starts: [Int]

  package init(_ file: SourceFile) {
    bytes = file.bytes
    var starts = [0]
    for (offset, byte) in file.bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    self.starts = starts
  }

  package var lineCount: Int { starts.count }

  /// The position of a byte offset; an offset past the end is taken as the end.
  package func position(of offset: Int) -> SourcePosition {
    let offset = min(offset, bytes.count)
    let line = lineIndex(of: offset)
    let codePoints = bytes[starts[line]..<offset].reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    return SourcePosition(line: line + 1, column: codePoints + 1)
  }

  /// The line of a byte offset, counted from one; an offset past the end is taken as the end.
  package func line(of offset: Int) -> Int {
    lineIndex(of: min(offset, bytes.count)) + 1
  }

  /// The bytes of a line, counted from one, without its line break.
  package func range(ofLine line: Int) -> Range<Int> {
    let start = starts[line - 1]
    var end = line < starts.count ? starts[line] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
