import PlanModel
import Quantities
import Testing

@testable import DeployGate

@Suite("When a budget is gone, and when a level is left")
struct ForecastTests {
  static let at = now - .seconds(20)

  @Test(
    "what remains of a full rolling window lasts remaining · window / burn, and for ever at the planned rate",
    arguments: [
      (Rational(10), TimeSpan.hours(36)), (Rational(2), .hours(180)), (1, nil),
      (Rational(numerator: 1, denominator: 2), nil),
    ] as [(Rational, TimeSpan?)]
  )
  func exhaustion(_ burn: Rational, _ time: TimeSpan?) throws {
    let decision = try decide(snapshot(observation(remaining: 5_000, burn: burn)))
    #expect(decision.budgets.first?.burn?.multiple == burn)
    #expect(decision.budgets.first?.exhaustedAt == time.map { Self.at + $0 })
  }

  @Test("a budget that is spent is gone now, and nothing is said without a burn rate")
  func spent() throws {
    #expect(try decide(snapshot(observation(remaining: 0, burn: 3))).budgets.first?.exhaustedAt == Self.at)
    #expect(try decide(snapshot(observation(remaining: 5_000))).budgets.first?.exhaustedAt == nil)
  }

  @Test("a young budget is gone as soon as its dilution no longer helps")
  func youngExhaustion() throws {
    // One day observed, half left: at ten times the rate the failures of 1/18 day use up the other half.
    let young = observation(remaining: 5_000, since: Self.at - .days(1), burn: 10)
    #expect(try decide(snapshot(young)).budgets.first?.exhaustedAt == Self.at + .minutes(80))
  }

