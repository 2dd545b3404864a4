import Diagnostics
import Foundation
import NinesCompiler
import Testing

@Suite("Settings that extend others")
struct SettingsChainTests {
  private func workspace(_ settings: String..., broken: BrokenExtension? = nil) -> Workspace {
    let plain = Workspace(["legacy/shop.yaml": Specs.shop.replacing("28d", with: "30d")])
    let files = settings.enumerated().map { index, text in
      SourceFile(
        id: FileID(50 + index),
        path: index == 0 ? "nines.yaml" : "org\(index).yaml",
        text: "nines: v1\n\(text)\n"
      )
    }
    return Workspace(
      name: "",
      folderName: "shop",
      settings: files.first,
      inherited: Array(files.dropFirst()),
      brokenExtension: broken,
      specs: plain.specs
    )
  }

  private func findings(_ workspace: Workspace) -> [String] {
    Compiler.forTests.analyze(workspace).report.diagnostics.map { "\($0.severity) \($0.descriptor.code)" }
  }

  @Test("the nearest file that says anything of a rule counts, and within it a glob first")
  func nearest() {
    #expect(findings(workspace("extends: org1.yaml", "rules: { SLO306: warning }")) == ["warning SLO306"])
    #expect(
      findings(workspace("extends: org1.yaml\nrules: { SLO306: error }", "paths: { legacy/**: { SLO306: off } }"))
        == ["error SLO306"]
    )
    #expect(
      findings(workspace("extends: org1.yaml\nrules: { SLO701: off }", "paths: { legacy/*: { SLO306: off } }")) == []
    )
    #expect(
      findings(
        workspace(
          "extends: org1.yaml\nstandards: { windows: { windows: 30d, message: ours } }",
          "extends: org2.yaml\nrules: { SLO306: off }",
          "standards: { windows: { windows: 28d, message: theirs } }"
        )
      ) == []
    )
  }

  @Test("a file that cannot be extended is told where it is named")
  func broken() throws {
    let analysis = Compiler.forTests.analyze(workspace("extends: gone.yaml", broken: .missing))
    let finding = try #require(analysis.report.diagnostics.first { $0.severity == .error })
    #expect(finding.descriptor.code == "SLO110")
    #expect(finding.message == "there is no file 'gone.yaml' to extend")
    #expect(analysis.report.file(finding.span.file).text(in: finding.span.range) == "gone.yaml")
  }

  @Test("a code is explained with what the workspace makes of it, and where that was decided")
  func standing() throws {
    let analysis = Compiler.forTests.analyze(
      workspace(
        "extends: org1.yaml\npaths: { legacy/**: { SLO404: info } }",
        "rules: { SLO404: { severity: error, headroom: 3 } }"
      )
    )
    let thin = try #require(DiagnosticCatalogue.descriptor(of: "SLO404"))
    #expect(
      RuleStanding.markdown(of: thin, in: [analysis]) == """

        In this workspace:

        - error, from org1.yaml:2
        - info for `legacy/**`, from nines.yaml:3
        - headroom 3, from org1.yaml:2

        """
    )
    let improbable = try #require(DiagnosticCatalogue.descriptor(of: "SLO302"))
    #expect(
      RuleStanding.markdown(of: improbable, in: [analysis])
        .contains("- warning, by default\n- lowest 50%, by default\n- highest 99.999%, by default\n")
    )
    let unread = try #require(DiagnosticCatalogue.descriptor(of: "SLO101"))
    #expect(RuleStanding.markdown(of: unread, in: [analysis]) == "")
  }

  @Test("every option of a rule stands on its page")
  func pages() {
    let withOptions = DiagnosticCatalogue.all.filter { !$0.options.isEmpty }
    #expect(Set(withOptions.map(\.code)).isSuperset(of: ["SLO302", "SLO309", "SLO316", "SLO404", "SLO509", "SLO607"]))
    for descriptor in withOptions {
      for option in descriptor.options {
        #expect(RulePage.markdown(of: descriptor).contains("- `\(option.name)`, \(option.kind.meaning): \(option.doc)"))
      }
    }
  }

  // MARK: Documentation

  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func examples(in page: String, of kind: String) throws -> [String] {
    let text = try String(contentsOf: repository.appending(path: "docs/\(page)"), encoding: .utf8)
    return text.components(separatedBy: "```yaml \(kind)\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
  }

  @Test("the settings in the documentation read without an error", arguments: ["linting.md", "adopting.md"])
  func documented(_ page: String) throws {
    let examples = try Self.examples(in: page, of: "nines.yaml")
    #expect(!examples.isEmpty)
    for example in examples {
      let settings = SourceFile(id: FileID(9), path: "nines.yaml", text: example)
      let shop = Workspace(["shop.yaml": Specs.shop]).specs
      let workspace = Workspace(name: "", folderName: "shop", settings: settings, specs: shop)
      #expect(Compiler.forTests.analyze(workspace).report.diagnostics.map(\.message) == [])
    }
  }

  @Test("the standards in the documentation find what the page says")
  func documentedStandards() throws {
    let own = try #require(try Self.examples(in: "organisation-policies.md", of: "nines.yaml").first)
    let org = try #require(try Self.examples(in: "organisation-policies.md", of: "org.yaml").first)
    let spec = Specs.shop.replacing("service: shop", with: "service: shop-api")
      .replacing("  requests:", with: "  http-requests:").replacing("requests >=", with: "http-requests >=")
    let workspace = Workspace(
      name: "",
      folderName: "shop",
      settings: SourceFile(id: FileID(8), path: "nines.yaml", text: own),
      inherited: [SourceFile(id: FileID(9), path: "../org.yaml", text: org)],
      specs: Workspace(["shop.yaml": spec]).specs
    )
    let report = Compiler.forTests.analyze(workspace).report
    let page = try String(
      contentsOf: Self.repository.appending(path: "docs/organisation-policies.md"),
      encoding: .utf8
    )
    let shown = page.components(separatedBy: "```text\n")[1].components(separatedBy: "```")[0]
    #expect(report.text(as: .text) == "\(shown)\n1 error in 1 file (checked 3 files)\n")
  }
}
