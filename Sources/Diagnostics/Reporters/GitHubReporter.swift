import StructuredText

/// Workflow commands of GitHub Actions, one line a finding. Lines and columns count from one; the last line is
/// inclusive and the last column, of which GitHub says nothing, exclusive.
enum GitHubReporter {
  static func text(of report: DiagnosticReport) -> String {
    let places = SourcePlaces(report)
    var lines = report.diagnostics.map { command($0, places) }
    if report.omitted > 0 { lines.append("::warning title=nines::\(escaped(Wording.omitted(report.omitted)))") }
    return lines.map { "\($0)\n" }.joined()
  }

  private static func command(_ diagnostic: Diagnostic, _ places: SourcePlaces) -> String {
    let place = places.place(of: diagnostic.span)
    let title = "\(diagnostic.descriptor.code) \(diagnostic.descriptor.name)"
    let properties = [("file", place.path)] + position(place) + [("title", title)]
    let list = properties.map { "\($0)=\(escapedProperty($1))" }.joined(separator: ",")
    let message = body(of: diagnostic, places).map { escaped(VisibleText.of($0)) }.joined(separator: "%0A")
    return "::\(diagnostic.severity.command) \(list)::\(message)"
  }

  private static func body(of diagnostic: Diagnostic, _ places: SourcePlaces) -> [String] {
    let notes = diagnostic.notes.map { note in
      let place = note.span.map { places.place(of: $0) }.map { " (\($0.path):\($0.start.line))" } ?? ""
      return "note: \(note.message)\(place)"
    }
    return [diagnostic.message] + notes + (diagnostic.fix.map { ["fix: \($0.title)"] } ?? [])
  }

  /// The runner takes columns only where the finding lies on one line.
  private static func position(_ place: SourcePlace) -> [(String, String)] {
    let line = ("line", "\(place.start.line)")
    let endsAtLineStart = place.end.column == 1 && place.end.line > place.start.line
    let endLine = endsAtLineStart ? place.end.line - 1 : place.end.line
    if endLine > place.start.line { return [line, ("endLine", "\(endLine)")] }
    let column = ("col", "\(place.start.column)")
    if endsAtLineStart { return [line, column, ("endLine", "\(endLine)")] }
    return [line, column, ("endLine", "\(endLine)"), ("endColumn", "\(place.end.column)")]
  }

  private static func escaped(_ text: String) -> String {
    escaped(text) { $0 == "%" || $0 == "\r" || $0 == "\n" }
  }

  private static func escapedProperty(_ text: String) -> String {
    escaped(VisibleText.of(text)) { $0 == "%" || $0 == "\r" || $0 == "\n" || $0 == ":" || $0 == "," }
  }

  private static func escaped(_ text: String, _ mustEscape: (Unicode.Scalar) -> Bool) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      if mustEscape(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        escaped.append(digits.utf8.count < 2 ? "%0\(digits)" : "%\(digits)")
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension Severity {
  fileprivate var command: String {
    switch self {
    case .info: "notice"
    case .warning: "warning"
    case .error: "error"
    }
  }
}
