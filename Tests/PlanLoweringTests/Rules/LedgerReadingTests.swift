import SpecCatalog
import Testing

@testable import PlanLowering

/// Rules that read ledgers back, over ledgers that are made up: a sample every other hour.
@Suite("Reading ledgers")
struct LedgerReadingTests {
  private func fixture() throws -> (CatalogFixture, RuleLowering, ObjectiveID) {
    var fixture = CatalogFixture()
    fixture.indicator(try .failures())
    let objective = try fixture.objective(over: "30d")
    return (fixture, RuleLowering(catalog: fixture.catalog, zones: { _ in nil }), objective)
  }

  private func identity(_ expression: String) throws -> String {
    let ledger = try #require(expression.firstMatch(of: /sli="[0-9a-f]{8}"/))
    return #"slo="shop/availability",\#(ledger.output)"#
  }

  @Test(
    "a window is what its ledger grew by between both ends, whatever happened there",
    arguments: [
      ("all that a young ledger has counted", "0+10x400", start: "0x400", 20, 100),
      ("30 days of an old one", "0+10x420", start: "0x420", 800, 3_600),
      ("a computed past that ends at zero", "-100x50 -90+10x8 0+5x350", start: "360000x420", 800, 1_800),
      ("a stop of six hours at the older end", "0+10x38 _x3 390+10x360", start: "0x420", 800, 3_590),
      (
        "a stop of a day at the older end, as of the first day after it", "0+10x30 _x14 310+10x360", start: "0x420",
        800, 3_520
      ),
      (
        "no more than the ledger has after a stop of days in it", "0+10x200 _x40 1990+10x200", start: "0x420", 800,
        3_180
      ),
      ("never below zero", "500+0x100 10+0x320", start: "0x420", 800, 0),
    ]
  )
  func window(_ history: String, ledger: String, start: String, hours: Int, expected: Int) throws {
    let (fixture, rules, objective) = try fixture()
    let expression = try #require(rules.expression("slo:total:window", of: objective))
    #expect(!expression.contains("[30d])"))
    let identity = try identity(expression)
    var run = RuleRun(
      fixture.catalog,
      everyMinutes: 120,
      leavingOut: ["slo:total:ledger", "slo:bad:ledger", "slo:ledger:start"]
    )
    run.series("slo:total:ledger{\(identity)}", ledger)
    run.series("slo:ledger:start{\(identity)}", start)
    run.expect("sum(\(expression))", Double(expected), at: hours * 60)
    try run.verify()
  }

  @Test(
    "a ledger goes on where it stopped, after days as of the last six hours before that",
    arguments: [("none yet", "_", 200, 5), ("20 hours", "0+10x100", 220, 1_005), ("three days", "0+10x100", 272, 995)]
  )
  func carried(_ stop: String, ledger: String, hours: Int, expected: Int) throws {
    let (fixture, rules, objective) = try fixture()
    let expression = try #require(rules.expression("slo:total:ledger", of: objective))
    let identity = try identity(expression)
    var run = RuleRun(
      fixture.catalog,
      everyMinutes: 120,
      leavingOut: ["slo:total:delta", "slo:total:ledger", "slo:bad:ledger", "slo:total:window", "slo:bad:window"]
    )
    run.series("slo:total:ledger{\(identity)}", ledger)
    run.series("slo:total:delta{\(identity)}", "5x200")
    run.expect("sum(\(expression))", Double(expected), at: hours * 60)
    try run.verify()
  }

  @Test("a value of the label that is gone keeps its events in the window, and one that comes late has its own")
  func split() throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .failures())
    _ = try fixture.objective(over: "1d", by: ["platform"])
    var run = RuleRun(fixture.catalog)
    run.series(#"up{job="shop",instance="a"}"#, "1x240")
    run.series(#"http_requests_total{job="shop",instance="a",platform="old",code="200"}"#, "0+10x60")
    run.series(#"http_requests_total{job="shop",instance="a",platform="new",code="200"}"#, "_x120 7+7x100")
    run.expect(#"sum(slo:total:window{platform="old"})"#, 600, at: 200)
    run.expect(#"sum(slo:total:window{platform="new"})"#, 7 * 81, at: 200)
    run.expect(#"sum(slo:error_budget:remaining{platform="old"})"#, 1, at: 200)
    try run.verify()
  }
}
