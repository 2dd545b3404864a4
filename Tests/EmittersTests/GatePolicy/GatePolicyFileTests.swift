import ContentHash
import DeployGate
import Emitters
import Foundation
import PlanModel
import Quantities
import StructuredText
import Testing

@Suite("Gate policy")
struct GatePolicyFileTests {
  /// The plan whose policy `docs/gate-policy.md` shows.
  private func documentedPlan() throws -> Plan {
    let name = ObjectiveName(service: "studio", journey: "song-generation", objective: "success-rate")
    var privacy = try ObjectivePlan.fixture(
      ObjectiveName(service: "studio", journey: nil, objective: "privacy"),
      title: "Privacy",
      kind: .attested,
      target: "100%",
      window: "calendar quarter in Europe/Berlin",
      traffic: nil,
      attestation: AttestationPlan(
        statement: "no personal data is stored",
        by: "security",
        on: try CalendarDate(reading: "2025-01-15"),
        lapses: try CalendarDate(reading: "2025-04-15"),
        evidence: nil
      )
    )
    privacy.owner = "security"
    let journey = JourneyPlan(
      name: "song-generation",
      title: "Song generation",
      expectation: nil,
      rationale: nil,
      owner: "studio-sre",
      traffic: nil,
      objectives: [name],
      weights: [ObjectiveWeight(objective: name, weight: 3)]
    )
    let service = ServicePlan.fixture(
      journeys: [journey],
      objectives: [try .fixture(name, policy: "studio/studio-budget"), privacy],
      rolloutStages: try ["5%", "25%", "100%"].map { try Ratio(reading: $0) },
      dependencies: [
        DependencyPlan(name: "card-network", isExternal: true, isBlocking: true),
        DependencyPlan(name: "weather", isExternal: true, isBlocking: false),
      ]
    )
    var plan = try Plan.fixture(
      services: [service],
      policies: [policy()],
      overrides: [
        OverridePlan(
          change: "feature",
          scope: "studio/song-generation",
          reason: "regulator's deadline",
          by: "head-of-studio",
          from: try Instant(reading: "2026-10-01T08:00:00Z"),
          until: try Instant(reading: "2026-10-02T20:00:00Z")
        )
      ],
      signoffs: [
        SignoffPlan(
          policy: "studio/studio-budget",
          level: "exhausted",
          item: "root-causes-addressed",
          by: "jo",
          on: try CalendarDate(reading: "2026-09-30")
        )
      ],
      title: "Studio"
    )
    let zone = "Europe/Berlin"
    plan.workspace.freezes = [
      FreezePlan(
        scope: "studio",
        reason: "nobody is on call",
        allowed: ["critical-fix"],
        windows: [
          .days(
            from: try CalendarDate(reading: "2026-12-24"),
            through: try CalendarDate(reading: "2027-01-02"),
            zone: zone
          ),
          .weekly(weekday: 2, second: 0, duration: .days(1), zone: zone),
        ]
      )
    ]
    plan.workspace.zones[zone] = TimeZoneRules(
      offset: 3_600,
      changes: [
        .init(at: try Instant(reading: "2025-03-30T01:00:00Z"), offset: 7_200),
        .init(at: try Instant(reading: "2025-10-26T01:00:00Z"), offset: 3_600),
      ]
    )
    return plan
  }

  private func policy() throws -> PolicyPlan {
    let half = try Ratio(reading: "50%")
    let healthy = LevelPlan(
      name: "healthy",
      enter: RemainingBound(comparison: .greater, bound: half),
      leave: nil,
      allowed: ["feature", "bugfix", "critical-fix"],
      approved: [],
      rolloutCap: nil,
      actions: [],
      exit: [],
      guidance: []
    )
    let exhausted = LevelPlan(
      name: "exhausted",
      enter: RemainingBound(comparison: .lessOrEqual, bound: half),
      leave: RemainingBound(comparison: .greater, bound: try Ratio(reading: "60%")),
      allowed: ["critical-fix"],
      approved: ["bugfix"],
      rolloutCap: try Ratio(reading: "25%"),
      actions: ["war-room daily"],
      exit: ["root-causes-addressed"],
      guidance: ["reliability comes first"]
    )
    return PolicyPlan(
      name: "studio/studio-budget",
      title: "Studio budget",
      changes: ["feature", "bugfix", "critical-fix"],
      levels: [healthy, exhausted],
      withoutData: WithoutDataPlan(after: .minutes(15), answer: .freeze)
    )
  }

  private func file(of plan: Plan) throws -> Artifact {
    try #require(Emission.artifacts(of: plan).first { $0.path == "gate/policy.json" })
  }

