import PlanModel
import Quantities
import Testing

@testable import DeployGate

@Suite("Overrides, sign-offs and statements")
struct OverrideTests {
  static let exhausted = snapshot(observation(remaining: 900))

  @Test("an override lets its change out and says so", arguments: ["studio", "studio/availability"])
  func applied(_ scope: String) throws {
    let policy = gatePolicy(overrides: [override("feature", for: scope)])
    let decision = try decide(Self.exhausted, under: policy)
    #expect(decision.answer == .allow)
    #expect(decision.reasons.first?.code == .overrideApplied)
    #expect(decision.overrides == policy.overrides)
    #expect(decision.budgets.first?.isOverridden == true)
    #expect(decision.budgets.first?.verdict == .deny)
    #expect(decision.reasons.first { $0.code == .changeNotAllowedAtLevel }?.effect == nil)
    #expect(try decide(Self.exhausted, under: policy, change: "bugfix").answer == .deny)
  }

  @Test("it lifts the cap on the stage, and the lack of data, as well")
  func appliedToAll() throws {
    let policy = gatePolicy(overrides: [override("feature", for: "studio")])
    #expect(try decide(snapshot(observation(remaining: 4_000)), under: policy, stage: "100%").answer == .allow)
    #expect(try decide(snapshot(), under: policy).answer == .allow)
  }

  @Test(
    "it holds from its beginning until just before its end",
    arguments: [
      ("2026-10-01T12:00:00Z", "2026-10-01T12:00:01Z", GateAnswer.allow, ""),
      ("2026-10-01T12:00:01Z", "2026-10-02T12:00:00Z", .deny, "override-pending"),
      ("2026-09-01T12:00:00Z", "2026-10-01T12:00:00Z", .deny, "override-expired"),
      ("2026-09-01T12:00:00Z", "2026-09-24T11:59:59Z", .deny, ""),
    ]
  )
  func times(_ from: String, _ until: String, _ answer: GateAnswer, _ code: String) throws {
    let policy = gatePolicy(overrides: [override("feature", for: "studio", from: from, until: until)])
    let decision = try decide(Self.exhausted, under: policy)
    #expect(decision.answer == answer)
    #expect(
      decision.codes.filter { ["override-pending", "override-expired"].contains($0) } == (code.isEmpty ? [] : [code])
    )
  }

  @Test("an override for a part leaves the rest as it is")
  func partial() throws {
    let objectives = [objective("studio/song/success"), objective("studio/sync/success")]
    let policy = gatePolicy(
      journeys: [journey("studio/song", [objectives[0]]), journey("studio/sync", [objectives[1]])],
      objectives: objectives,
      overrides: [override("feature", for: "studio/song")]
    )
    let both = snapshot(
      observation("studio/song/success", remaining: 900),
      observation("studio/sync/success", remaining: 900)
    )
    #expect(try decide(both, under: policy).answer == .deny)
    #expect(try decide(both, under: policy, journey: "song").answer == .allow)
    #expect(try decide(both, under: policy, journey: "sync").answer == .deny)
  }

  @Test("an override that nothing needs is not listed")
  func idle() throws {
    let policy = gatePolicy(overrides: [override("feature", for: "studio")])
    let decision = try decide(snapshot(observation(remaining: 9_000)), under: policy)
    #expect(decision.overrides.isEmpty)
    #expect(!decision.codes.contains("override-applied"))
  }

  @Test("an answer that rests on an override is valid until it ends")
  func validity() throws {
    let policy = gatePolicy(overrides: [override("feature", for: "studio", until: "2026-10-01T12:02:00Z")])
    #expect(try decide(Self.exhausted, under: policy).validUntil == instant("2026-10-01T12:02:00Z"))
    #expect(try decide(Self.exhausted).validUntil == now - .seconds(20) + .minutes(5))
  }

  // MARK: Statements

  static func attested(on: String, lapses: String) -> GatePolicy {
    gatePolicy(objectives: [
      objective(
        "studio/privacy",
        target: "100%",
        measure: .attestation(by: "security", on: date(on), lapses: date(lapses))
      )
    ])
  }

  @Test(
    "a statement holds from its day until the day on which it lapses",
    arguments: [
      ("2026-10-01", "2026-10-02", GateAnswer.allow), ("2026-07-01", "2026-10-01", .deny),
      ("2026-10-02", "2026-12-01", .deny),
    ]
  )
  func statement(_ on: String, _ lapses: String, _ answer: GateAnswer) throws {
    let decision = try decide(snapshot(), under: Self.attested(on: on, lapses: lapses))
    #expect(decision.answer == answer)
    #expect(decision.codes.contains("attestation-lapsed") == (answer == .deny))
  }

  @Test("an answer that rests on a statement is valid until midnight of the day on which it lapses")
  func statementValidity() throws {
    let evening = instant("2026-10-01T23:58:00Z")
    let policy = Self.attested(on: "2026-07-01", lapses: "2026-10-02")
    #expect(try decide(snapshot(), under: policy, at: evening).validUntil == instant("2026-10-02T00:00:00Z"))
    #expect(try decide(snapshot(), under: policy, at: instant("2026-10-02T00:00:00Z")).answer == .deny)
  }
}