  @Test("a calendar window's budget is gone in its period or not at all")
  func calendarExhaustion() throws {
    let policy = gatePolicy(objectives: [objective("studio/availability", window: .calendar(.month))])
    let start = instant("2026-10-01T00:00:00Z")
    let elapsed = Self.at - start
    let fast = try decide(snapshot(observation(remaining: 5_000, burn: 3)), under: policy)
    #expect(fast.budgets.first?.exhaustedAt == Self.at + elapsed * Rational(numerator: 1, denominator: 4))
    let slow = Rational(numerator: 1_001, denominator: 1_000)
    #expect(
      try decide(snapshot(observation(remaining: 5_000, burn: slow)), under: policy).budgets.first?.exhaustedAt == nil
    )
  }

  @Test("the longest window up to an hour tells the burn rate, or the shortest")
  func window() throws {
    var seen = observation(remaining: 9_000)
    let burn = { (window: TimeSpan, bad: Int) in
      BurnObservation(window: window, counts: EventCounts(bad: Rational(bad), total: 100))
    }
    seen.burn = [burn(.hours(6), 6), burn(.minutes(5), 5), burn(.hours(1), 1)]
    #expect(try decide(snapshot(seen)).budgets.first?.burn?.multiple == 1)
    seen.burn = [burn(.hours(6), 6), burn(.days(1), 24)]
    #expect(try decide(snapshot(seen)).budgets.first?.burn?.multiple == 6)
    seen.burn = [BurnObservation(window: .hours(1), counts: EventCounts(bad: 0, total: 0))]
    #expect(try decide(snapshot(seen)).budgets.first?.burn == nil)
  }

  @Test("where recording began with the newest sample, nothing is foretold")
  func justBegun() throws {
    let begun = try decide(snapshot(observation(remaining: 500, since: Self.at, burn: 10)))
    #expect(begun.budgets.first?.exhaustedAt == nil)
    #expect(begun.budgets.first?.release?.expected == .notKnown)
  }

  // MARK: Release

  static func release(_ seen: Observation, change: String = "bugfix", under policy: GatePolicy = gatePolicy()) throws
    -> Release?
  {
    try decide(snapshot(seen), under: policy, change: change).budgets.first?.release
  }

  @Test("it tells the bound at which the level is left, and the items that are open")
  func bound() throws {
    let release = try #require(try Self.release(observation(remaining: 500)))
    #expect(release.bound == DeployGateTests.bound(.greater, "30%"))
    #expect(release.items.map(\.item) == ["root-causes-addressed", "runbooks-updated"])
    #expect(release.expected == .notKnown)
  }

  @Test("it goes on to the level that allows the change")
  func further() throws {
    let release = try #require(try Self.release(observation(remaining: 500), change: "experiment"))
    #expect(release.bound == DeployGateTests.bound(.greater, "50%"))
    #expect(release.items.count == 2)
    let low = try #require(try Self.release(observation(remaining: 4_000), change: "experiment"))
    #expect(low.bound == DeployGateTests.bound(.greater, "50%"))
    #expect(low.items.isEmpty)
  }

  @Test("where only sign-offs are open, only they are named")
  func items() throws {
    let release = try #require(try Self.release(observation(remaining: 9_000, history: [(.hours(2), 500)])))
    #expect(release.bound == nil)
    #expect(release.expected == .reached)
    #expect(release.items.map(\.level) == ["exhausted", "exhausted"])
  }

  @Test("a change that no level allows is never released, one that is allowed needs no release")
  func never() throws {
    var plan = budgetPolicy()
    plan.levels[0].allowed = ["feature", "bugfix", "critical-fix"]
    #expect(
      try Self.release(observation(remaining: 500), change: "experiment", under: gatePolicy(policies: [plan])) == nil
    )
    #expect(try Self.release(observation(remaining: 9_000)) == nil)
  }

  @Test(
    "a full window recovers as old failures leave it faster than new ones come",
    arguments: [
      // From 10% to 50%: 30 days · 0.4 / (0.9 - burn).
      (Rational.zero, Release.Expectation.about(at + .hours(320))),
      (Rational(numerator: 3, denominator: 10), .about(at + .hours(480))),
      (Rational(numerator: 1, denominator: 2), .about(at + .days(30))),
      (Rational(numerator: 51, denominator: 100), .notAtThisRate), (5, .notAtThisRate),
    ]
  )
  func recovery(_ burn: Rational, _ expected: Release.Expectation) throws {
    #expect(try Self.release(observation(remaining: 1_000, burn: burn), change: "experiment")?.expected == expected)
  }

  @Test("a calendar window recovers at the latest when it starts afresh")
  func calendarRecovery() throws {
    let policy = gatePolicy(objectives: [objective("studio/availability", window: .calendar(.week))])
    let monday = instant("2026-10-05T00:00:00Z")
    let fast = try Self.release(observation(remaining: 1_000, burn: 5), change: "experiment", under: policy)
    #expect(fast?.expected == .about(monday))
    let perfect = gatePolicy(objectives: [objective("studio/availability", target: "100%", window: .calendar(.week))])
    #expect(
      try Self.release(observation(remaining: 1_000), change: "experiment", under: perfect)?.expected == .about(monday)
    )
    // Since Monday 3.5 days less 20 s; diluting 90% to 50% takes 0.8 times as long without new failures.
    let elapsed = Self.at - instant("2026-09-28T00:00:00Z")
    let calm = try Self.release(observation(remaining: 1_000, burn: 0), change: "experiment", under: policy)
    #expect(calm?.expected == .about(Self.at + elapsed * Rational(numerator: 4, denominator: 5)))
  }

  @Test("what would change the answer is listed once")
  func remedies() throws {
    let decision = try decide(snapshot(observation(remaining: 4_000)), change: "feature", stage: "100%")
    #expect(decision.remedies.contains(.stage(ratio("25%"))))
    let approve = try decide(snapshot(observation(remaining: 4_000)))
    #expect(approve.remedies.first == .approval)
    let gone = try decide(snapshot())
    #expect(gone.remedies == [.data(BudgetName("studio/availability"))])
    #expect(try decide(snapshot(observation(remaining: 9_000))).remedies.isEmpty)
  }
}
