import Foundation
import Testing

@Suite("Adopting an existing estate")
struct BaselineCommandTests {
  let sample: SampleRepository

  init() throws { sample = try SampleRepository() }

  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func lint(_ arguments: String...) throws -> CommandLineTool.Outcome {
    try sample.nines(["lint", "-C", "slo"] + arguments)
  }

  @Test("a baseline is written, met, told when it is stale, and grows only for a reason")
  func baseline() throws {
    let written = try lint("--write-baseline")
    #expect(written.status == 0)
    #expect(written.errors == "slo/.nines-baseline.json: 1 finding, 1 of them new, 0 gone\n")
    #expect(try lint("--fail-on", "info").output == "no findings in 3 files\n1 finding is in the baseline\n")

    try sample.folder.write(SampleRepository.spec("shop", window: "30d"), to: "slo/specs/shop.yaml")
    #expect(try lint("--fail-on", "info").status == 1)
    let before = try sample.folder.files()
    let refused = try lint("--write-baseline")
    #expect(refused.status == 1)
    #expect(refused.output.contains("specs/shop.yaml"))
    #expect(!refused.output.contains("legacy"))
    #expect(refused.errors.contains("'--grow REASON' takes them in"))
    #expect(try sample.folder.files() == before)
    #expect(try lint("--write-baseline", "--grow", "shop moved here").status == 0)
    #expect(try lint("--fail-on", "info").status == 0)

    try sample.folder.write(SampleRepository.spec("old"), to: "slo/specs/legacy/old.yaml")
    let stale = try lint("--fail-on", "warning")
    #expect(stale.status == 1)
    #expect(stale.output.contains("warning[SLO907]: nothing in 'specs/legacy/old.yaml' raises this SLO306 any more"))
    #expect(stale.output.contains("slo/.nines-baseline.json") == false)
    #expect(stale.output.contains("--> .nines-baseline.json:"))
    #expect(try lint("--write-baseline").errors.contains("1 finding, 0 of them new, 1 gone"))
    #expect(try lint("--fail-on", "info").status == 0)
  }

  @Test("errors of reading are told instead of a baseline")
  func errors() throws {
    try sample.folder.write(SampleRepository.spec("shop", window: "28"), to: "slo/specs/shop.yaml")
    let refused = try lint("--write-baseline")
    #expect(refused.status == 1)
    #expect(refused.output.contains("error[SLO107]"))
    #expect(!refused.output.contains("SLO306"))
    #expect(try !sample.folder.files().keys.contains("slo/.nines-baseline.json"))
  }

  @Test("the commands of the guide do what it says")
  func guide() throws {
    let page = try String(contentsOf: Self.repository.appending(path: "docs/adopting.md"), encoding: .utf8)
    let blocks = page.components(separatedBy: "```sh\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
    let commands = blocks.flatMap { $0.split(separator: "\n") }.map { $0.split(separator: " ").map(String.init) }
    #expect(commands.count >= 4)
    let broken = SampleRepository.spec("shop").replacingOccurrences(of: "owner: web\n", with: "")
    try sample.folder.write(broken, to: "slo/specs/shop.yaml")
    try sample.git("init", "-q", "slo")
    #expect(try sample.nines(["compile", "-C", "slo"]).status == 1)
    for command in commands {
      if command[0] == "git" {
        try sample.git("-C", "slo", command[1], command[2], command[3])
        #expect(try sample.git("-C", "slo", "diff", "--cached", "--name-only").contains(".nines-baseline.json"))
      } else {
        let status: Int32 = command == ["nines", "lint"] ? 1 : 0
        #expect(try sample.nines(Array(command.dropFirst()) + ["-C", "slo"]).status == status, "\(command)")
      }
    }
    #expect(try lint().status == 0)
    #expect(try sample.nines(["compile", "-C", "slo"]).status == 0)
  }
}
