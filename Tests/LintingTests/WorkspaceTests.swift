import Foundation
import Testing

@Suite("Real plans and first specs")
struct WorkspaceTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test(
    "every finding on a plan is answered where it stands, and every answer is to a finding",
    arguments: ["examples", "flashfusion-studio", "smart-pip"]
  )
  func plans(_ name: String) throws {
    #expect(try Self.findings(ofPlan: name) == [])
  }

  @Test("without its suppressions a plan is told every figure that contradicts another")
  func figures() throws {
    let linted = LintedText(
      texts: try Self.texts(ofPlan: "flashfusion-studio") { $0.replacing("# nines:allow", with: "# allowed") }
    )
    #expect(
      linted.messages(of: "SLO610") == [
        "level 'normal' goes up to 10 failures an hour, which spends the budget of 30 days (2500) in 10.4 days",
        "level 'normal' goes up to 8 failures an hour, which spends the budget of 30 days (2000) in 10.4 days",
        "level 'normal' goes up to 40 failures an hour, which spends the budget of 7 days (2333) in 58.3 hours",
        "level 'normal' goes up to 10s of downtime an hour, which spends the budget of 30 days (43m12s) in 10.8 days",
      ]
    )
    #expect(
      linted.messages(of: "SLO611") == [
        "failure-ratio '1.2%' is 1.44%: 10 of 694 events an hour",
        "failure-ratio '2.4%' is 2.88%: 20 of 694 events an hour",
        "exhausts '< 5h' takes 86.4 hours at 30s of downtime an hour: the budget of 30 days is 43m12s",
      ]
    )
    #expect(
      linted.underlined(by: "SLO307") == [
        "song-generation", "project-loading", "real-time-collaboration", "audio-export", "publishing-workflow",
      ]
    )
  }

  @Test("no example of the language reference is an error", arguments: try examples())
  func reference(_ example: String) {
    #expect(LintedText(example).diagnostics.filter { $0.severity == .error }.map(\.message) == [])
  }

  @Test("the first example of the reference has nothing but a remark")
  func firstSpec() throws {
    let example = try #require(try Self.examples().first)
    #expect(LintedText(example).diagnostics.filter { $0.severity > .info }.map(\.message) == [])
  }

  private static func findings(ofPlan name: String) throws -> [String] {
    let folder = root.appending(path: "specs/\(name)")
    let settings = try String(contentsOf: folder.appending(path: "nines.yaml"), encoding: .utf8)
    return LintedText(texts: try texts(ofPlan: name) { $0 }, settings: settings).findings
  }

  private static func texts(ofPlan name: String, _ edit: (String) -> String) throws -> [String] {
    let folder = root.appending(path: "specs/\(name)")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".yaml") && $0 != "nines.yaml" }
    return try paths.map { edit(try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
  }

  private static func examples() throws -> [String] {
    let page = try String(contentsOf: root.appending(path: "docs/language.md"), encoding: .utf8)
    return page.components(separatedBy: "```yaml\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
  }
}
