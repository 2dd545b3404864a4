/// The lines that a span covers, marked.
struct SourceSnippet {
  /// A span of more lines than this is shown by its first and last ones.
  private static let mostLines = 6

  let gutter: Gutter
  let sources: TerminalSources
  /// The columns that there are for source text.
  let limit: Int

  func write(_ span: SourceSpan, as role: TerminalRole, to canvas: inout TerminalCanvas) {
    let bytes = sources.bytes(of: span.file)
    let place = sources.place(of: span)
    guard !bytes.isEmpty else { return gutter.writeArrow(toFile: place.path, on: &canvas) }
    let extent = Self.extent(of: span, in: bytes)
    gutter.writeArrow(to: place, on: &canvas)
    gutter.write(nil, to: &canvas)
    canvas.newLine()
    let marked = MarkedLines(
      file: span.file,
      bytes: bytes,
      extent: extent,
      first: place.start.line,
      last: sources.line(at: extent.upperBound, of: span.file)
    )
    if marked.first == marked.last {
      writeLine(marked, as: role, to: &canvas)
    } else {
      writeLines(marked, as: role, to: &canvas)
    }
  }

  /// The bytes of a span within its file, without the white space at its end: a block of YAML ends only where the
  /// next one starts.
  private static func extent(of span: SourceSpan, in bytes: [UInt8]) -> Range<Int> {
    let range = span.range.clamped(to: 0..<bytes.count)
    let visible = bytes[range].lastIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    if let visible { return range.lowerBound..<visible + 1 }
    // Nothing but white space: what of it lies on the first line.
    let lineBreak = bytes[range].firstIndex { $0 == 0x0A || $0 == 0x0D }
    return range.lowerBound..<(lineBreak ?? range.upperBound)
  }

  // MARK: One line

  private func writeLine(_ marked: MarkedLines, as role: TerminalRole, to canvas: inout TerminalCanvas) {
    let line = shown(marked.first, of: marked, focus: marked.extent, limit: limit)
    writeSource(line, number: marked.first, margin: "", as: role, to: &canvas)
    let start = line.column(of: marked.extent.lowerBound)
    let end = max(start + 1, line.endColumn(of: marked.extent.upperBound))
    gutter.write(nil, to: &canvas)
    canvas.write(spaces: start + 1)
    canvas.write(String(repeating: "^", count: end - start), as: role)
    canvas.newLine()
  }

  // MARK: Several lines

  /// A bar down the left, from the start of the span to a caret below its last character.
  private func writeLines(_ marked: MarkedLines, as role: TerminalRole, to canvas: inout TerminalCanvas) {
    let start = marked.extent.lowerBound
    let end = marked.extent.upperBound
    let opening = shown(marked.first, of: marked, focus: start..<start + 1, limit: limit - 2)
    if marked.startsItsLine(sources.line(marked.first, of: marked.file)) {
      writeSource(opening, number: marked.first, margin: "/ ", as: role, to: &canvas)
    } else {
      writeSource(opening, number: marked.first, margin: "  ", as: role, to: &canvas)
      writeRule(" ", to: opening.column(of: start), as: role, on: &canvas)
    }
    let hidden = marked.hiddenLines(atMost: Self.mostLines)
    for number in marked.first + 1..<marked.last where !hidden.contains(number) {
      let line = shown(number, of: marked, focus: 0..<0, limit: limit - 2)
      writeSource(line, number: number, margin: "| ", as: role, to: &canvas)
      if !hidden.isEmpty, number + 1 == hidden.lowerBound { writeElision(as: role, to: &canvas) }
    }
    let closing = shown(marked.last, of: marked, focus: end - 1..<end, limit: limit - 2)
    writeSource(closing, number: marked.last, margin: "| ", as: role, to: &canvas)
    writeRule("|", to: max(0, closing.endColumn(of: end) - 1), as: role, on: &canvas)
  }

  private func writeRule(_ corner: String, to column: Int, as role: TerminalRole, on canvas: inout TerminalCanvas) {
    gutter.write(nil, to: &canvas)
    canvas.write(" ")
    canvas.write("\(corner)\(String(repeating: "_", count: column + 1))^", as: role)
    canvas.newLine()
  }

  private func writeElision(as role: TerminalRole, to canvas: inout TerminalCanvas) {
    canvas.write("...", as: .gutter)
    canvas.write(spaces: gutter.columns - 3)
    canvas.write("|", as: role)
    canvas.newLine()
  }

  // MARK: Lines

  private func shown(_ number: Int, of marked: MarkedLines, focus: Range<Int>, limit: Int) -> ShownLine {
    ShownLine(marked.bytes, line: sources.line(number, of: marked.file), focus: focus, limit: limit)
  }

  private func writeSource(
    _ line: ShownLine,
    number: Int,
    margin: String,
    as role: TerminalRole,
    to canvas: inout TerminalCanvas
  ) {
    gutter.write(number, to: &canvas)
    let isBlank = line.text.isEmpty
    if margin == "/ " || margin == "| " {
      canvas.write(" ")
      canvas.write(isBlank ? String(margin.prefix(1)) : margin, as: role)
    } else if !isBlank {
      canvas.write(" \(margin)")
    }
    canvas.write("\(line.text)\n")
  }
}

/// A stretch of a file and the lines that it covers.
private struct MarkedLines {
  let file: FileID
  let bytes: [UInt8]
  let extent: Range<Int>
  let first: Int
  let last: Int

  /// Whether only white space stands before the stretch on its line.
  func startsItsLine(_ line: Range<Int>) -> Bool {
    bytes[line.lowerBound..<max(line.lowerBound, min(extent.lowerBound, line.upperBound))]
      .allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// The lines in the middle that are left out.
  func hiddenLines(atMost shown: Int) -> Range<Int> {
    last - first + 1 <= shown ? last..<last : first + shown / 2..<last - shown / 2 + 2
  }
}
