import Diagnostics
import NinesCompiler
import StructuredText
import Testing

@Suite("What one run reports")
struct ReportingTests {
  /// Ten mistakes of every layer, each between guillemets.
  private static let files: KeyValuePairs<String, String> = [
    "facts.yaml": """
    nines: v1
    service: shop
    owner: web
    policy: none
    «ownr»: web
    tier: «seven»
    depends-on: [«warehouse»]
    """,
    "indicators.yaml": """
    nines: v1
    service: shop
    indicators:
      requests:
        good: http_requests_total{code!~"5.."«»
        valid: http_requests_total
      pages:
        good: page_views_total{ok="true"}
        valid: page_views_total
      «pages»: { distribution: page_seconds }
      latency:
        distribution: http_request_duration_seconds
    """,
    "objectives.yaml": """
    nines: v1
    service: shop
    objectives:
      percent: pages >= «99.9» over 28d
      unknown: «pags» >= 99% over 28d
      operator: pages «about» 99% over 28d
      percentile: pages «p95» < 300ms over 28d
      window: latency p95 < 300ms over 28 «fortnights»
    """,
  ]

  @Test("ten mistakes in three files are each reported under their own caret")
  func tenMistakes() throws {
    var expected: [String] = []
    var specs: [SourceFile] = []
    for (index, file) in Self.files.enumerated() {
      let (text, marks) = Self.unmarked(file.value)
      let source = SourceFile(id: FileID(index), path: "specs/\(file.key)", text: text)
      specs.append(source)
      let lines = LineTable(source)
      expected += marks.map { "\(source.path):\(lines.position(of: $0).line):\(lines.position(of: $0).column)" }
    }
    let workspace = Workspace(name: "", folderName: "shop", settings: nil, specs: specs)
    let report = Compiler.forTests.compile([workspace]).report
    let found = report.diagnostics.filter { $0.severity == .error }.map { diagnostic in
      let source = report.file(diagnostic.span.file)
      let start = LineTable(source).position(of: Int(diagnostic.span.start))
      return "\(source.path):\(start.line):\(start.column)"
    }
    #expect(found == expected)
    #expect(expected.count == 10)
  }

  /// The text without its marks, and the byte at which each begins.
  private static func unmarked(_ text: String) -> (text: String, marks: [Int]) {
    var plain = ""
    var marks: [Int] = []
    for character in text {
      switch character {
      case "«": marks.append(plain.utf8.count)
      case "»": continue
      default: plain.append(character)
      }
    }
    return (plain, marks)
  }

  @Test("a finding in JSON says its code, its place, its message and the way out")
  func jsonKeys() throws {
    let text = Specs.shop.replacing("owner", with: "ownr")
    let report = Compiler.forTests.analyze(Workspace(["shop.yaml": text])).report
    let document = try JSONParser.parse(report.text(as: .json))
    let finding = try #require(document["findings"]?.array?.first { $0["code"]?.string == "SLO103" })
    #expect(
      finding.object?.map(\.name) == [
        "code", "name", "severity", "message", "path", "line", "column", "endLine", "endColumn", "notes", "fix",
      ]
    )
    #expect(finding["path"]?.string == "specs/shop.yaml")
    #expect(finding["line"]?.number?.integer == 3)
    #expect(finding["fix"]?["edits"]?.array?.first?["replacement"]?.string == "owner")
  }

  @Test("findings of several workspaces stand in one report, each in its own file")
  func severalWorkspaces() {
    let first = Workspace(name: "a", ["a/shop.yaml": Specs.shop.replacing("99.9%", with: "99.9")])
    let second = Workspace(name: "b", ["b/shop.yaml": Specs.shop.replacing("28d", with: "28x")], firstID: 1)
    let report = Compiler.forTests.compile([first, second]).report
    let errors = report.diagnostics.filter { $0.severity == .error }
    #expect(errors.map { report.file($0.span.file).path } == ["specs/a/shop.yaml", "specs/b/shop.yaml"])
  }
}
