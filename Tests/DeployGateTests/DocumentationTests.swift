import Foundation
import PlanModel
import Quantities
import StructuredText
import Testing

@testable import DeployGate

@Suite("The documentation of the gate")
struct DocumentationTests {
  /// The decision that the page shows: its snapshot, under the policy that the page on the policy file shows.
  static func decision() throws -> GateDecision {
    try Gate.decide(
      policy: GatePolicy(reading: policyExample()),
      observations: Snapshot(reading: #require(examples(in: "gate.md").first)),
      request: GateRequest(service: "studio", journey: "song-generation", change: "feature"),
      now: instant("2026-10-03T12:00:00Z")
    )
  }

  @Test("the snapshot that it shows is one, as it is printed")
  func snapshot() throws {
    let example = try #require(examples(in: "gate.md").first)
    #expect(try Snapshot(reading: example).json == JSONParser.parse(example))
  }

  @Test("the decision that it shows is the one that is made, as text and as JSON")
  func decision() throws {
    let decision = try Self.decision()
    let shown = try #require(examples(in: "gate.md").last)
    #expect(String(decoding: shown, as: UTF8.self) == decision.json.text(.pretty))
    #expect(try page("gate.md").contains("```text\n\(decision.text)```\n"), "\(decision.text)")
  }

  @Test("every reason is listed with its meaning, in order")
  func reasons() throws {
    let table = GateReasonCode.allCases.map { "| `\($0.rawValue)` | \($0.meaning) |\n" }.joined()
    #expect(try page("gate.md").contains("| --- | --- |\n\(table)\n"), "\(table)")
  }
}
