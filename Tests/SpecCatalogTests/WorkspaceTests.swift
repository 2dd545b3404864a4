import Foundation
import Testing

@testable import SpecCatalog

@Suite("The specs and the reference of this repository resolve")
struct WorkspaceTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test(
    "every workspace resolves without a finding",
    arguments: [("examples", 40), ("flashfusion-studio", 32), ("smart-pip", 8)]
  )
  func plans(_ name: String, objectives: Int) throws {
    let folder = Self.root.appending(path: "specs/\(name)")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".yaml") && $0 != "nines.yaml" }
    let texts = try paths.map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
    let resolved = CatalogText(texts: texts)
    #expect(resolved.findings == [])
    #expect(resolved.catalog.objectives.count == objectives)
  }

  @Test("every example of the language reference resolves without a finding", arguments: try examples())
  func reference(_ example: String) {
    let resolved = CatalogText(example)
    #expect(resolved.findings == [])
    #expect(!resolved.catalog.objectives.isEmpty)
  }

  private static func examples() throws -> [String] {
    let page = try String(contentsOf: root.appending(path: "docs/language.md"), encoding: .utf8)
    return page.components(separatedBy: "```yaml\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
  }
}
