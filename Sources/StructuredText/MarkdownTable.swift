/// A table in GitHub-flavoured Markdown whose columns line up in its source too.
package struct MarkdownTable: Sendable, Equatable {
  package enum Alignment: Sendable {
    case left
    case right
    case centre
  }

  package struct Column: Sendable, Equatable {
    package let title: String
    package let alignment: Alignment

    package init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  /// What stands in a cell. Text shows as it is; none of its characters is taken for Markdown.
  package enum Cell: Sendable, Equatable, ExpressibleByStringInterpolation {
    case text(String)
    case code(String)
    case link(String, to: String)

    package init(stringLiteral value: String) { self = .text(value) }
  }

  package let columns: [Column]
  /// A row with fewer cells than there are columns ends in empty ones.
  package let rows: [[Cell]]

  package init(columns: [Column], rows: [[Cell]]) {
    precondition(rows.allSatisfy { $0.count <= columns.count }, "a row has no more cells than there are columns")
    self.columns = columns
    self.rows = rows
  }

  /// One line for the titles, one for the alignments, one a row, each with its line break.
  package var text: String {
    let titles = columns.map { MarkdownText.escaped($0.title) }
    let cells = rows.map { row in
      row.map(\.markdown) + Array(repeating: "", count: columns.count - row.count)
    }
    let widths = columns.indices.map { column in
      cells.reduce(max(3, TerminalWidth.columns(of: titles[column]))) {
        max($0, TerminalWidth.columns(of: $1[column]))
      }
    }
    var writer = TextWriter()
    write(titles, widths: widths, into: &writer)
    for (column, width) in zip(columns, widths) {
      writer.write("| ")
      writer.write(column.alignment.rule(width: width))
      writer.write(" ")
    }
    writer.write("|\n")
    for row in cells { write(row, widths: widths, into: &writer) }
    return writer.text
  }

  private func write(_ cells: [String], widths: [Int], into writer: inout TextWriter) {
    for (index, cell) in cells.enumerated() {
      let space = widths[index] - TerminalWidth.columns(of: cell)
      let before = columns[index].alignment.spaceBefore(of: space)
      writer.write("| ")
      writer.write(spaces: before)
      writer.write(cell)
      writer.write(spaces: space - before + 1)
    }
    writer.write("|\n")
  }
}

extension MarkdownTable.Alignment {
  fileprivate func rule(width: Int) -> String {
    let dashes = String(repeating: "-", count: width - 2)
    return switch self {
    case .left: "--\(dashes)"
    case .right: "-\(dashes):"
    case .centre: ":\(dashes):"
    }
  }

  fileprivate func spaceBefore(of space: Int) -> Int {
    switch self {
    case .left: 0
    case .right: space
    case .centre: space / 2
    }
  }
}

extension MarkdownTable.Cell {
  fileprivate var markdown: String {
    switch self {
    case .text(let text): MarkdownText.escaped(text)
    case .code(let code): MarkdownText.codeSpan(code)
    case .link(let text, let address): "[\(MarkdownText.escaped(text))](\(MarkdownText.destination(address)))"
    }
  }
}
