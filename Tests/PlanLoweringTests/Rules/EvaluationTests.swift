import SpecCatalog
import Testing

@testable import PlanLowering

@Suite("Young ledgers and missed evaluations")
struct EvaluationTests {
  private func fixture() throws -> CatalogFixture {
    var fixture = CatalogFixture()
    fixture.indicator(try .failures("errors_total", of: "requests_total"))
    _ = try fixture.objective(over: "1h")
    return fixture
  }

  @Test("a ledger has seen nothing of its window at first, half of it after half of it, and then all of it")
  func coverage() throws {
    var run = RuleRun(try fixture().catalog)
    run.series("requests_total", "0+100x150")
    for (minute, share) in [(0, 0.0), (15, 0.25), (30, 0.5), (60, 1), (150, 1)] {
      run.expect("sum(slo:window:coverage)", share, at: minute)
    }
    try run.verify()
  }

  @Test(
    "evaluations that are missed are told for an hour; an objective that comes or goes has missed none",
    arguments: [
      ("1x89 _x12 1x100", [(88, false), (95, false), (108, true), (140, true), (175, false)]),
      ("1x89 _x4 1x100", [(95, false), (108, false)]),
      ("_x70 1x150", [(72, false), (90, false), (125, false)]),
      ("1x89", [(90, false), (94, false), (100, false)]),
      ("1x80 _x75 1x60", [(158, true), (217, false)]),
    ] as [(String, [(Int, Bool)])]
  )
  func missed(_ samples: String, states: [(minute: Int, isFiring: Bool)]) throws {
    var run = RuleRun(try fixture().catalog)
    run.series(#"slo:objective:target{service="shop",slo="shop/elsewhere"}"#, samples)
    let start = samples.hasPrefix("_") ? "4200" : "0"
    run.series(#"slo:ledger:start{service="shop",slo="shop/elsewhere"}"#, samples.replacing("1x", with: "\(start)x"))
    for state in states {
      run.expectFiring(#"alertname="EvaluationsMissed",service="shop""#, state.isFiring ? 1 : nil, at: state.minute)
    }
    try run.verify()
  }
}
