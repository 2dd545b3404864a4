import Diagnostics
import Testing

@Suite("What a report holds")
struct DiagnosticReportTests {
  private let second = MarkedFile("«a»: «b»\n", index: 0, path: "specs/b.yaml")
  private let first = MarkedFile("«a»: «b»\n", index: 1, path: "specs/a.yaml")

  private func report(_ diagnostics: [Diagnostic]) -> DiagnosticReport {
    DiagnosticReport(files: [second.file, first.file], diagnostics: diagnostics)
  }

  @Test("findings are told by path, then place, then code, then message")
  func order() {
    let expected = [
      Diagnostic(.crowdedJourney, "m", at: first.spans[0]),
      Diagnostic(.noOwner, "a", at: first.spans[0]),
      Diagnostic(.noOwner, "b", at: first.spans[0]),
      Diagnostic(.percentilesOutOfOrder, "m", at: first.spans[1]),
      Diagnostic(.crowdedJourney, "m", at: second.spans[0]),
    ]
    #expect(report(expected.reversed()).diagnostics == expected)
    #expect(report([3, 0, 4, 2, 1].map { expected[$0] }).diagnostics == expected)
  }

  @Test("a finding reported twice is told once, and one that differs in anything is kept")
  func duplicates() {
    let plain = Diagnostic(.noOwner, "m", at: first.spans[0])
    let noted = Diagnostic(.noOwner, "m", at: first.spans[0], notes: [DiagnosticNote("n")])
    let severe = Diagnostic(.noOwner, severity: .error, "m", at: first.spans[0])
    #expect(report([plain, noted, plain, severe, noted]).diagnostics == [plain, noted, severe])
  }

  @Test("a bag's findings and its count of those left out both arrive")
  func fromBag() {
    var bag = DiagnosticBag()
    for number in 0..<DiagnosticBag.limit + 3 { bag.report(.noOwner, "finding \(number)", at: first.spans[0]) }
    let report = DiagnosticReport(files: [second.file, first.file], bag)
    #expect(report.diagnostics.count == DiagnosticBag.limit)
    #expect(report.omitted == 3)
    #expect(report.count(of: .warning) == DiagnosticBag.limit)
    #expect(report.count(of: .error) == 0)
  }

  @Test("a fingerprint stays when lines move, and tells findings, files and repetitions apart")
  func fingerprints() {
    let moved = MarkedFile("# a comment\n\n  «a»: «b»\n", index: 1, path: "specs/a.yaml")
    func prints(_ file: MarkedFile) -> [String] {
      DiagnosticReport(
        files: [file.file],
        diagnostics: [
          Diagnostic(.noOwner, "m", at: file.spans[0]), Diagnostic(.noOwner, "m", at: file.spans[1]),
          Diagnostic(.noOwner, "n", at: file.spans[1]), Diagnostic(.crowdedJourney, "m", at: file.spans[1]),
        ]
      ).fingerprints
    }
    #expect(prints(first) == prints(moved))
    #expect(Set(prints(first) + prints(second)).count == 8)
    #expect(prints(first).allSatisfy { $0.count == 64 })
  }

  @Test("every format ends its last line, and says the same every time", arguments: ReportFormat.allCases)
  func everyFormat(_ format: ReportFormat) {
    let report = PercentilesExample().report
    let text = report.text(as: format)
    #expect(text.hasSuffix("\n"))
    #expect(text == report.text(as: format))
  }

  @Test("nothing of a spec reaches a terminal or a log as a control", arguments: ReportFormat.allCases)
  func controls(_ format: ReportFormat) {
    let hostile = "\u{1B}]0;x\u{7}\u{9B}2J\u{0}\r\u{8}\u{7F}\u{202E}\u{2028}\u{FEFF}\n::error::x\u{E0001}"
    let file = SourceFile(id: FileID(0), path: "specs/\(hostile).yaml", text: "key: \(hostile)\n\(hostile): a\n")
    let span = SourceSpan(file: FileID(0), start: 2, end: 60)
    let line = SourceSpan(file: FileID(0), start: 1, end: 4)
    let diagnostics = [span, line].map { span in
      Diagnostic(
        .noOwner,
        "message \(hostile)",
        at: span,
        notes: [DiagnosticNote("note \(hostile)", at: line), DiagnosticNote(hostile)],
        fix: DiagnosticFix("fix \(hostile)", edits: [TextEdit(replacing: line, with: hostile)])
      )
    }
    let text = DiagnosticReport(files: [file], diagnostics: diagnostics).text(as: format)
    let raw = text.unicodeScalars.filter { scalar in
      scalar != "\n" && (scalar.properties.generalCategory == .control || scalar.properties.isBidiControl)
        || scalar == "\u{2028}" || scalar == "\u{FEFF}"
    }
    #expect(raw.isEmpty)
    #expect(!text.contains("\n::error::x"))
  }
}
