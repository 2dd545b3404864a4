import StructuredText

/// A JUnit test report: a suite for each file, a case for each finding, a passing case for a file without any.
///
/// Only errors fail, as they do in the run itself; a warning's words stand in its passing case.
enum JUnitReporter {
  static func text(of report: DiagnosticReport) -> String {
    let places = SourcePlaces(report)
    let findings = report.diagnosticsByFile
    let files = report.toldFiles.sorted { $0.path < $1.path }
    var suites = files.map { suite($0.path, cases: cases(for: $0, findings[$0.id] ?? [], places)) }
    if report.omitted > 0 { suites.append(suite("more findings", cases: [omitted(report.omitted)])) }
    let failures = suites.reduce(0) { $0 + $1.failures }
    let tests = suites.reduce(0) { $0 + $1.tests }
    return MarkupNode.element(
      "testsuites",
      ["name": "nines", "tests": "\(tests)", "failures": "\(failures)", "errors": "0"],
      suites.map(\.node)
    ).xml
  }

  private struct Case {
    let node: MarkupNode
    let fails: Bool
  }

  private struct Suite {
    let node: MarkupNode
    let tests: Int
    let failures: Int
  }

  private static func suite(_ name: String, cases: [Case]) -> Suite {
    let failures = cases.count { $0.fails }
    let attributes: KeyValuePairs<String, String?> = [
      "name": VisibleText.of(name), "tests": "\(cases.count)", "failures": "\(failures)", "errors": "0",
    ]
    let node = MarkupNode.element("testsuite", attributes, cases.map(\.node))
    return Suite(node: node, tests: cases.count, failures: failures)
  }

  private static func cases(for file: SourceFile, _ findings: [Diagnostic], _ places: SourcePlaces) -> [Case] {
    if findings.isEmpty {
      let path = VisibleText.of(file.path)
      return [Case(node: .element("testcase", ["classname": path, "name": "no findings", "file": path]), fails: false)]
    }
    return findings.map { finding($0, places) }
  }

  private static func finding(_ diagnostic: Diagnostic, _ places: SourcePlaces) -> Case {
    let place = places.place(of: diagnostic.span)
    let path = VisibleText.of(place.path)
    let details = details(of: diagnostic, at: place, places)
    let fails = diagnostic.severity == .error
    let outcome = fails ? failure(diagnostic.message, details) : MarkupNode.element("system-out", [:], [.text(details)])
    let attributes: KeyValuePairs<String, String?> = [
      "classname": path,
      "name": "\(diagnostic.descriptor.code) \(diagnostic.descriptor.name) (\(place.start.line):\(place.start.column))",
      "file": path,
      "line": "\(place.start.line)",
    ]
    return Case(node: .element("testcase", attributes, [outcome]), fails: fails)
  }

  private static func failure(_ message: String, _ details: String) -> MarkupNode {
    .element("failure", ["message": VisibleText.of(message), "type": "error"], [.text(details)])
  }

  private static func details(of diagnostic: Diagnostic, at place: SourcePlace, _ places: SourcePlaces) -> String {
    let first = "\(place.path):\(place.start.line):\(place.start.column): \(diagnostic.severity): \(diagnostic.message)"
    let notes = diagnostic.notes.map { note in
      let at = note.span.map { places.place(of: $0) }.map { "\($0.path):\($0.start.line):\($0.start.column): " } ?? ""
      return "\(at)note: \(note.message)"
    }
    let ways = diagnostic.fix.map { ["fix: \($0.title)"] } ?? []
    return ([first] + notes + ways).map(VisibleText.of).joined(separator: "\n")
  }

  private static func omitted(_ count: Int) -> Case {
    let message = Wording.omitted(count)
    return Case(
      node: .element("testcase", ["classname": "nines", "name": "all findings shown"], [failure(message, message)]),
      fails: true
    )
  }
}
