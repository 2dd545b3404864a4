import StructuredText

/// This project's own document: `findings` in the report's order, and a `summary`.
///
/// Lines and columns count from one, columns in code points; the end is exclusive, so that a finding of no length
/// ends where it starts. A note without a place has only its message, and a finding without a way out no `fix`.
enum JSONReporter {
  static func text(of report: DiagnosticReport) -> String {
    let places = SourcePlaces(report)
    let document: JSONValue = [
      "findings": .array(report.diagnostics.map { finding($0, places) }),
      "summary": [
        "errors": .integer(report.count(of: .error)),
        "warnings": .integer(report.count(of: .warning)),
        "infos": .integer(report.count(of: .info)),
        "files": .integer(report.toldFiles.count),
        "omitted": .integer(report.omitted),
        "inBaseline": .integer(report.withheld.inBaseline),
        "elsewhere": .integer(report.withheld.elsewhere),
      ],
    ]
    return document.text(.pretty)
  }

  private static func finding(_ diagnostic: Diagnostic, _ places: SourcePlaces) -> JSONValue {
    let head = [
      JSONMember("code", .string(diagnostic.descriptor.code)),
      JSONMember("name", .string(diagnostic.descriptor.name)),
      JSONMember("severity", .string(diagnostic.severity.rawValue)),
      JSONMember("message", .string(diagnostic.message)),
    ]
    let notes = diagnostic.notes.map { note in
      JSONValue.object([JSONMember("message", .string(note.message))] + (note.span.map { place($0, places) } ?? []))
    }
    let tail = diagnostic.fix.map { [JSONMember("fix", fix($0, places))] } ?? []
    return .object(head + place(diagnostic.span, places) + [JSONMember("notes", .array(notes))] + tail)
  }

  private static func fix(_ fix: DiagnosticFix, _ places: SourcePlaces) -> JSONValue {
    [
      "title": .string(fix.title),
      "safety": .string(fix.safety.rawValue),
      "edits": .array(
        fix.edits.map { edit in
          .object(place(edit.span, places) + [JSONMember("replacement", .string(edit.replacement))])
        }
      ),
    ]
  }

  private static func place(_ span: SourceSpan, _ places: SourcePlaces) -> [JSONMember] {
    let place = places.place(of: span)
    return [
      JSONMember("path", .string(place.path)),
      JSONMember("line", .integer(place.start.line)),
      JSONMember("column", .integer(place.start.column)),
      JSONMember("endLine", .integer(place.end.line)),
      JSONMember("endColumn", .integer(place.end.column)),
    ]
  }
}
