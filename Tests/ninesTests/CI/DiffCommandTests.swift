import Foundation
import TestSupport
import Testing

@Suite("What a branch changes")
struct DiffCommandTests {
  let sample: SampleRepository

  init() throws {
    sample = try SampleRepository()
    try sample.commitAll()
  }

  private func diff(_ arguments: String...) throws -> CommandLineTool.Outcome {
    try sample.nines(["diff", "-C", "slo", "--against", "main"] + arguments)
  }

  @Test("the specs as they lie there are compared with where the branch began, whatever was merged since")
  func branch() throws {
    try sample.git("switch", "-q", "-c", "topic")
    #expect(try diff().output == "nothing that the specs say has changed\n")
    try sample.folder.write(SampleRepository.spec("shop", window: "7d"), to: "slo/specs/shop.yaml")
    try sample.folder.write(SampleRepository.spec("new"), to: "slo/specs/new.yaml")
    try FileManager.default.removeItem(atPath: sample.folder.absolute("slo/specs/legacy/old.yaml"))
    let outcome = try diff()
    #expect(outcome.status == 0)
    for part in [
      "service 'new': added\n", "service 'old': removed\n", "objective 'shop/availability': changed\n",
      "  window           28d → 7d\n",
      "  error budget     0.1%: 40m19s of outage in 28d → 0.1%: 10m5s of outage in 7d\n",
    ] {
      #expect(outcome.output.contains(part), "\(outcome.output)")
    }
    #expect(!outcome.output.contains("'cart/availability'"))
    #expect(try diff("--format", "md").output.contains("| window         | 28d "))
    #expect(try diff("--format", "json").output.contains("\"name\": \"new/availability\""))
  }

  @Test("specs with errors, now or then, cannot be compared, and are told from wrong calls")
  func errors() throws {
    try sample.folder.write(SampleRepository.spec("shop", window: "28"), to: "slo/specs/shop.yaml")
    let now = try diff()
    #expect(now.status == 1 && now.output.isEmpty)
    #expect(now.errors.contains("SLO107") || now.errors.contains("error["))
    #expect(now.errors.hasSuffix("the specs have errors, so what they ask for is not known\n"))
    try sample.commitAll()
    try sample.folder.write(SampleRepository.spec("shop"), to: "slo/specs/shop.yaml")
    #expect(try diff().errors.hasSuffix("the specs at 'main' have errors, so what they ask for is not known\n"))
    let unknown = try sample.nines(["diff", "-C", "slo", "--against", "nowhere"])
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("git knows no commit 'nowhere'"))
    #expect(try sample.nines(["diff", "-C", "slo"]).status == 2)
  }
}
