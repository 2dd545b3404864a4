import Diagnostics
import Testing

@Suite("Reports for people")
struct TerminalReporterTests {
  @Test("a finding shows its line, its notes and the change that puts it right")
  func wholeFinding() {
    #expect(
      PercentilesExample().report.text(as: .text) == """
        error[SLO303]: p95 bound '10s' of 'latency' is below the p50 bound '15s'
         --> specs/studio.yaml:2:20
          |
        2 | p95: latency p95 < 10s over 7d
          |                    ^^^
          = note: the p50 bound is here
         --> specs/studio.yaml:1:20
          |
        1 | p50: latency p50 < 15s over 7d
          |                    ^^^
          = note: a remark
          = fix: write '30s'
          |
        2 - p95: latency p95 < 10s over 7d
        2 + p95: latency p95 < 30s over 7d

        1 error in 1 file (checked 1 file)

        """
    )
  }

  @Test(
    "a span is marked below the characters that a terminal shows",
    arguments: [
      ("a b«»", "1 | a b\n  |    ^"),
      ("a: «b»\r\nc: d\r\n", "1 | a: b\n  |    ^"),
      ("a: «b\r\n»", "1 | a: b\n  |    ^"),
      ("a«\n»b", "1 | a\n  |  ^"),
      ("a\n«\n\n»b", "2 |\n  | ^"),
      ("\ta:\t«b\tc»", "1 |     a:  b   c\n  |         ^^^^^"),
      ("日本: «語x»", "1 | 日本: 語x\n  |       ^^^"),
      ("é e\u{301} 👩‍👩‍👧 🇨🇭 «x»", "1 | é e\u{301} 👩‍👩‍👧 🇨🇭 x\n  |           ^"),
      ("«\u{301}a»", "1 | ◌\u{301}a\n  | ^^"),
      ("a «\u{1B}[31mb\u{202E}»", "1 | a ␛[31mb\\u{202e}\n  |   ^^^^^^^^^^^^^^"),
    ]
  )
  func carets(_ marked: String, _ shown: String) {
    #expect(snippet(of: marked) == shown)
  }

  @Test("what is said of a file several times is shown once, with the other places, and counted each time")
  func alike() {
    let file = SourceFile(id: FileID(0), path: "a.yaml", text: "x: 1\ny: 1\n")
    let diagnostics = [3..<4, 8..<9].map { range in
      Diagnostic(
        .noOwner,
        "'1' has no unit",
        at: SourceSpan(file: FileID(0), start: range.lowerBound, end: range.upperBound)
      )
    }
    #expect(
      DiagnosticReport(files: [file], diagnostics: diagnostics).text(as: .text) == """
        warning[SLO701]: '1' has no unit
         --> a.yaml:1:4
          |
        1 | x: 1
          |    ^
          = note: the same is to be said here
         --> a.yaml:2:4

        2 warnings in 1 file (checked 1 file)

        """
    )
  }

  @Test("of a file in which nothing stands only the path is told")
  func emptyFile() {
    let file = SourceFile(id: FileID(0), path: "generated/rules.yaml", text: "")
    let diagnostic = Diagnostic(.noOwner, "m", at: SourceSpan(file: FileID(0), start: 0, end: 0))
    let text = DiagnosticReport(files: [file], diagnostics: [diagnostic]).text(as: .text)
    #expect(
      text == """
        warning[SLO701]: m
         --> generated/rules.yaml

        1 warning in 1 file (checked 1 file)

        """
    )
  }

  @Test("bytes that are not UTF-8 are shown one by one and shift no caret")
  func malformedText() {
    let file = SourceFile(id: FileID(0), path: "a.yaml", bytes: [0x61, 0xFF, 0xC3, 0x62, 0x63])
    let diagnostic = Diagnostic(.noOwner, "m", at: SourceSpan(file: FileID(0), start: 4, end: 5))
    let text = DiagnosticReport(files: [file], diagnostics: [diagnostic]).text(as: .text)
    #expect(text.contains("1 | a\u{FFFD}\u{FFFD}bc\n  |     ^\n"))
  }

  @Test(
    "a span of several lines has a bar down its left, to a caret below its end",
    arguments: [
      (
        "a:\n  «b:\n    c: 1»\nd: 2\n",
        """
        2 | /   b:
        3 | |     c: 1
          | |________^
        """
      ),
      (
        "a: «[1,\n\n  2]»\n",
        """
        1 |   a: [1,
          |  ____^
        2 | |
        3 | |   2]
          | |____^
        """
      ),
      (
        "x\n«a:\n 1\n 2\n 3\n 4\n 5\n 6\n 7\n\n \n»b:\n",
        """
         2 | / a:
         3 | |  1
         4 | |  2
        ...  |
         8 | |  6
         9 | |  7
           | |__^
        """
      ),
    ]
  )
  func severalLines(_ marked: String, _ shown: String) {
    #expect(snippet(of: marked) == shown)
  }

  @Test(
    "a line too wide is cut around what is marked",
    arguments: [
      ("«needle» DIGITS", "1 | needle 012345678901234567890…\n  | ^^^^^^"),
      ("DIGITS«needle»DIGITS", "1 | …90123456789needle01234567890…\n  |             ^^^^^^"),
      ("DIGITS «needle»", "1 | …901234567890123456789 needle\n  |                        ^^^^^^"),
      ("DIGITS«DIGITS»", "1 | …3456789012345678901234567890…\n  |         ^^^^^^^^^^^^^^^^^^^^^^"),
      ("WIDE«語»WIDE", "1 | …日日日日日日語日日日日日日…\n  |              ^^"),
    ]
  )
  func cutLine(_ pattern: String, _ shown: String) {
    let marked = pattern.split(separator: "DIGITS", omittingEmptySubsequences: false)
      .joined(separator: String(repeating: "0123456789", count: 2_000))
      .split(separator: "WIDE", omittingEmptySubsequences: false)
      .joined(separator: String(repeating: "日", count: 2_000))
    #expect(snippet(of: marked, width: 34) == shown)
  }

  @Test("a terminal too narrow for anything still shows twenty columns")
  func narrow() {
    #expect(snippet(of: "0123456789«a»0123456789", width: 1) == "1 | …23456789a012345678…\n  |          ^")
  }

  @Test(
    "a change shows the lines that go and the lines that come",
    arguments: [
      ("a: 1\n«b: 2\n»c: 3\n", "", "2 - b: 2"),
      ("a: 1\nb«: 2\n»c: 3\n", "", "2 - b: 2\n3 - c: 3\n2 + bc: 3"),
      ("a: 1\n«»c: 3\n", "x:\n  - y\n", "2 + x:\n3 +   - y"),
      ("a: 1\n«»", "b: 2\n", "2 + b: 2"),
      ("a: 1«»", "\nb: 2\n", "2 + b: 2"),
      ("a: 1\r\nb: «2»\r\n", "3", "2 - b: 2\n2 + b: 3"),
      ("«a:\n  b:\n    c: 1»\n", "a: {}", "1 - a:\n2 -   b:\n3 -     c: 1\n1 + a: {}"),
      ("a: «1»\n", "\u{1B}[2J\t2", "1 - a: 1\n1 + a: ␛[2J 2"),
      ("a: 1\n«»\nb: 2\n", "x\n\ny", "2 -\n2 + x\n3 +\n4 + y"),
    ]
  )
  func change(_ marked: String, _ replacement: String, _ shown: String) {
    let example = MarkedFile(marked)
    let fix = DiagnosticFix("do it", edits: [TextEdit(replacing: example.spans[0], with: replacement)])
    #expect(change(of: fix, in: example) == shown)
  }

  @Test("edits on neighbouring lines are one change, edits far apart two, and an overlapping one is left out")
  func severalEdits() {
    let example = MarkedFile("«a»: 1\n«b»: 2\nc: 3\nd: 4\n«e: «5»»\n")
    let fix = DiagnosticFix("rename", edits: zip(example.spans.reversed(), ["no", "E", "B", "A"]).map(TextEdit.init))
    #expect(change(of: fix, in: example) == "1 - a: 1\n2 - b: 2\n1 + A: 1\n2 + B: 2\n...\n5 - e: 5\n5 + E")
  }

  @Test("a change of many lines is cut short")
  func longChange() {
    let example = MarkedFile("a: «1»\n")
    let lines = (2...40).map { "\n- \($0)" }.joined()
    let fix = DiagnosticFix("grow", edits: [TextEdit(replacing: example.spans[0], with: lines)])
    let shown = change(of: fix, in: example)
    #expect(shown.hasPrefix("1 - a: 1\n1 + a: \n2 + - 2\n"))
    #expect(shown.hasSuffix("12 + - 12\n..."))
  }

  @Test("a change of a wide line is cut around where it differs, and one of a huge line is only told")
  func wideChange() {
    func report(_ digits: Int) -> String {
      let context = String(repeating: "0123456789", count: digits / 10)
      let example = MarkedFile("\(context)«old»\(context)\n")
      let fix = DiagnosticFix("do it", edits: [TextEdit(replacing: example.spans[0], with: "new")])
      let diagnostic = Diagnostic(.noOwner, "m", at: example.spans[0], fix: fix)
      return DiagnosticReport(files: [example.file], diagnostics: [diagnostic])
        .text(as: .text, ReportOptions(width: 34))
    }
    #expect(
      report(1_000).contains(
        "fix: do it\n  |\n1 - …67890123456789old01234567890…\n1 + …67890123456789new01234567890…\n\n"
      )
    )
    #expect(report(100_000).contains("fix: do it\n\n1 warning"))
  }

  @Test("a change in another file stands below its path, and what is not certain is a suggestion")
  func otherFile() {
    let example = MarkedFile("a: «b»\n")
    let other = MarkedFile("c: «d»\n", index: 1, path: "specs/other.yaml")
    let fix = DiagnosticFix("say e", edits: [TextEdit(replacing: other.spans[0], with: "e")], safety: .unsafe)
    let report = DiagnosticReport(
      files: [example.file, other.file],
      diagnostics: [Diagnostic(.noOwner, "m", at: example.spans[0], fix: fix)]
    )
    #expect(
      report.text(as: .text) == """
        warning[SLO701]: m
         --> specs/studio.yaml:1:4
          |
        1 | a: b
          |    ^
          = suggestion: say e
         --> specs/other.yaml:1:4
          |
        1 - c: d
        1 + c: e

        1 warning in 1 file (checked 2 files)

        """
    )
  }

  @Test("colour marks what each part is there for, and is never left on")
  func colour() {
    let text = PercentilesExample().report.text(as: .text, ReportOptions(color: true))
    let escape = "\u{1B}"
    #expect(text.hasPrefix("\(escape)[1;31merror[SLO303]\(escape)[0m\(escape)[1m: p95 bound"))
    #expect(text.contains("\(escape)[1;31m^^^\(escape)[0m\n"))
    #expect(text.contains("\(escape)[32m+ p95: latency p95 < 30s over 7d\(escape)[0m\n"))
    for line in text.split(separator: "\n") {
      let controls = line.split(separator: "\(escape)[").dropFirst(line.hasPrefix(escape) ? 0 : 1)
      #expect(controls.count.isMultiple(of: 2))
      #expect(controls.last?.hasPrefix("0m") != false)
    }
    let plain = text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(plain == PercentilesExample().report.text(as: .text))
  }

  @Test(
    "the last line counts",
    arguments: [
      ([], 0, 0, "no findings in 0 files\n"),
      ([], 1, 0, "no findings in 1 file\n"),
      ([.error, .error, .error, .warning], 5, 0, "3 errors, 1 warning in 2 files (checked 5 files)\n"),
      ([.info], 1, 0, "1 info in 1 file (checked 1 file)\n"),
      ([.info, .info], 2, 1, "2 infos in 2 files (checked 2 files)\n1 more finding is not shown\n"),
      ([.warning], 2, 1_200, "1 warning in 1 file (checked 2 files)\n1200 more findings are not shown\n"),
    ] as [([Severity], Int, Int, String)]
  )
  func summary(_ severities: [Severity], _ files: Int, _ omitted: Int, _ shown: String) {
    let sources = (0..<files).map { SourceFile(id: FileID($0), path: "\($0).yaml", text: "a") }
    let diagnostics = severities.enumerated().map { index, severity in
      let span = SourceSpan(file: FileID(index % 2), start: 0, end: 1)
      return Diagnostic(.noOwner, severity: severity, "finding \(index)", at: span)
    }
    let text = DiagnosticReport(files: sources, diagnostics: diagnostics, omitted: omitted).text(as: .text)
    #expect(text == shown || text.hasSuffix("\n\n\(shown)"))
  }

  private func change(of fix: DiagnosticFix, in example: MarkedFile) -> String {
    let diagnostic = Diagnostic(.noOwner, "m", at: example.spans[0], fix: fix)
    let text = DiagnosticReport(files: [example.file], diagnostics: [diagnostic]).text(as: .text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let title = lines.firstIndex { $0.hasSuffix("fix: \(fix.title)") } ?? lines.count - 2
    return lines[(title + 2)...].dropLast(3).joined(separator: "\n")
  }

  private func snippet(of marked: String, width: Int? = nil) -> String {
    let example = MarkedFile(marked)
    let report = DiagnosticReport(
      files: [example.file],
      diagnostics: [Diagnostic(.noOwner, "m", at: example.spans[0])]
    )
    let lines = report.text(as: .text, ReportOptions(width: width)).split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    return lines.dropFirst(3).dropLast(3).joined(separator: "\n")
  }
}
