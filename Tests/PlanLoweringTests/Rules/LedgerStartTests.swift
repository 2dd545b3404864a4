import SpecCatalog
import Testing

@testable import PlanLowering

/// The rule that remembers a ledger's start, asked over histories of its own series, a sample every other hour.
@Suite("The start of a ledger")
struct LedgerStartTests {
  @Test(
    "a start is remembered over restarts and gaps, and forgotten only with everything that was counted",
    arguments: [
      ("there is none before the first evaluation", "_", 0, 0),
      ("two hours' stop of a ledger four hours old", "0x2 _x3", 6, 0),
      ("half a day's stop of a ledger four hours old", "7x2 _x10", 16, 7),
      ("a stop of three days in the second week", "7x120 _x50", 312, 7),
      ("a stop of four weeks, after two", "7x168 _x350", 1_000, 7),
      ("a start of later than the one before the stop", "7x120 _x50 900000x5", 350, 7),
      ("the whole window without an evaluation", "7x120 _x375", 970, 970 * 3_600),
    ]
  )
  func remembered(_ history: String, values: String, hours: Int, start: Int) throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .failures())
    let objective = try fixture.objective(over: "30d")
    let rules = RuleLowering(catalog: fixture.catalog, zones: { _ in nil })
    let expression = try #require(rules.expression("slo:ledger:start", of: objective))
    let ledger = try #require(expression.firstMatch(of: /sli="[0-9a-f]{8}"/))
    var run = RuleRun(fixture.catalog, everyMinutes: 120, leavingOut: ["slo:ledger:start"])
    run.series(#"slo:ledger:start{slo="shop/availability",\#(ledger.output)}"#, values)
    run.expect(expression, Double(start), at: hours * 60)
    try run.verify()
  }
}
