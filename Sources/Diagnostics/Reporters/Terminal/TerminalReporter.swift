import StructuredText

/// A report for people: what is wrong, the lines that are meant with carets below, notes, and the way out.
struct TerminalReporter {
  /// How many columns of source are shown where the width of the terminal is not known.
  private static let usualWidth = 140
  /// Below this, lines are cut no further.
  private static let leastWidth = 20

  let color: Bool
  let width: Int?

  func text(of report: DiagnosticReport) -> String {
    var canvas = TerminalCanvas(usesColor: color)
    let sources = TerminalSources(report)
    // What is said several times of one file is shown once, with the places of the others.
    let alike = Dictionary(grouping: report.diagnostics, by: Statement.init)
    var told: Set<Statement> = []
    for diagnostic in report.diagnostics {
      let statement = Statement(diagnostic)
      guard told.insert(statement).inserted else { continue }
      write(diagnostic, also: alike[statement, default: []].dropFirst().map(\.span), sources, to: &canvas)
      canvas.newLine()
    }
    write(summary: report, to: &canvas)
    return canvas.writer.text
  }

  /// What is said of a file.
  private struct Statement: Hashable {
    let file: FileID
    let code: String
    let severity: Severity
    let message: String

    init(_ diagnostic: Diagnostic) {
      file = diagnostic.span.file
      code = diagnostic.descriptor.code
      severity = diagnostic.severity
      message = diagnostic.message
    }
  }

  private func write(
    _ diagnostic: Diagnostic,
    also others: [SourceSpan],
    _ sources: TerminalSources,
    to canvas: inout TerminalCanvas
  ) {
    let gutter = Gutter(digits: sources.digits(for: diagnostic.spans))
    let available = (width ?? Self.usualWidth) - gutter.columns
    let snippet = SourceSnippet(gutter: gutter, sources: sources, limit: max(Self.leastWidth, available))
    canvas.write("\(diagnostic.severity)[\(diagnostic.descriptor.code)]", as: diagnostic.severity.role)
    canvas.write(": \(VisibleText.of(diagnostic.message))", as: .emphasis)
    canvas.newLine()
    snippet.write(diagnostic.span, as: diagnostic.severity.role, to: &canvas)
    for note in diagnostic.notes {
      gutter.writeRemark("note", note.message, as: .emphasis, to: &canvas)
      if let span = note.span { snippet.write(span, as: .secondary, to: &canvas) }
    }
    if let fix = diagnostic.fix {
      gutter.writeRemark(fix.safety.label, fix.title, as: .fix, to: &canvas)
      SuggestedChange(gutter: gutter, sources: sources, limit: snippet.limit)
        .write(fix.edits, besides: diagnostic.span.file, to: &canvas)
    }
    guard !others.isEmpty else { return }
    gutter.writeRemark("note", "the same is to be said here", as: .emphasis, to: &canvas)
    for span in others { gutter.writeArrow(to: sources.place(of: span), on: &canvas) }
  }

  // MARK: Summary

  private func write(summary report: DiagnosticReport, to canvas: inout TerminalCanvas) {
    canvas.write(Self.summary(of: report), as: .emphasis)
    canvas.newLine()
    let remarks = [
      report.omitted > 0 ? Wording.omitted(report.omitted) : nil,
      Wording.inBaseline(report.withheld.inBaseline),
      Wording.elsewhere(report.withheld.elsewhere),
    ]
    for remark in remarks.compactMap({ $0 }) {
      canvas.write(remark, as: .emphasis)
      canvas.newLine()
    }
  }

  private static func summary(of report: DiagnosticReport) -> String {
    let checked = Wording.count(report.toldFiles.count, "file")
    if report.diagnostics.isEmpty { return "no findings in \(checked)" }
    let counts = [Severity.error, .warning, .info]
      .map { (severity: $0, count: report.count(of: $0)) }
      .filter { $0.count > 0 }
      .map { Wording.count($0.count, $0.severity.rawValue) }
      .joined(separator: ", ")
    return "\(counts) in \(Wording.count(report.diagnosticsByFile.count, "file")) (checked \(checked))"
  }
}

extension DiagnosticFix.Safety {
  /// What is certain is called a fix, and what needs a person's eye a suggestion.
  fileprivate var label: String {
    switch self {
    case .safe: "fix"
    case .unsafe: "suggestion"
    }
  }
}

/// The files of a report and the lines in them.
struct TerminalSources {
  private let places: SourcePlaces
  private let files: [FileID: SourceFile]
  private let tables: [FileID: LineTable]

  init(_ report: DiagnosticReport) {
    let ids = Set(report.diagnostics.lazy.flatMap(\.spans).map(\.file))
    places = SourcePlaces(report)
    files = Dictionary(uniqueKeysWithValues: ids.map { ($0, report.file($0)) })
    tables = files.mapValues { LineTable($0) }
  }

  func place(of span: SourceSpan) -> SourcePlace { places.place(of: span) }

  func bytes(of id: FileID) -> [UInt8] { files[id]?.bytes ?? [] }

  /// The bytes of a line without its line break.
  func line(_ number: Int, of id: FileID) -> Range<Int> { tables[id]?.range(ofLine: number) ?? 0..<0 }

  /// The line that an offset lies in.
  func line(at offset: Int, of id: FileID) -> Int { tables[id]?.line(of: offset) ?? 1 }

  /// How many digits the greatest line number among some spans has.
  func digits(for spans: [SourceSpan]) -> Int {
    let last = spans.map { places.place(of: $0).end.line }.max() ?? 1
    return String(last).utf8.count
  }
}

/// The left margin of a diagnostic: line numbers and the bar beside them.
struct Gutter {
  let digits: Int

  /// The columns that it takes.
  var columns: Int { digits + 3 }

  /// `14 | `, or the bar alone.
  func write(_ line: Int?, to canvas: inout TerminalCanvas) {
    let number = line.map { String($0) } ?? ""
    let padding = String(repeating: " ", count: digits - number.utf8.count)
    canvas.write("\(padding)\(number) |", as: .gutter)
  }

  func writeArrow(to place: SourcePlace, on canvas: inout TerminalCanvas) {
    writeArrow(toFile: "\(place.path):\(place.start.line):\(place.start.column)", on: &canvas)
  }

  /// To a file in which no place is meant.
  func writeArrow(toFile path: String, on canvas: inout TerminalCanvas) {
    canvas.write(spaces: digits)
    canvas.write("-->", as: .gutter)
    canvas.write(" \(VisibleText.of(path))\n")
  }

  func writeRemark(_ label: String, _ message: String, as role: TerminalRole, to canvas: inout TerminalCanvas) {
    canvas.write(spaces: digits + 1)
    canvas.write("=", as: .gutter)
    canvas.write(" ")
    canvas.write("\(label):", as: role)
    canvas.write(" \(VisibleText.of(message))\n")
  }
}
