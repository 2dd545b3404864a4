import PlanModel
import Quantities
import Testing

@testable import DeployGate

@Suite("Freezes of the calendar")
struct FreezeTests {
  static let healthy = snapshot(observation(remaining: 9_000))
  static let berlinName = "Europe/Berlin"
  static let christmas = FreezePlan.Window.days(
    from: date("2026-12-24"),
    through: date("2027-01-02"),
    zone: berlinName
  )
  /// Friday 16:00 for sixty-four hours.
  static let weekend = FreezePlan.Window.weekly(weekday: 5, second: 57_600, duration: .hours(64), zone: berlinName)
  static let night = FreezePlan.Window.daily(second: 79_200, duration: .hours(8), zone: "UTC")
  static let today = FreezePlan.Window.days(from: date("2026-10-01"), through: date("2026-10-01"), zone: "UTC")
  static let move = FreezePlan.Window.once(start: instant("2026-10-01T11:00:00Z"), duration: .hours(2))

  private static func decision(
    _ freeze: FreezePlan,
    _ change: String = "feature",
    at moment: Instant = now,
    overrides: [OverridePlan] = []
  ) throws -> GateDecision {
    var observed = healthy
    observed.takenAt = moment
    observed.observations[0].at = moment - .seconds(20)
    return try decide(observed, under: gatePolicy(overrides: overrides, freezes: [freeze]), change: change, at: moment)
  }

  @Test(
    "it is in force from its first moment until just before its end, by the clocks of its zone",
    arguments: [
      (christmas, "2026-12-23T23:00:00Z", "2027-01-02T23:00:00Z"),
      (weekend, "2026-10-02T14:00:00Z", "2026-10-05T06:00:00Z"),
      // The clocks go back on Sunday: sixty-four hours end an hour earlier by them.
      (weekend, "2026-10-23T14:00:00Z", "2026-10-26T06:00:00Z"),
      (weekend, "2026-10-30T15:00:00Z", "2026-11-02T07:00:00Z"),
      (night, "2026-10-01T22:00:00Z", "2026-10-02T06:00:00Z"),
      (today, "2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z"),
      (move, "2026-10-01T11:00:00Z", "2026-10-01T13:00:00Z"),
    ]
  )
  func bounds(_ window: FreezePlan.Window, _ from: String, _ until: String) throws {
    let (from, until) = (instant(from), instant(until))
    for (moment, answer) in [
      (from - .seconds(1), GateAnswer.allow), (from, .deny), (until - .seconds(1), .deny), (until, .allow),
    ] {
      let decision = try Self.decision(freeze(window), at: moment)
      #expect(decision.answer == answer, "at \(moment)")
      guard answer == .deny else { continue }
      #expect(decision.freezes.map(\.current) == [FreezeStretch(from: from, until: until)])
      #expect(decision.reasons.first?.code == .freezeInForce)
      #expect(decision.remedies == [.freezeEnds(scope: "studio", at: until)])
      #expect(decision.validUntil <= until)
    }
  }

  @Test("a healthy budget does not help, and the answer says why, since when and until when")
  func told() throws {
    let text = try Self.decision(freeze(Self.today, allow: ["bugfix"])).text
    #expect(
      text.contains(
        "the freeze of 'studio' (nobody is on call) holds 'feature' back since 2026-10-01 00:00 UTC and until 2026-10-02 00:00 UTC"
      ),
      "\(text)"
    )
    #expect(text.contains("To go ahead: wait for the end of the freeze, 2026-10-02 00:00 UTC"), "\(text)")
  }

  @Test("a class that it lets out goes out, with a word about the freeze")
  func exempt() throws {
    let decision = try Self.decision(freeze(Self.today, allow: ["bugfix"]), "bugfix")
    #expect(decision.answer == .allow)
    #expect(decision.codes.contains("freeze-exempt"))
  }

  @Test("windows that touch are one freeze: what counts is when changes may go out again")
  func chained() throws {
    let tomorrow = FreezePlan.Window.days(from: date("2026-10-02"), through: date("2026-10-03"), zone: "UTC")
    let decision = try Self.decision(freeze(Self.today, tomorrow, Self.weekend))
    #expect(decision.remedies == [.freezeEnds(scope: "studio", at: instant("2026-10-05T06:00:00Z"))])
  }

  @Test("it is told of a day ahead, and the answer is valid until it begins")
  func ahead() throws {
    let soon = instant("2026-10-01T12:03:00Z")
    let decision = try Self.decision(freeze(.once(start: soon, duration: .hours(1))))
    #expect(decision.answer == .allow)
    #expect(decision.codes.contains("freeze-ahead"))
    #expect(decision.validUntil == soon)
    #expect(try !Self.decision(freeze(Self.weekend)).codes.contains("freeze-ahead"))
    #expect(try Self.decision(freeze(Self.weekend)).freezes.map(\.next) == [instant("2026-10-02T14:00:00Z")])
    #expect(try Self.decision(freeze(Self.christmas)).freezes.isEmpty)
  }

  @Test("that of a journey holds back its service and itself, and no other journey; that of a dependency nobody else")
  func scopes() throws {
    let export = objective("studio/export/success")
    let sync = objective("studio/sync/success")
    let other = objective("render/success")
    var policy = gatePolicy(
      services: [
        service("studio", dependsOn: [GateDependency(name: "render", isExternal: false)]), service("render"),
      ],
      journeys: [journey("studio/export", [export]), journey("studio/sync", [sync])],
      objectives: [export, sync, other],
      freezes: [freeze(Self.today, for: "studio/export")]
    )
    let data = DeployGateTests.snapshot(
      observation("studio/export/success", remaining: 9_000),
      observation("studio/sync/success", remaining: 9_000),
      observation("render/success", remaining: 9_000)
    )
    #expect(try decide(data, under: policy).answer == .deny)
    #expect(try decide(data, under: policy, journey: "export").answer == .deny)
    #expect(try decide(data, under: policy, objective: "studio/export/success").answer == .deny)
    #expect(try decide(data, under: policy, journey: "sync").answer == .allow)
    policy.freezes = [freeze(Self.today, for: "render")]
    #expect(try decide(data, under: policy).answer == .allow)
  }

  @Test(
    "a reviewed override for it, or for what it is part of, lifts it",
    arguments: ["studio", "studio/availability"]
  )
  func overridden(_ scope: String) throws {
    let lifting = [override("feature", for: "studio")]
    let decision = try Self.decision(freeze(Self.today, for: scope), overrides: lifting)
    #expect(decision.answer == .allow)
    #expect(decision.overrides == lifting)
    #expect(decision.reasons.first { $0.code == .freezeInForce }?.effect == nil)
    #expect(try Self.decision(freeze(Self.today, for: scope), "bugfix", overrides: lifting).answer == .deny)
  }

  @Test("whatever the budgets say, nothing goes out while it is in force")
  func strictest() throws {
    for seed in PropertyTests.seeds {
      var random = try RandomCase(seed: seed)
      random.policy.overrides = []
      random.policy.freezes = [
        freeze(
          .once(start: now - .hours(1), duration: .hours(2)),
          for: random.request.service
        )
      ]
      #expect(try random.decision().answer == .deny, "seed \(seed)")
    }
  }
}
