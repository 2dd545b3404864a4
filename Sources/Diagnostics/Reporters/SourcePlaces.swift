/// A span as people and tools name it.
struct SourcePlace {
  let path: String
  let start: SourcePosition
  /// Exclusive: the position behind the last character.
  let end: SourcePosition
}

/// The position of every offset that a report speaks of, found in one pass over each file.
///
/// `LineTable` walks a line for each question, which on a file of one long line and many findings is the square.
struct SourcePlaces {
  private let paths: [FileID: String]
  private let positions: [FileID: [UInt32: SourcePosition]]

  init(_ report: DiagnosticReport) {
    var offsets: [FileID: Set<UInt32>] = [:]
    for span in report.diagnostics.lazy.flatMap(\.spans) {
      offsets[span.file, default: []].formUnion([span.start, span.end])
    }
    var paths: [FileID: String] = [:]
    var positions: [FileID: [UInt32: SourcePosition]] = [:]
    for (id, offsets) in offsets {
      let file = report.file(id)
      paths[id] = file.path
      positions[id] = Self.positions(of: offsets, in: file.bytes)
    }
    self.paths = paths
    self.positions = positions
  }

  func place(of span: SourceSpan) -> SourcePlace {
    guard let path = paths[span.file], let known = positions[span.file],
      let start = known[span.start], let end = known[span.end]
    else { preconditionFailure("places are asked only for spans of their own report") }
    return SourcePlace(path: path, start: start, end: end)
  }

  private static func positions(of offsets: Set<UInt32>, in bytes: [UInt8]) -> [UInt32: SourcePosition] {
    var positions: [UInt32: SourcePosition] = [:]
    var line = 1
    var column = 1
    var current = 0
    for offset in offsets.sorted() {
      let end = min(Int(offset), bytes.count)
      for byte in bytes[current..<end] {
        if byte == UInt8(ascii: "\n") {
          line += 1
          column = 1
        } else if byte & 0xC0 != 0x80 {
          column += 1
        }
      }
      current = end
      positions[offset] = SourcePosition(line: line, column: column)
    }
    return positions
  }
}

extension Diagnostic {
  /// Every place that a diagnostic speaks of: its own, its notes' and its edits'.
  var spans: [SourceSpan] {
    [span] + notes.compactMap(\.span) + (fix?.edits.map(\.span) ?? [])
  }
}
