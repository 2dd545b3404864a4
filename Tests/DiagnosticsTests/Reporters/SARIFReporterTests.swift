import Diagnostics
import Foundation
import StructuredText
import TestSupport
import Testing

@Suite("SARIF reports")
struct SARIFReporterTests {
  /// What the standard (OASIS SARIF 2.1.0) requires of the objects that a report is made of. Members that it knows and we
  /// do not write are left out, so that a slip in a name is found.
  private static let schema: String = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "sarif-2.1.0-subset.schema.json")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }()

  private func run(_ report: DiagnosticReport, version: String? = nil) throws -> JSONValue? {
    let text = report.text(as: .sarif, ReportOptions(toolVersion: version))
    // Every report of this suite is held to the schema.
    #expect(try JSONSchemaJudge.errors(in: [text], bySchema: Self.schema) == [[]])
    let log = try JSONParser.parse(text)
    #expect(log["version"] == "2.1.0")
    #expect(log["$schema"]?.string?.hasSuffix("sarif-2.1.0.json") == true)
    #expect(log["runs"]?.array?.count == 1)
    return log["runs"]?.array?.first
  }

  @Test("a run names its tool and counts columns in code points, findings or not")
  func emptyRun() throws {
    let run = try run(DiagnosticReport(files: [], diagnostics: []), version: "1.2.3")
    #expect(
      run == [
        "tool": ["driver": ["name": "nines", "version": "1.2.3", "rules": []]],
        "columnKind": "unicodeCodePoints",
        "results": [],
      ]
    )
  }

  @Test("a result has its rule, its region, its related places and its fix")
  func result() throws {
    let report = PercentilesExample().report
    let location: JSONValue = ["uri": "specs/studio.yaml"]
    let region: JSONValue = ["startLine": 2, "startColumn": 20, "endLine": 2, "endColumn": 23]
    let noted: JSONValue = ["startLine": 1, "startColumn": 20, "endLine": 1, "endColumn": 23]
    #expect(
      try run(report)?["results"] == [
        [
          "ruleId": "SLO303",
          "ruleIndex": 0,
          "level": "error",
          "message": [
            "text": "p95 bound '10s' of 'latency' is below the p50 bound '15s'\nnote: a remark\nfix: write '30s'"
          ],
          "locations": [["physicalLocation": ["artifactLocation": location, "region": region]]],
          "relatedLocations": [
            [
              "id": 1, "physicalLocation": ["artifactLocation": location, "region": noted],
              "message": ["text": "the p50 bound is here"],
            ]
          ],
          "partialFingerprints": ["nines/v1": .string(report.fingerprints[0])],
          "fixes": [
            [
              "description": ["text": "write '30s'"],
              "artifactChanges": [
                [
                  "artifactLocation": location,
                  "replacements": [["deletedRegion": region, "insertedContent": ["text": "30s"]]],
                ]
              ],
              "properties": ["safety": "safe"],
            ]
          ],
        ]
      ]
    )
  }

  @Test("every rule that was broken is described once, by its page, and results point at it")
  func rules() throws {
    let example = PercentilesExample()
    let spans = example.marked.spans
    let report = DiagnosticReport(
      files: [example.marked.file],
      diagnostics: [
        Diagnostic(.noOwner, severity: .error, "m", at: spans[0]), Diagnostic(.crowdedJourney, "m", at: spans[1]),
        example.diagnostic, Diagnostic(.noOwner, "m", at: spans[1]),
      ]
    )
    let run = try run(report)
    let rules = run?["tool"]?["driver"]?["rules"]?.array ?? []
    #expect(rules.map { $0["id"]?.string } == ["SLO303", "SLO316", "SLO701"])
    #expect(rules.map { $0["name"]?.string } == ["percentiles-out-of-order", "crowded-journey", "no-owner"])
    #expect(rules.map { $0["defaultConfiguration"]?["level"]?.string } == ["error", "note", "warning"])
    for rule in rules {
      for member in ["shortDescription", "fullDescription", "help"] {
        #expect(rule[member]?["text"]?.string?.isEmpty == false)
      }
    }
    let help = rules.first?["help"]?["markdown"]?.string ?? ""
    #expect(help.contains("```yaml\np50: latency p50 < 15s\np95: latency p95 < 10s\n```"))
    #expect(help.contains("```yaml\np50: latency p50 < 15s\np95: latency p95 < 30s\n```"))
    #expect(help.hasSuffix("Source: SRE workbook, chapter 2"))
    for result in run?["results"]?.array ?? [] {
      let index = result["ruleIndex"]?.number?.integer ?? -1
      #expect(rules.indices.contains(index))
      #expect(rules[index]["id"] == result["ruleId"])
    }
    #expect(run?["results"]?.array?.map { $0["level"]?.string } == ["error", "error", "note", "warning"])
  }

  @Test("a path is a URI reference, and no message holds a placeholder or a link")
  func escapes() throws {
    let example = MarkedFile("«a»", path: "specs/a b/é:%[x].yaml")
    let diagnostic = Diagnostic(.noOwner, "'x{job=\"a\"}' and '{0}' and [y](http://example.test)", at: example.spans[0])
    let result = try run(DiagnosticReport(files: [example.file], diagnostics: [diagnostic]))?["results"]?.array?.first
    let location = result?["locations"]?.array?.first?["physicalLocation"]?["artifactLocation"]
    #expect(location?["uri"] == "specs/a%20b/%C3%A9%3A%25%5Bx%5D.yaml")
    #expect(
      result?["message"]?["text"] == #"'x{{job="a"}}' and '{{0}}' and [y\](http://example.test)"#
    )
    #expect(result?["fixes"] == nil)
    #expect(result?["relatedLocations"] == nil)
  }

  @Test("edits in two files are two changes of one fix")
  func fixAcrossFiles() throws {
    let first = MarkedFile("«a»: «b»")
    let second = MarkedFile("«c»", index: 1, path: "specs/other.yaml")
    let fix = DiagnosticFix(
      "rename",
      edits: (second.spans + first.spans).map { TextEdit(replacing: $0, with: "z") },
      safety: .unsafe
    )
    let diagnostic = Diagnostic(.noOwner, "m", at: first.spans[0], fix: fix)
    let report = DiagnosticReport(files: [first.file, second.file], diagnostics: [diagnostic])
    let found = try run(report)?["results"]?.array?.first?["fixes"]?.array?.first
    let changes = found?["artifactChanges"]?.array ?? []
    #expect(changes.map { $0["artifactLocation"]?["uri"]?.string } == ["specs/studio.yaml", "specs/other.yaml"])
    #expect(changes.map { $0["replacements"]?.array?.count } == [2, 1])
    #expect(found?["properties"] == ["safety": "unsafe"])
  }

  @Test("findings that were not kept are a notification of the tool")
  func omitted() throws {
    let run = try run(DiagnosticReport(files: [], diagnostics: [], omitted: 7))
    #expect(
      run?["invocations"] == [
        [
          "executionSuccessful": true,
          "toolExecutionNotifications": [["level": "warning", "message": ["text": "7 more findings are not shown"]]],
        ]
      ]
    )
  }
}