  @Test("the documented example is what is written, identity included")
  func documented() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../docs/gate-policy.md").standardized
    let text = try String(contentsOf: page, encoding: .utf8)
    let example = try #require(
      text.components(separatedBy: "```json\n").dropFirst().first?.components(separatedBy: "```").first
    )
    let written = try JSONParser.parse(file(of: documentedPlan()).bytes)
    #expect(try written == JSONParser.parse(Array(example.utf8)), "\(written.text(.pretty))")
  }

  @Test("whoever reads the file finds its identity by leaving the identity out")
  func identity() throws {
    let json = try JSONParser.parse(file(of: documentedPlan()).bytes)
    let rest = JSONValue.object(try #require(json.object).filter { $0.name != "identity" })
    #expect(json["identity"] == .string(SHA256.hexadecimal(of: Array(rest.text(.compact).utf8))))
    #expect(json["identity"] == .string(GatePolicyFile.identity(of: json)))
  }

  @Test("the gate reads what is written and finds what the plan says, text of any kind included")
  func readByTheGate() throws {
    var plan = try documentedPlan()
    plan.workspace.overrides[0].reason = hostileText
    plan.workspace.policies[0].levels[1].guidance = [hostileText, ""]
    let policy = try GatePolicy(reading: file(of: plan).bytes)
    #expect(policy.policies == plan.workspace.policies)
    #expect(policy.overrides == plan.workspace.overrides)
    #expect(policy.signoffs == plan.workspace.signoffs)
    #expect(policy.freezes == plan.workspace.freezes)
    #expect(policy.zones == plan.workspace.zones)
    #expect(policy.journeys.map(\.weights) == plan.services[0].journeys.map(\.weights))
    #expect(policy.objectives.map(\.name) == plan.services[0].objectives.map(\.name).sorted())
    #expect(policy.objectives.map(\.window) == plan.services[0].objectives.map(\.window).reversed())
    #expect(policy.services.map(\.rolloutStages) == [plan.services[0].rolloutStages])
    #expect(policy.services[0].dependencies.map(\.name) == ["card-network"])
  }

  @Test("the identity changes with what the gate decides by, and with nothing else")
  func identityFollowsContents() throws {
    let plan = try documentedPlan()
    var relabelled = plan
    relabelled.services[0].description = "another text"
    relabelled.services[0].objectives[0].groups = [try .fixture("g", [.record()])]
    #expect(try file(of: relabelled) == file(of: plan))
    var loosened = plan
    loosened.workspace.policies[0].levels[1].allowed.append("feature")
    #expect(
      try JSONParser.parse(file(of: loosened).bytes)["identity"] != JSONParser.parse(file(of: plan).bytes)["identity"]
    )
  }

  @Test(
    "what happens without data is said in one word, and names a level where there is one",
    arguments: [
      (WithoutDataPlan.Answer.freeze, ["after": "1h30m", "then": "freeze"] as JSONValue),
      (.allow, ["after": "1h30m", "then": "allow"] as JSONValue),
      (.approve, ["after": "1h30m", "then": "approve"] as JSONValue),
      (.level("low"), ["after": "1h30m", "then": "level", "level": "low"] as JSONValue),
    ]
  )
  func withoutData(_ answer: WithoutDataPlan.Answer, _ expected: JSONValue) throws {
    var plan = try documentedPlan()
    plan.workspace.policies[0].withoutData = WithoutDataPlan(after: .minutes(90), answer: answer)
    let json = try JSONParser.parse(file(of: plan).bytes)
    #expect(json["policies"]?.array?.first?["withoutData"] == expected)
  }

  @Test("targets keep their digits: 99.95% leaves 0.0005, a third of a weight is a fraction")
  func exact() throws {
    var plan = try documentedPlan()
    plan.services[0].objectives[0].target = try Target(reading: "99.95%")
    plan.services[0].journeys[0].weights[0].weight = Rational(numerator: 1, denominator: 3)
    let json = try JSONParser.parse(file(of: plan).bytes)
    let objective = try #require(json["objectives"]?.array?.last)
    #expect(objective["target"] == "0.9995")
    #expect(objective["budget"] == "0.0005")
    #expect(json["journeys"]?.array?.first?["weights"]?.array?.first?["weight"] == "1/3")
  }

  @Test("the order of services, objectives and policies in the plan does not matter, that of levels does")
  func order() throws {
    var plan = try documentedPlan()
    plan.services.append(
      .fixture("another", objectives: [try .fixture(ObjectiveName(service: "another", journey: nil, objective: "x"))])
    )
    plan.workspace.policies.append(PolicyPlan(name: "another/p", title: "P", changes: [], levels: [], withoutData: nil))
    var shuffled = plan
    shuffled.services.reverse()
    shuffled.services[1].objectives.reverse()
    shuffled.workspace.policies.reverse()
    #expect(try file(of: shuffled) == file(of: plan))
    shuffled.workspace.policies[1].levels.reverse()
    #expect(try file(of: shuffled) != file(of: plan))
  }
}
