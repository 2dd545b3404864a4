/// The lines that the edits of a fix change, as they are and as they would be.
struct SuggestedChange {
  /// A change of more lines than this is cut short.
  private static let mostLines = 12
  /// A change of lines that hold more bytes than this is not shown, whatever their number.
  private static let mostBytes = 16_384

  let gutter: Gutter
  let sources: TerminalSources
  let limit: Int

  /// Changes in another file than `besides` are put below its path.
  func write(_ edits: [TextEdit], besides file: FileID, to canvas: inout TerminalCanvas) {
    let edited = Dictionary(grouping: edits) { $0.span.file }.sorted { $0.key.index < $1.key.index }
    for (id, edits) in edited {
      let changes = changes(edits, in: id)
      if changes.isEmpty { continue }
      if id != file, let first = edits.first { gutter.writeArrow(to: sources.place(of: first.span), on: &canvas) }
      gutter.write(nil, to: &canvas)
      canvas.newLine()
      for (index, change) in changes.enumerated() {
        if index > 0 { writeElision(to: &canvas) }
        write(change.removed, sign: "-", from: change.line, against: change.added, as: .removed, to: &canvas)
        write(change.added, sign: "+", from: change.line, against: change.removed, as: .added, to: &canvas)
      }
    }
  }

  /// `others` are the lines on the other side of the change: a line too wide is cut around where it differs.
  private func write(
    _ lines: [ArraySlice<UInt8>],
    sign: String,
    from first: Int,
    against others: [ArraySlice<UInt8>],
    as role: TerminalRole,
    to canvas: inout TerminalCanvas
  ) {
    for (index, line) in lines.prefix(Self.mostLines).enumerated() {
      let number = String(first + index)
      canvas.write(spaces: max(0, gutter.digits - number.utf8.count))
      canvas.write(number, as: .gutter)
      let alike = index < others.count ? zip(line, others[index]).prefix { $0 == $1 }.count : 0
      let text = ShownLine(Array(line), line: 0..<line.count, focus: alike..<alike, limit: limit).text
      canvas.write(" ")
      canvas.write(text.isEmpty ? sign : "\(sign) \(text)", as: role)
      canvas.newLine()
    }
    if lines.count > Self.mostLines { writeElision(to: &canvas) }
  }

  private func writeElision(to canvas: inout TerminalCanvas) {
    canvas.write("...", as: .gutter)
    canvas.newLine()
  }

  // MARK: Changes

  private struct Change {
    let line: Int
    let removed: [ArraySlice<UInt8>]
    let added: [ArraySlice<UInt8>]
  }

  /// Edits on the same or neighbouring lines make one change. An edit that overlaps the one before it is left out,
  /// as it is where fixes are applied.
  private func changes(_ edits: [TextEdit], in id: FileID) -> [Change] {
    var groups: [[TextEdit]] = []
    for edit in edits.sorted(by: { ($0.span.start, $0.span.end) < ($1.span.start, $1.span.end) }) {
      guard let last = groups.last?.last else {
        groups.append([edit])
        continue
      }
      if edit.span.start < last.span.end { continue }
      if sources.place(of: edit.span).start.line <= sources.place(of: last.span).end.line + 1 {
        groups[groups.count - 1].append(edit)
      } else {
        groups.append([edit])
      }
    }
    return groups.compactMap { change($0, in: id) }
  }

  /// Whole lines before and after some edits in order; lines that stay at either end are not part of the change.
  private func change(_ edits: [TextEdit], in id: FileID) -> Change? {
    let bytes = sources.bytes(of: id)
    let firstLine = edits.first.map { sources.place(of: $0.span).start.line } ?? 1
    let lastLine = edits.last.map { sources.place(of: $0.span).end.line } ?? 1
    let end = sources.line(lastLine, of: id).upperBound
    var offset = sources.line(firstLine, of: id).lowerBound
    let before = bytes[offset..<end]
    if before.count > Self.mostBytes { return nil }
    var after: [UInt8] = []
    for edit in edits {
      let range = edit.span.range.clamped(to: offset..<bytes.count)
      after.append(contentsOf: bytes[offset..<range.lowerBound])
      after.append(contentsOf: edit.replacement.utf8)
      offset = range.upperBound
    }
    after.append(contentsOf: bytes[offset..<max(offset, end)])
    let isAtEnd = max(offset, end) == bytes.count
    let old = Self.lines(of: before, isAtEnd: isAtEnd)
    let new = Self.lines(of: after[...], isAtEnd: isAtEnd)
    let head = zip(old, new).prefix { $0 == $1 }.count
    let tail = zip(old[head...].reversed(), new[head...].reversed()).prefix { $0 == $1 }.count
    return Change(
      line: firstLine + head,
      removed: Array(old[head..<old.count - tail]),
      added: Array(new[head..<new.count - tail])
    )
  }

  /// Nothing behind the last line break of a file is no line.
  private static func lines(of bytes: ArraySlice<UInt8>, isAtEnd: Bool) -> [ArraySlice<UInt8>] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
    return isAtEnd && lines.last?.isEmpty == true ? lines.dropLast() : lines
  }
}
