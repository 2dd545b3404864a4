import PlanModel
import Quantities
import Testing

@testable import DeployGate

@Suite("Blocking dependencies")
struct DependencyTests {
  static func policy(
    _ dependency: GateDependency = GateDependency(name: "ledger", isExternal: false),
    ledgerPolicy: PolicyPlan = budgetPolicy("ledger/budget"),
    overrides: [OverridePlan] = []
  ) -> GatePolicy {
    gatePolicy(
      services: [service("studio", dependsOn: [dependency]), service("ledger")],
      objectives: [
        objective("studio/availability"), objective("ledger/postings", policy: "ledger/budget"),
        objective("ledger/reports", policy: "ledger/budget"),
      ],
      policies: [budgetPolicy(), ledgerPolicy],
      overrides: overrides
    )
  }

  static func seen(postings: Int, reports: Int = 9_000) -> Snapshot {
    snapshot(
      observation(remaining: 9_000),
      observation("ledger/postings", remaining: postings),
      observation("ledger/reports", remaining: reports)
    )
  }

  @Test("its worst budget counts like one's own")
  func frozen() throws {
    let decision = try decide(Self.seen(postings: 900), under: Self.policy())
    #expect(decision.answer == .deny)
    #expect(decision.codes.contains("dependency-frozen"))
    #expect(decision.budgets.map(\.dependency) == ["ledger", "ledger", nil])
    #expect(try decide(Self.seen(postings: 900), under: Self.policy(), change: "critical-fix").answer == .allow)
    #expect(try decide(Self.seen(postings: 4_000), under: Self.policy()).answer == .approve)
    #expect(try decide(Self.seen(postings: 9_000), under: Self.policy()).answer == .allow)
  }

  @Test("a dependency on one objective leaves the others out")
  func objectiveDependency() throws {
    let policy = Self.policy(GateDependency(name: "ledger/reports", isExternal: false))
    #expect(try decide(Self.seen(postings: 900), under: policy).answer == .allow)
    #expect(try decide(Self.seen(postings: 9_000, reports: 900), under: policy).answer == .deny)
  }

  @Test("somebody else's service has no budget here")
  func external() throws {
    let policy = Self.policy(GateDependency(name: "card-network", isExternal: true))
    #expect(try decide(snapshot(observation(remaining: 9_000)), under: policy).answer == .allow)
  }

  @Test("its missing data count too")
  func missing() throws {
    let decision = try decide(snapshot(observation(remaining: 9_000)), under: Self.policy())
    #expect(decision.answer == .deny)
    #expect(decision.codes.contains("no-series"))
  }

  @Test("a class that only the dependency does not know goes out where everything may go out there")
  func undeclared() throws {
    let strange = PolicyPlan(
      name: "ledger/budget",
      title: "",
      changes: ["schema"],
      levels: [
        .make("fine", enter: bound(.greaterOrEqual, "20%"), allow: ["schema"]),
        .make("bad", enter: bound(.less, "20%"), allow: []),
      ],
      withoutData: nil
    )
    let policy = Self.policy(ledgerPolicy: strange)
    let allowed = try decide(Self.seen(postings: 9_000), under: policy)
    #expect(allowed.answer == .allow)
    #expect(allowed.codes.contains("unknown-change"))
    #expect(try decide(Self.seen(postings: 900), under: policy).answer == .deny)
    #expect(try decide(snapshot(observation(remaining: 9_000)), under: policy).answer == .unknown)
    #expect(throws: GateError.unknown(.change, name: "schema", of: "studio/budget", nearest: nil)) {
      try decide(Self.seen(postings: 9_000), under: policy, change: "schema")
    }
  }

  @Test(
    "only an override for what was asked for lifts it",
    arguments: [("studio", GateAnswer.allow), ("ledger", .deny)]
  )
  func lifted(_ scope: String, _ answer: GateAnswer) throws {
    let policy = Self.policy(overrides: [override("feature", for: scope)])
    #expect(try decide(Self.seen(postings: 900), under: policy).answer == answer)
  }
}
