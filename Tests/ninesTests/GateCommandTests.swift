import Foundation
import TestSupport
import Testing

@Suite("The gate on the command line")
struct GateCommandTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.spec, to: "specs/shop.yaml")
    let compiled = try CommandLineTool.nines(["compile"], in: folder.path)
    try #require(compiled.status == 0, "\(compiled.output)\(compiled.errors)")
  }

  private static let spec = """
    nines: v1
    service: shop
    owner: web
    indicators:
      requests:
        good: http_requests_total{job="shop", code!~"5.."}
        valid: http_requests_total{job="shop"}
    policies:
      shop-budget:
        changes: [feature, experiment, bugfix]
        levels:
          healthy: { when: remaining > 50%, allow: all, rollout: 100% }
          low: { when: remaining <= 50%, allow: [bugfix], approve: [feature] }
        without-data: { for: 15m, then: freeze }
    objectives:
      availability:
        objective: requests >= 99% over 28d
        policy: shop-budget
    """

  /// Of 1,000 events with a budget of 10.
  private func snapshot(bad: Int) -> String {
    """
    {
      "nines": "snapshot/v1", "takenAt": "2026-10-03T12:00:00Z", "source": "a test", "partial": false, "warnings": [],
      "objectives": [
        {
          "objective": "shop/availability", "labels": {}, "at": "2026-10-03T12:00:00Z",
          "bad": "\(bad)", "total": "1000", "partial": false, "levels": [], "burn": [], "history": []
        }
      ]
    }
    """
  }

  private func gate(_ change: String, bad: Int, _ more: String...) throws -> CommandLineTool.Outcome {
    try folder.write(snapshot(bad: bad), to: "snapshot.json")
    let arguments = [
      "gate", "--service", "shop", "--change", change, "--snapshot", "snapshot.json", "--now", "2026-10-03T12:00:00Z",
    ]
    return try CommandLineTool.nines(arguments + more, in: folder.path)
  }

  @Test(
    "every answer has its own status",
    arguments: [("feature", 1, 0), ("experiment", 8, 1), ("feature", 8, 5), ("bugfix", 8, 0), ("nonsense", 1, 2)]
  )
  func statuses(_ change: String, _ bad: Int, _ status: Int32) throws {
    #expect(try gate(change, bad: bad).status == status)
  }

  @Test("an approval by name opens what asks for one")
  func approval() throws {
    #expect(try gate("feature", bad: 8, "--approval", "jo").status == 0)
  }

  @Test("the same question is answered with the same bytes, as JSON too")
  func json() throws {
    let first = try gate("experiment", bad: 8, "--format", "json")
    #expect(first.output.contains(#""answer": "deny""#))
    #expect(try gate("experiment", bad: 8, "--format", "json").output == first.output)
    #expect(first.errors.isEmpty)
  }

  @Test("a policy that was changed by hand is refused")
  func changedPolicy() throws {
    let path = folder.absolute("generated/gate/policy.json")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try folder.write(text.replacingOccurrences(of: "\"web\"", with: "\"me\""), to: "generated/gate/policy.json")
    let outcome = try gate("feature", bad: 1)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("changed since"))
  }

  @Test("without a compiled policy the answer is how to get one")
  func noPolicy() throws {
    try FileManager.default.removeItem(atPath: folder.absolute("generated"))
    let outcome = try gate("feature", bad: 1)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("'nines compile' writes it"))
  }
}
