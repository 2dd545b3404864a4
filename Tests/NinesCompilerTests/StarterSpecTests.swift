import Diagnostics
import NinesCompiler
import Quantities
import Testing

@Suite("The first spec of a workspace")
struct StarterSpecTests {
  @Test(
    "its service is named after the folder, as far as that makes a name",
    arguments: [
      ("checkout", "checkout"), ("My Shop", "my-shop"), ("2024_orders.v2", "orders-v2"), ("été", "t"),
      ("...", "example"),
      ("42", "example"), ("no", "example"), (String(repeating: "x", count: 200), "example"),
    ]
  )
  func names(_ folder: String, _ service: String) {
    #expect(StarterSpec(folderName: folder).service == service)
  }

  @Test("it has at most twelve lines and compiles without a single finding")
  func compiles() throws {
    let starter = StarterSpec(folderName: "checkout")
    #expect(starter.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 13)
    let file = SourceFile(id: FileID(0), path: "specs/\(starter.fileName)", text: starter.text)
    let workspace = Workspace(name: "", folderName: "checkout", settings: nil, specs: [file])
    let compiler = Compiler(today: try CalendarDate(reading: "2026-11-23")) { _ in nil }
    let compilation = compiler.compile([workspace])
    #expect(compilation.report.text(as: .text) == "no findings in 1 file\n")
    #expect(compilation.artifacts?.contains { $0.path == "gate/policy.json" } == true)
  }
}
