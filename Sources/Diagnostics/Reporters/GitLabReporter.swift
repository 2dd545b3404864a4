import StructuredText

/// GitLab's Code Quality report: a list of issues, each with a fingerprint by which GitLab tells new from old.
enum GitLabReporter {
  static func text(of report: DiagnosticReport) -> String {
    let places = SourcePlaces(report)
    let issues = zip(report.diagnostics, report.fingerprints).map { issue($0, fingerprint: $1, places) }
    return JSONValue.array(issues).text(.pretty)
  }

  private static func issue(_ diagnostic: Diagnostic, fingerprint: String, _ places: SourcePlaces) -> JSONValue {
    let place = places.place(of: diagnostic.span)
    let endsAtLineStart = place.end.column == 1 && place.end.line > place.start.line
    return [
      "description": .string("\(diagnostic.descriptor.code): \(diagnostic.message)"),
      "check_name": .string(diagnostic.descriptor.name),
      "fingerprint": .string(fingerprint),
      "severity": .string(diagnostic.severity.gitLabName),
      "location": [
        "path": .string(place.path),
        "lines": [
          "begin": .integer(place.start.line),
          "end": .integer(endsAtLineStart ? place.end.line - 1 : place.end.line),
        ],
      ],
    ]
  }
}

extension Severity {
  fileprivate var gitLabName: String {
    switch self {
    case .info: "info"
    case .warning: "minor"
    case .error: "major"
    }
  }
}
