import PromQL
import Quantities
import SpecCatalog
import Testing

@testable import PlanLowering

@Suite("Ledgers and windows")
struct LedgerTests {
  private static let remaining = "round(sum(slo:error_budget:remaining), 0.001)"
  private static let ledgers = "sum(slo:bad:ledger)"
  private static let totals = "sum(slo:total:ledger)"

  private func failing() throws -> CatalogFixture {
    var fixture = CatalogFixture()
    fixture.indicator(try .failures())
    _ = try fixture.objective()
    return fixture
  }

  @Test("a steady service is counted exactly and has used the budget that its failures are")
  func steady() throws {
    var run = RuleRun(try failing().catalog)
    run.series(#"up{job="shop",instance="a"}"#, "1x300")
    run.series(#"http_requests_total{job="shop",instance="a",code="200"}"#, "0+995x300")
    run.series(#"http_requests_total{job="shop",instance="a",code="500"}"#, "0+5x300")
    run.expect(Self.ledgers, 5 * 300, at: 300)
    run.expect(Self.totals, 1_000 * 300, at: 300)
    run.expect(Self.remaining, 0.5, at: 300)
    run.expect("round(sum(slo:success:ratio), 0.0001)", 0.995, at: 300)
    run.expect(#"round(sum(slo:burn_rate{window="1h"}), 0.001)"#, 0.5, at: 300)
    run.expectFiring("alertname=~\".+\"", nil, at: 300)
    try run.verify()
  }

  @Test("an idle service reads zero, with its whole budget left")
  func idle() throws {
    var run = RuleRun(try failing().catalog)
    run.series(#"up{job="shop",instance="a"}"#, "1x60")
    run.expect("sum(slo:total:delta)", 0, at: 30)
    run.expect("sum(slo:error_budget:remaining)", 1, at: 30)
    run.expect("sum(slo:success:ratio)", 1, at: 30)
    try run.verify()
  }

  @Test("a reset of a counter costs no event and adds none")
  func reset() throws {
    var run = RuleRun(try failing().catalog)
    run.series(#"up{job="shop",instance="a"}"#, "1x60")
    run.series(#"http_requests_total{job="shop",instance="a",code="200"}"#, "0+100x29 50+100x30")
    run.series(#"http_requests_total{job="shop",instance="a",code="500"}"#, "0x29 7+0x30")
    run.expect(Self.totals, 2_900 + 50 + 7 + 3_000, at: 60)
    run.expect(Self.ledgers, 7, at: 60)
    try run.verify()
  }

  @Test("a series of failures that is born with the first failure counts it, when its target was watched before")
  func lateFailures() throws {
    var run = RuleRun(try failing().catalog)
    run.series(#"up{job="shop",instance="a"}"#, "1x60")
    run.series(#"http_requests_total{job="shop",instance="a",code="200"}"#, "0+100x60")
    run.series(#"http_requests_total{job="shop",instance="a",code="500"}"#, "_x29 3+1x30")
    run.expect(Self.ledgers, 33, at: 60)
    try run.verify()
  }

  @Test("the first scrape of a process that has long been running adds nothing")
  func oldProcess() throws {
    var run = RuleRun(try failing().catalog)
    run.series(#"up{job="shop",instance="a"}"#, "_x29 1x30")
    run.series(#"http_requests_total{job="shop",instance="a",code="500"}"#, "_x29 100000+1x30")
    run.expect(Self.ledgers, 30, at: 60)
    try run.verify()
  }

  @Test("the first scrape of a young process counts what it has done since it started")
  func youngProcess() throws {
    var run = RuleRun(try failing().catalog)
    run.series(#"up{job="shop",instance="a"}"#, "_x29 1x30")
    run.series(#"process_start_time_seconds{job="shop",instance="a"}"#, "_x29 1780x30")
    run.series(#"http_requests_total{job="shop",instance="a",code="500"}"#, "_x29 4+1x30")
    run.expect(Self.ledgers, 34, at: 60)
    try run.verify()
  }

  @Test("what happened in a gap shorter than the tolerated one is counted, and once")
  func gap() throws {
    var run = RuleRun(try failing().catalog)
    run.series(#"up{job="shop",instance="a"}"#, "1x29 _x6 1x24")
    run.series(#"http_requests_total{job="shop",instance="a",code="500"}"#, "0+10x29 _x6 360+10x24")
    run.expect(Self.ledgers, 600, at: 60)
    try run.verify()
  }

  @Test("the delta reads the newest value that has surely arrived, the one before, and tells the newly born")
  func delta() throws {
    var fixture = CatalogFixture()
    fixture.catalog.settings.scrapeTimeout = .seconds(10)
    fixture.indicator(
      try .failures(#"http_requests_total{job="shop",code="500"}"#, of: #"http_requests_total{job="shop"}"#)
    )
    let objective = try fixture.objective()
    let rules = RuleLowering(catalog: fixture.catalog, zones: { _ in nil })
    let now = #"last_over_time(http_requests_total{job="shop", code="500"}[2m] offset 10s)"#
    let before = #"last_over_time(http_requests_total{job="shop", code="500"}[10m] offset 1m10s)"#
    let born = [
      #"last_over_time(http_requests_total{job="shop"}[10m] offset 1m10s)"#,
      #"max_over_time(up{job="shop"}[10m] offset 1m10s) == 1"#,
      #"time() - process_start_time_seconds{job="shop"} < 600"#,
    ].joined(separator: " or ")
    #expect(
      rules.expression("slo:bad:delta", of: objective)
        == "sum(\(now) - \(before) >= 0 or \(now) and on (job, instance) (\(born))) or vector(0)"
    )
  }

  @Test("counting something else starts a new ledger, and looking at it differently does not")
  func identity() throws {
    func hash(_ bad: String, window: String = "1d", title: String? = nil) throws -> String? {
      var fixture = CatalogFixture()
      fixture.indicator(try .failures(bad))
      var description = Objective.Description()
      description.title = title
      let objective = try fixture.objective(over: window, described: description)
      let rules = RuleLowering(catalog: fixture.catalog, zones: { _ in nil })
      return rules.groups(for: objective).flatMap(\.rules).lazy.compactMap { rule in
        if case .recording(let rule) = rule { rule.labels.first { $0.name == "sli" }?.value } else { nil }
      }.first
    }
    let original = try hash("errors_total")
    #expect(original?.utf8.count == 8)
    #expect(try hash("errors_total", window: "7d", title: "Availability") == original)
    #expect(try hash(#"errors_total{code="500"}"#) != original)
  }
}
