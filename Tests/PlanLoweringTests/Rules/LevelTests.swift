import Quantities
import SpecCatalog
import Testing

@testable import PlanLowering

@Suite("Levels, journeys and periods")
struct LevelTests {
  /// An objective over an hour whose budget is spent evenly from minute 60 to 90, and comes back from 120 to 150.
  private func spending(_ fixture: CatalogFixture) -> RuleRun {
    var run = RuleRun(fixture.catalog)
    run.series("requests_total", "0+1000x200")
    run.series("errors_total", "0x60 20+20x29 600x110")
    return run
  }

  @Test("a level latches: it is entered below one bound and left above another")
  func latch() throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .failures("errors_total", of: "requests_total"))
    let policy = fixture.policy(
      ("healthy", nil, nil),
      ("low", try .below("50%"), nil),
      ("exhausted", try .below("10%"), try .above("30%"))
    )
    _ = try fixture.objective(over: "1h", policy: .named(policy))
    var run = spending(fixture)
    let left = "round(sum(slo:error_budget:remaining), 0.01)"
    for (minute, remaining, low, exhausted) in [
      (60, 1.0, 0.0, 0.0), (84, 0.2, 1, 0), (90, 0, 1, 1), (126, 0.2, 1, 1), (140, 0.67, 0, 0),
    ] {
      run.expect(left, remaining, at: minute)
      run.expect(#"sum(slo:level{level="low"})"#, low, at: minute)
      run.expect(#"sum(slo:level{level="exhausted"})"#, exhausted, at: minute)
    }
    run.expect(#"sum(slo:level{level="healthy"})"#, nil, at: 90)
    try run.verify()
  }

  @Test(
    "a journey has what its worst objective has left; a composite the weighted mean; neither guesses what is missing"
  )
  func journeys() throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .failures("errors_total", of: "requests_total"))
    fixture.indicator(try .failures("other_errors_total", of: "requests_total"), named: "other")
    let worst = try fixture.objective("worst", over: "1h")
    let best = try fixture.objective("best", on: IndicatorID(1), over: "1h")
    fixture.journey("worst", [worst, best])
    fixture.journey("mean", [worst, best], weights: [(worst, 3), (best, 1)])
    var run = spending(fixture)
    run.series("other_errors_total", "0x200")
    run.expect(#"round(slo:journey:remaining{journey="worst"}, 0.01) * on () vector(1)"#, 0, at: 100)
    run.expect(#"round(slo:journey:remaining{journey="mean"}, 0.01) * on () vector(1)"#, 0.25, at: 100)
    try run.verify()
    let rules = RuleLowering(catalog: fixture.catalog, zones: { _ in nil })
    let group = try #require(rules.journeyGroup(of: fixture.service))
    guard case .recording(let rule) = try #require(group.rules.first) else { return }
    #expect(
      rule.expression.description == """
        min(slo:error_budget:remaining{slo=~"shop/worst|shop/best"}) \
        and count(group by (slo) (slo:error_budget:remaining{slo=~"shop/worst|shop/best"})) == 2
        """
    )
  }

  @Test("a calendar window starts afresh with its period")
  func calendarWindow() throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .failures("errors_total", of: "requests_total"))
    _ = try fixture.objective(over: "calendar month in Europe/Berlin")
    var run = RuleRun(fixture.catalog, leavingOut: ["slo:period:start"])
    run.series("requests_total", "0+100x120")
    run.series("errors_total", "0+1x120")
    run.series(#"slo:period:start{period="month",zone="Europe/Berlin"}"#, "0x59 3600x60")
    run.expect(#"sum(slo:bad:window{window="calendar_month"})"#, 59, at: 59)
    run.expect(#"sum(slo:bad:window{window="calendar_month"})"#, 1, at: 60)
    run.expect(#"sum(slo:total:window{window="calendar_month"})"#, 6_100, at: 120)
    try run.verify()
  }
}
