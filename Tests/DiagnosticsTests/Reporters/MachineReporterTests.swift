import Diagnostics
import StructuredText
import Testing

@Suite("Reports for machines")
struct MachineReporterTests {
  @Test("the JSON document states every place from one, in code points, its end exclusive")
  func json() throws {
    #expect(
      PercentilesExample().report.text(as: .json) == """
        {
          "findings": [
            {
              "code": "SLO303",
              "name": "percentiles-out-of-order",
              "severity": "error",
              "message": "p95 bound '10s' of 'latency' is below the p50 bound '15s'",
              "path": "specs/studio.yaml",
              "line": 2,
              "column": 20,
              "endLine": 2,
              "endColumn": 23,
              "notes": [
                {
                  "message": "the p50 bound is here",
                  "path": "specs/studio.yaml",
                  "line": 1,
                  "column": 20,
                  "endLine": 1,
                  "endColumn": 23
                },
                {
                  "message": "a remark"
                }
              ],
              "fix": {
                "title": "write '30s'",
                "safety": "safe",
                "edits": [
                  {
                    "path": "specs/studio.yaml",
                    "line": 2,
                    "column": 20,
                    "endLine": 2,
                    "endColumn": 23,
                    "replacement": "30s"
                  }
                ]
              }
            }
          ],
          "summary": {
            "errors": 1,
            "warnings": 0,
            "infos": 0,
            "files": 1,
            "omitted": 0,
            "inBaseline": 0,
            "elsewhere": 0
          }
        }

        """
    )
  }

  @Test(
    "columns count code points and lines end at line feeds",
    arguments: [
      ("«»", [1, 1, 1, 1]),
      ("日本😀e\u{301}«x»", [1, 6, 1, 7]),
      ("a\r\n«b\r\n»c", [2, 1, 3, 1]),
      ("a\n«b\nc»", [2, 1, 3, 2]),
      ("a\n«»", [2, 1, 2, 1]),
    ]
  )
  func places(_ marked: String, _ numbers: [Int]) throws {
    let example = MarkedFile(marked)
    let report = DiagnosticReport(
      files: [example.file],
      diagnostics: [Diagnostic(.noOwner, "m", at: example.spans[0])]
    )
    let finding = try JSONParser.parse(report.text(as: .json))["findings"]?.array?.first
    #expect(["line", "column", "endLine", "endColumn"].map { finding?[$0]?.number?.integer } == numbers)
    #expect(finding?["fix"] == nil)
    #expect(finding?["notes"] == [])
  }

  @Test("a span past the end of its file is placed at the end")
  func pastTheEnd() throws {
    let file = SourceFile(id: FileID(0), path: "a.yaml", text: "ab")
    let diagnostic = Diagnostic(.noOwner, "m", at: SourceSpan(file: FileID(0), start: 5, end: 9))
    let text = DiagnosticReport(files: [file], diagnostics: [diagnostic]).text(as: .json)
    #expect(try JSONParser.parse(text)["findings"]?.array?.first?["endColumn"]?.number?.integer == 3)
    let shown = DiagnosticReport(files: [file], diagnostics: [diagnostic]).text(as: .text)
    #expect(shown.contains("1 | ab\n  |   ^\n"))
  }

  @Test(
    "a workflow command is one line, its text escaped as the runner reads it",
    arguments: [
      ("a: «b»", "line=1,col=4,endLine=1,endColumn=5"),
      ("a: «»", "line=1,col=4,endLine=1,endColumn=4"),
      ("a: «b\n»", "line=1,col=4,endLine=1"),
      ("«a:\n  b: c»", "line=1,endLine=2"),
      ("«a:\n  b: c\n»d", "line=1,endLine=2"),
    ]
  )
  func github(_ marked: String, _ position: String) {
    let example = MarkedFile(marked, path: "specs/a,b:c 100%.yaml")
    let diagnostic = Diagnostic(
      .crowdedJourney,
      "100% of 'a::b,c'\nis noise",
      at: example.spans[0],
      notes: [DiagnosticNote("see here", at: example.spans[0])],
      fix: DiagnosticFix("drop one")
    )
    #expect(
      DiagnosticReport(files: [example.file], diagnostics: [diagnostic]).text(as: .github)
        == "::notice file=specs/a%2Cb%3Ac 100%25.yaml,\(position),title=SLO316 crowded-journey::"
        + "100%25 of 'a::b,c'␊is noise%0Anote: see here (specs/a,b:c 100%25.yaml:1)%0Afix: drop one\n"
    )
  }

  @Test("GitHub's levels follow the severities, and what is left out is said")
  func githubLevels() {
    let example = MarkedFile("«a»")
    let diagnostics = Severity.allCases.map { Diagnostic(.noOwner, severity: $0, "m \($0)", at: example.spans[0]) }
    let text = DiagnosticReport(files: [example.file], diagnostics: diagnostics, omitted: 2).text(as: .github)
    let commands = text.split(separator: "\n").map { $0.prefix { $0 != " " } }
    #expect(commands == ["::error", "::notice", "::warning", "::warning"])
    #expect(text.hasSuffix("\n::warning title=nines::2 more findings are not shown\n"))
    #expect(DiagnosticReport(files: [example.file], diagnostics: []).text(as: .github) == "")
  }

  @Test("a GitLab issue has the members that GitLab asks for")
  func gitlab() throws {
    let example = MarkedFile("«a:\n  b: c\n»d: «e»")
    let report = DiagnosticReport(
      files: [example.file],
      diagnostics: [
        Diagnostic(.noOwner, "m", at: example.spans[0]), Diagnostic(.crowdedJourney, "n", at: example.spans[1]),
      ]
    )
    let issues = try JSONParser.parse(report.text(as: .gitlab)).array ?? []
    #expect(
      issues == [
        [
          "description": "SLO701: m", "check_name": "no-owner", "fingerprint": .string(report.fingerprints[0]),
          "severity": "minor", "location": ["path": "specs/studio.yaml", "lines": ["begin": 1, "end": 2]],
        ],
        [
          "description": "SLO316: n", "check_name": "crowded-journey", "fingerprint": .string(report.fingerprints[1]),
          "severity": "info", "location": ["path": "specs/studio.yaml", "lines": ["begin": 3, "end": 3]],
        ],
      ]
    )
    #expect(DiagnosticReport(files: [], diagnostics: []).text(as: .gitlab) == "[]\n")
  }

  @Test("a JUnit suite stands for a file, a failing case for an error, a passing one for a clean file")
  func junit() {
    let example = PercentilesExample()
    let clean = MarkedFile("a: b\n", index: 1, path: "specs/clean & <simple>.yaml")
    let warning = Diagnostic(.noOwner, "no owner <here>", at: example.marked.spans[0])
    let report = DiagnosticReport(
      files: [example.marked.file, clean.file],
      diagnostics: [example.diagnostic, warning],
      omitted: 1
    )
    #expect(
      report.text(as: .junit) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="nines" tests="4" failures="2" errors="0">
          <testsuite name="specs/clean &amp; &lt;simple&gt;.yaml" tests="1" failures="0" errors="0">
            <testcase classname="specs/clean &amp; &lt;simple&gt;.yaml" name="no findings" \
        file="specs/clean &amp; &lt;simple&gt;.yaml"/>
          </testsuite>
          <testsuite name="specs/studio.yaml" tests="2" failures="1" errors="0">
            <testcase classname="specs/studio.yaml" name="SLO701 no-owner (1:20)" file="specs/studio.yaml" line="1">
              <system-out>specs/studio.yaml:1:20: warning: no owner &lt;here&gt;</system-out>
            </testcase>
            <testcase classname="specs/studio.yaml" name="SLO303 percentiles-out-of-order (2:20)" \
        file="specs/studio.yaml" line="2">
              <failure message="p95 bound &#39;10s&#39; of &#39;latency&#39; is below the p50 bound &#39;15s&#39;" \
        type="error">specs/studio.yaml:2:20: error: p95 bound '10s' of 'latency' is below the p50 bound '15s'
        specs/studio.yaml:1:20: note: the p50 bound is here
        note: a remark
        fix: write '30s'</failure>
            </testcase>
          </testsuite>
          <testsuite name="more findings" tests="1" failures="1" errors="0">
            <testcase classname="nines" name="all findings shown">
              <failure message="1 more finding is not shown" type="error">1 more finding is not shown</failure>
            </testcase>
          </testsuite>
        </testsuites>

        """
    )
  }
}
