/// A table as RFC 4180 text: commas, double quotes where a cell needs them, CRLF behind every row.
package struct CSVTable: Sendable, Equatable {
  package enum Cell: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// Text; one that a spreadsheet would run as a formula gets an apostrophe in front.
    case text(String)
    /// A number, which may begin with a minus and is no formula.
    case number(NumberText)

    package init(stringLiteral value: String) { self = .text(value) }
  }

  package let header: [String]
  package let rows: [[Cell]]

  package init(header: [String], rows: [[Cell]]) {
    precondition(rows.allSatisfy { $0.count == header.count }, "RFC 4180 wants as many cells in every row")
    self.header = header
    self.rows = rows
  }

  package var text: String {
    var writer = TextWriter()
    write(header.map { .text($0) }, into: &writer)
    for row in rows { write(row, into: &writer) }
    return writer.text
  }

  private func write(_ row: [Cell], into writer: inout TextWriter) {
    for (index, cell) in row.enumerated() {
      if index > 0 { writer.write(UInt8(ascii: ",")) }
      switch cell {
      case .text(let text): write(text, isAlone: row.count == 1, into: &writer)
      case .number(let number): writer.write(number.text)
      }
    }
    writer.write("\r\n")
  }

  private func write(_ text: String, isAlone: Bool, into writer: inout TextWriter) {
    let guarded = Self.looksLikeFormula(text)
    // Readers skip blank lines and trim cells; quotes keep both.
    let isBare = isAlone && text.isEmpty || text.utf8.first == 0x20 || text.utf8.last == 0x20
    let needsQuotes =
      isBare
      || text.utf8.contains {
        $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
      }
    if needsQuotes { writer.write(UInt8(ascii: "\"")) }
    if guarded { writer.write(UInt8(ascii: "'")) }
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { writer.write(byte) }
      writer.write(byte)
    }
    if needsQuotes { writer.write(UInt8(ascii: "\"")) }
  }

  /// What spreadsheets take for the start of a formula; the full-width forms where Japanese input is usual.
  private static func looksLikeFormula(_ text: String) -> Bool {
    switch text.unicodeScalars.first {
    case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": true
    default: false
    }
  }
}
