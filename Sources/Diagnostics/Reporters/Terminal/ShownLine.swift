import StructuredText

/// One line of a file as a terminal shows it: tabs as spaces, hidden characters as visible ones, malformed bytes as
/// U+FFFD, and cut around what matters where it is too wide. Columns count from zero.
struct ShownLine {
  let text: String
  private let cells: [ShownCell]
  private let isCutRight: Bool

  /// `focus` is the stretch of the line that has to be seen, `limit` the columns that there are.
  init(_ bytes: [UInt8], line: Range<Int>, focus: Range<Int>, limit: Int) {
    // What is far outside the limit is not even decoded, so that a huge line costs no more than a wide one.
    let near = Self.bytesNear(focus, of: line, in: bytes, reach: 4 * limit)
    let cells = ShownCell.cells(of: bytes, in: near)
    let isWhole = near == line && (cells.last?.end ?? 0) <= limit
    let kept = isWhole ? cells[...] : Self.cells(cells, around: focus, limit: limit)
    let isCutLeft = near.lowerBound > line.lowerBound || kept.startIndex > 0
    isCutRight = near.upperBound < line.upperBound || kept.endIndex < cells.count
    let shift = (kept.first?.column ?? 0) - (isCutLeft ? 1 : 0)
    self.cells = kept.map { $0.moved(left: shift) }
    text = "\(isCutLeft ? "…" : "")\(kept.map(\.text).joined())\(isCutRight ? "…" : "")"
  }

  /// Where the character at an offset begins; behind the last character for every later offset.
  func column(of offset: Int) -> Int {
    guard let cell = cells.first(where: { $0.bytes.upperBound > offset }) else { return cells.last?.end ?? 0 }
    return cell.bytes.lowerBound > offset ? 0 : cell.column
  }

  /// Where the last character before an offset ends, the mark of a cut counted where that character is cut off.
  func endColumn(of offset: Int) -> Int {
    guard let cell = cells.last(where: { $0.bytes.lowerBound < offset }) else { return 0 }
    return isCutRight && offset > cell.bytes.upperBound ? cell.end + 1 : cell.end
  }

  private static func bytesNear(_ focus: Range<Int>, of line: Range<Int>, in bytes: [UInt8], reach: Int) -> Range<Int> {
    let centre = min(max(focus.lowerBound, line.lowerBound), line.upperBound)
    let lower = characterStart(atOrBefore: max(line.lowerBound, centre - reach), in: bytes)
    let upper = characterStart(atOrBefore: min(line.upperBound, centre + 2 * reach), in: bytes)
    return max(lower, line.lowerBound)..<max(upper, lower, line.lowerBound)
  }

  private static func characterStart(atOrBefore offset: Int, in bytes: [UInt8]) -> Int {
    // Text that is not UTF-8 has no such start; a code point never takes more than four bytes.
    for candidate in stride(from: offset, to: max(-1, offset - 4), by: -1)
    where candidate >= bytes.count || bytes[candidate] & 0xC0 != 0x80 {
      return candidate
    }
    return offset
  }

  /// The cells that fit, the focus among them with what room there is on both sides.
  private static func cells(_ cells: [ShownCell], around focus: Range<Int>, limit: Int) -> ArraySlice<ShownCell> {
    let room = max(1, limit - 2)
    let total = cells.last?.end ?? 0
    let start = cells.first { $0.bytes.upperBound > focus.lowerBound }?.column ?? total
    let end = cells.last { $0.bytes.lowerBound < focus.upperBound }?.end ?? 0
    let spare = room - max(0, end - start)
    let before = spare > 0 ? spare / 2 : min(8, room / 4)
    let left = max(0, min(start - before, total - room))
    let first = cells.firstIndex { $0.column >= left } ?? cells.count
    let behind = cells[first...].firstIndex { $0.end > left + room } ?? cells.count
    return cells[first..<behind]
  }
}

/// One character as it is shown.
private struct ShownCell {
  private static let tabWidth = 4

  let bytes: Range<Int>
  let text: String
  let column: Int
  let width: Int

  var end: Int { column + width }

  func moved(left distance: Int) -> ShownCell {
    ShownCell(bytes: bytes, text: text, column: column - distance, width: width)
  }

  static func cells(of bytes: [UInt8], in range: Range<Int>) -> [ShownCell] {
    var cells: [ShownCell] = []
    var offset = range.lowerBound
    for piece in wellFormedPieces(of: bytes[range]) {
      guard let text = piece.text else {
        cells.append(ShownCell("\u{FFFD}", at: offset, length: piece.length, column: cells.last?.end ?? 0))
        offset += piece.length
        continue
      }
      for character in text {
        let length = character.utf8.count
        cells.append(ShownCell(character, at: offset, length: length, column: cells.last?.end ?? 0))
        offset += length
      }
    }
    return cells
  }

  private init(_ character: Character, at offset: Int, length: Int, column: Int) {
    let natural = VisibleText.of(String(character))
    let columns = TerminalWidth.columns(of: natural)
    if character == "\t" {
      width = Self.tabWidth - column % Self.tabWidth
      text = String(repeating: " ", count: width)
    } else {
      // A mark without its letter would join whatever stands before the line.
      width = max(1, columns)
      text = columns == 0 ? "◌\(natural)" : natural
    }
    bytes = offset..<offset + length
    self.column = column
  }

  private init(bytes: Range<Int>, text: String, column: Int, width: Int) {
    self.bytes = bytes
    self.text = text
    self.column = column
    self.width = width
  }

  /// Runs of well-formed UTF-8, and between them the malformed sequences, which have no text.
  private static func wellFormedPieces(of bytes: ArraySlice<UInt8>) -> [(text: String?, length: Int)] {
    var pieces: [(text: String?, length: Int)] = []
    var run = ""
    func flush() {
      if !run.isEmpty { pieces.append((run, run.utf8.count)) }
      run = ""
    }
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        run.unicodeScalars.append(Unicode.UTF8.decode(encoded))
      case .error(let length):
        flush()
        pieces.append((nil, length))
      case .emptyInput:
        flush()
        return pieces
      }
    }
  }
}
