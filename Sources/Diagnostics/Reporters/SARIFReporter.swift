import StructuredText

/// Static Analysis Results Interchange Format 2.1.0 (OASIS): one run, the rules that it broke, the results.
struct SARIFReporter {
  let toolVersion: String?

  func text(of report: DiagnosticReport) -> String {
    let rules = Set(report.diagnostics.map(\.descriptor)).sorted { $0.code < $1.code }
    let places = SourcePlaces(report)
    let results = SARIFResults(
      ruleIndices: Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1.code, $0) }),
      places: places
    )
    let document: JSONValue = [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        .record([
          "tool": ["driver": driver(rules)],
          "columnKind": "unicodeCodePoints",
          "invocations": report.omitted > 0 ? [invocation(omitted: report.omitted)] : nil,
          "results": .array(zip(report.diagnostics, report.fingerprints).map { results.result($0, $1) }),
        ])
      ],
    ]
    return document.text(.pretty)
  }

  private func driver(_ rules: [DiagnosticDescriptor]) -> JSONValue {
    .record([
      "name": "nines",
      "version": toolVersion.map { .string($0) },
      "rules": .array(rules.map(rule)),
    ])
  }

  private func rule(_ descriptor: DiagnosticDescriptor) -> JSONValue {
    [
      "id": .string(descriptor.code),
      "name": .string(descriptor.name),
      "shortDescription": ["text": .string(descriptor.summary)],
      "fullDescription": ["text": .string(descriptor.rationale)],
      "defaultConfiguration": ["level": .string(descriptor.severity.sarifLevel)],
      "help": ["text": .string(descriptor.plainHelp), "markdown": .string(descriptor.markdownHelp)],
    ]
  }

  /// What the tool has to say of its own run: that it kept less than it found.
  private func invocation(omitted: Int) -> JSONValue {
    [
      "executionSuccessful": true,
      "toolExecutionNotifications": [
        ["level": "warning", "message": .sarifMessage(Wording.omitted(omitted))]
      ],
    ]
  }
}

private struct SARIFResults {
  let ruleIndices: [String: Int]
  let places: SourcePlaces

  func result(_ diagnostic: Diagnostic, _ fingerprint: String) -> JSONValue {
    let placed = diagnostic.notes.filter { $0.span != nil }
    return .record([
      "ruleId": .string(diagnostic.descriptor.code),
      "ruleIndex": ruleIndices[diagnostic.descriptor.code].map { .integer($0) },
      "level": .string(diagnostic.severity.sarifLevel),
      "message": .sarifMessage(message(of: diagnostic)),
      "locations": [["physicalLocation": physicalLocation(diagnostic.span)]],
      "relatedLocations": placed.isEmpty ? nil : .array(placed.enumerated().compactMap(relatedLocation)),
      "partialFingerprints": ["nines/v1": .string(fingerprint)],
      "fixes": diagnostic.fix.flatMap { $0.edits.isEmpty ? nil : [fix($0)] },
    ])
  }

  /// The message, and below it what has no place of its own in SARIF.
  private func message(of diagnostic: Diagnostic) -> String {
    let remarks = diagnostic.notes.filter { $0.span == nil }.map { "note: \($0.message)" }
    let ways = diagnostic.fix.map { ["fix: \($0.title)"] } ?? []
    return ([diagnostic.message] + remarks + ways).joined(separator: "\n")
  }

  private func relatedLocation(_ index: Int, _ note: DiagnosticNote) -> JSONValue? {
    note.span.map { span in
      [
        "id": .integer(index + 1),
        "physicalLocation": physicalLocation(span),
        "message": .sarifMessage(note.message),
      ]
    }
  }

  private func fix(_ fix: DiagnosticFix) -> JSONValue {
    let files = Dictionary(grouping: fix.edits) { $0.span.file }.sorted { $0.key.index < $1.key.index }
    return [
      "description": .sarifMessage(fix.title),
      "artifactChanges": .array(
        files.map { _, edits in
          [
            "artifactLocation": artifactLocation(places.place(of: edits[0].span).path),
            "replacements": .array(
              edits.map { edit in
                ["deletedRegion": region(edit.span), "insertedContent": ["text": .string(edit.replacement)]]
              }
            ),
          ]
        }
      ),
      "properties": ["safety": .string(fix.safety.rawValue)],
    ]
  }

  private func physicalLocation(_ span: SourceSpan) -> JSONValue {
    [
      "artifactLocation": artifactLocation(places.place(of: span).path),
      "region": region(span),
    ]
  }

  private func artifactLocation(_ path: String) -> JSONValue {
    ["uri": .string(RelativeURI.text(of: path))]
  }

  private func region(_ span: SourceSpan) -> JSONValue {
    let place = places.place(of: span)
    return [
      "startLine": .integer(place.start.line),
      "startColumn": .integer(place.start.column),
      "endLine": .integer(place.end.line),
      "endColumn": .integer(place.end.column),
    ]
  }
}

extension Severity {
  fileprivate var sarifLevel: String {
    switch self {
    case .info: "note"
    case .warning: "warning"
    case .error: "error"
    }
  }
}

extension JSONValue {
  /// A `message` object of plain text: braces doubled, since single ones are placeholders (3.11.5), and no bracket
  /// and parenthesis that would make a link (3.11.6).
  fileprivate static func sarifMessage(_ text: String) -> JSONValue {
    var escaped = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "{" || scalar == "}" { escaped.append(scalar) }
      if scalar == "]", rest.first == "(" { escaped.append("\\") }
      escaped.append(scalar)
    }
    return ["text": .string(String(escaped))]
  }
}
