import PlanModel
import Quantities
import StructuredText
import Testing

@testable import DeployGate

@Suite("What a decision tells people")
struct DecisionTextTests {
  static func lines(_ decision: GateDecision) -> [String] {
    decision.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("a yes names each budget and what remains, rounded down")
  func yes() throws {
    var seen = observation(remaining: 7_300)
    seen.counts.bad -= Rational(numerator: 9, denominator: 10)
    let lines = Self.lines(try decide(snapshot(seen)))
    #expect(lines[0] == "Yes: 'feature' may go out for 'studio'")
    #expect(lines[1] == "  studio/availability: 73% of the error budget remains, level 'healthy'")
    #expect(lines[2].hasPrefix("Valid until 2026-10-01 12:04 UTC. Policy abababababab, data of 2026-10-01 12:00 UTC."))
  }

  @Test("a yes tells how far a rollout may go")
  func capped() throws {
    let decision = try decide(snapshot(observation(remaining: 4_000)), change: "bugfix")
    #expect(Self.lines(decision)[0] == "Yes: 'bugfix' may go out for 'studio', up to stage 25%")
  }

  @Test("an approval is asked for, and the way to go ahead is told")
  func approval() throws {
    let lines = Self.lines(try decide(snapshot(observation(remaining: 4_000, burn: 2))))
    #expect(lines[0] == "Not yet: 'feature' for 'studio' needs an approval by name")
    #expect(lines.contains("To go ahead: name who approved the change"))
    #expect(lines.contains("    burning 2 times as fast as planned; nothing remains from about 2026-10-07 11:59 UTC"))
    #expect(lines.contains("    released when more than 50% remains, which will not happen at the present rate"))
    #expect(lines.contains("    in this level at least since 2026-10-01 11:59 UTC, for 20s"))
    #expect(lines.contains("    meanwhile: increase-monitoring"))
  }

  @Test("missing data are told with their age and what the policy makes of them")
  func missing() throws {
    let lines = Self.lines(try decide(snapshot(observation(remaining: 9_000, age: .seconds(8_000)))))
    #expect(lines[0] == "No: 'feature' may not go out for 'studio'")
    #expect(lines.contains("    the newest sample is 2h13m old"))
    #expect(
      lines.contains(
        "    policy 'studio/budget' answers missing data with a freeze: only what the worst level allows"
      )
    )
    #expect(lines.contains("To go ahead: bring back the data of studio/availability"))
    let silent = gatePolicy(policies: [budgetPolicy(withoutData: nil)])
    #expect(
      Self.lines(try decide(snapshot(), under: silent))[0]
        == "Unknown: nothing says whether 'feature' may go out for 'studio'"
    )
  }

  @Test("a level that is kept says where it was entered and where it is left")
  func held() throws {
    let seen = observation(remaining: 2_000, history: [(.days(2), 6_000), (.days(1), 900)])
    let lines = Self.lines(try decide(snapshot(seen), change: "bugfix"))
    #expect(
      lines.contains(
        "    level 'exhausted' was entered where less than 10% remained and is left where more than 30% remains"
      )
    )
    #expect(lines.contains("    in this level since 2026-09-30 12:00 UTC, for 1d"))
  }

  @Test("of several budgets only those that hold the change back are shown, the strictest first")
  func several() throws {
    let policy = gatePolicy(
      services: [service("studio", dependsOn: [GateDependency(name: "ledger", isExternal: false)]), service("ledger")],
      objectives: [
        objective("studio/a"), objective("studio/b"), objective("ledger/c", policy: "studio/budget"),
      ]
    )
    let data = snapshot(
      observation("studio/a", remaining: 4_000),
      observation("studio/b", remaining: 9_000),
      observation("ledger/c", remaining: 900)
    )
    let heads = Self.lines(try decide(data, under: policy)).filter { $0.hasSuffix("(team)") }
    #expect(heads == ["  ledger/c, of the dependency 'ledger' (team)", "  studio/a (team)"])
  }

  @Test("text from files commands no terminal and breaks no line")
  func hostile() throws {
    var data = snapshot(observation(remaining: 9_000))
    data.warnings = ["gone\u{1B}[2J\nYes: all is well\u{202E}"]
    let decision = try decide(data)
    #expect(Self.lines(decision).contains("The source warns: gone\u{FFFD}[2J\u{FFFD}Yes: all is well\u{FFFD}"))
    #expect(try JSONParser.parse(decision.json.bytes) == decision.json)
  }

  @Test("an override is named with who gave it and why")
  func override() throws {
    let policy = gatePolicy(overrides: [DeployGateTests.override("feature", for: "studio")])
    let lines = Self.lines(try decide(snapshot(observation(remaining: 900)), under: policy))
    #expect(
      lines.contains(
        "Note: 'head-of-studio' lets 'feature' out for 'studio' until 2026-10-02T20:00:00Z: regulator's deadline"
      )
    )
  }
}
