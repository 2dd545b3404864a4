import PromQL
import Quantities
import SpecCatalog
import Testing

@testable import PlanLowering
@testable import SpecSyntax

@Suite("What each kind of indicator counts")
struct IndicatorKindTests {
  private static let bad = "sum(slo:bad:ledger)"
  private static let total = "sum(slo:total:ledger)"

  @Test("where successes are counted, the rest failed, and a service without any success fails whole")
  func successes() throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .successes(#"jobs_total{outcome="ok"}"#, of: "jobs_total"))
    _ = try fixture.objective()
    var run = RuleRun(fixture.catalog)
    run.series(#"jobs_total{job="w",instance="a",outcome="ok"}"#, "0+90x60")
    run.series(#"jobs_total{job="w",instance="a",outcome="late"}"#, "0+10x60")
    run.series(#"jobs_total{job="w",instance="b",outcome="late"}"#, "0+5x60")
    run.expect(Self.bad, 15 * 60, at: 60)
    run.expect(Self.total, 105 * 60, at: 60)
    try run.verify()
  }

  @Test("sums over several metrics add all of them, also those with equal labels")
  func severalSources() throws {
    var fixture = CatalogFixture()
    let source = RatioSource(
      side: .bad,
      numerator: [.counter(try selector("timeouts_total")), .counter(try selector("errors_total"))],
      valid: [.counter(try selector("requests_total"))]
    )
    fixture.indicator(.ratio(source))
    _ = try fixture.objective()
    var run = RuleRun(fixture.catalog)
    run.series(#"timeouts_total{job="w",instance="a"}"#, "0+1x60")
    run.series(#"errors_total{job="w",instance="a"}"#, "0+2x60")
    run.series(#"requests_total{job="w",instance="a"}"#, "0+10x60")
    run.expect(Self.bad, 180, at: 60)
    try run.verify()
  }

  @Test("each value of a label has a budget of its own, whole where it has no failures")
  func split() throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .failures("errors_total", of: "requests_total"))
    let policy = fixture.policy(("healthy", nil, nil), ("low", try .below("50%"), try .above("60%")))
    _ = try fixture.objective(by: ["platform"], policy: .named(policy))
    var run = RuleRun(fixture.catalog)
    run.series(#"requests_total{platform="web"}"#, "0+1000x300")
    run.series(#"requests_total{platform="ios"}"#, "0+1000x300")
    run.series(#"errors_total{platform="ios"}"#, "0+9x300")
    run.expect(#"sum(slo:error_budget:remaining{platform="web"})"#, 1, at: 300)
    run.expect(#"round(sum(slo:error_budget:remaining{platform="ios"}), 0.001)"#, 0.1, at: 300)
    run.expect(#"sum(slo:level{platform="ios",level="low"})"#, 1, at: 300)
    run.expect(#"sum(slo:level{platform="web",level="low"})"#, 0, at: 300)
    try run.verify()
  }

  @Test(
    "a latency below its bound is counted from the exact bucket, however its bound is spelled",
    arguments: [
      ("0.3", Rational(numerator: 3, denominator: 10)), ("1", 1), ("1.0", 1), ("1e+06", 1_000_000),
    ]
  )
  func latency(_ spelling: String, _ bound: Rational) throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .histogram("request_seconds"))
    _ = try fixture.objective(judging: try .percentile("p95", .less, bound), target: "95%")
    var run = RuleRun(fixture.catalog)
    run.series(#"request_seconds_bucket{job="w",instance="a",le="\#(spelling)"}"#, "0+96x60")
    run.series(#"request_seconds_bucket{job="w",instance="a",le="+Inf"}"#, "0+100x60")
    run.series(#"request_seconds_count{job="w",instance="a"}"#, "0+100x60")
    run.expect(Self.bad, 4 * 60, at: 60)
    run.expect("round(sum(slo:error_budget:remaining), 0.001)", 0.2, at: 60)
    try run.verify()
  }

  @Test("a value that has to lie above its bound fails in the buckets up to it")
  func mirror() throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .histogram("download_bps"))
    _ = try fixture.objective(judging: try .percentile("p50", .greater, 5), target: "50%")
    var run = RuleRun(fixture.catalog)
    run.series(#"download_bps_bucket{le="5"}"#, "0+40x60")
    run.series("download_bps_count", "0+100x60")
    run.expect(Self.bad, 40 * 60, at: 60)
    try run.verify()
  }

  @Test("native histograms are asked for the share beyond the bound, and an idle one has none")
  func native() throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .histogram("request_seconds", .native))
    let objective = try fixture.objective(
      judging: try .percentile("p95", .less, Rational(numerator: 3, denominator: 10)),
      target: "95%"
    )
    let rules = RuleLowering(catalog: fixture.catalog, zones: { _ in nil })
    let bad = try #require(rules.expression("slo:bad:delta", of: objective))
    #expect(bad.contains("1 - (histogram_fraction(-Inf, 0.3, sum(rate(request_seconds[4m]))) >= 0)"), "\(bad)")
    var run = RuleRun(fixture.catalog)
    run.series("up", "1x60")
    run.expect("sum(slo:error_budget:remaining)", 1, at: 30)
    try run.verify()
  }

  @Test(
    "templates are counted whether they yield events per second or events",
    arguments: [
      "sum(rate(expired_total[$window]))", "sum(increase(expired_total[$window]))",
    ]
  )
  func template(_ bad: String) throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .template(bad: bad, of: "sum(rate(messages_total[$window]))"))
    _ = try fixture.objective()
    var run = RuleRun(fixture.catalog)
    run.series("expired_total", "0+6x120")
    run.series("messages_total", "0+600x120")
    run.expect("round(sum(slo:success:ratio), 0.0001)", 0.99, at: 120)
    run.expect("round(sum(slo:bad:delta), 0.01)", 6, at: 120)
    try run.verify()
  }

  @Test("downtime is the time in which any condition holds, and no data is not health")
  func uptime() throws {
    var fixture = CatalogFixture()
    fixture.indicator(
      .uptime(
        .query(try query(#"up{job="api"} == 0"#), sustained: .zero),
        .query(try query(#"queue_length{job="api"} > 100"#), sustained: .minutes(3))
      )
    )
    _ = try fixture.objective()
    var run = RuleRun(fixture.catalog)
    run.series(#"up{job="api"}"#, "_x19 1x19 0x9 1x30")
    run.series(#"queue_length{job="api"}"#, "_x19 0x40 500 0 500x18")
    run.expect(Self.total, 0, at: 18)
    run.expect(Self.bad, 10 * 60, at: 59)
    // A spike of a minute is none, and a longer one counts once it has lasted.
    run.expect(Self.bad, 10 * 60, at: 62)
    run.expect("sum(slo:bad:delta)", 60, at: 68)
    run.expect("sum(slo:total:delta)", 60, at: 68)
    try run.verify()
  }

  @Test("a gauge is judged slice by slice, and not while it has no value")
  func gauge() throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .gauge("heap_bytes"))
    _ = try fixture.objective(judging: .value(.less, 100))
    var run = RuleRun(fixture.catalog)
    run.series(#"heap_bytes{instance="a"}"#, "50x19 150x9 _x29 50x10")
    run.series(#"heap_bytes{instance="b"}"#, "10x29")
    run.expect(Self.bad, 12 * 60, at: 40)
    run.expect("sum(slo:total:delta)", 0, at: 50)
    try run.verify()
  }

  @Test("a statement has its whole budget until it lapses")
  func attested() throws {
    var fixture = CatalogFixture()
    let day = try CalendarDate(reading: "1970-01-01")
    fixture.indicator(
      .attested(
        Attestation(statement: "nothing is stored", evidence: nil, by: at("security"), on: at(day), renew: .days(1))
      )
    )
    _ = try fixture.objective(judging: .attested, target: "100%")
    var run = RuleRun(fixture.catalog)
    run.series("up", "1x1500")
    run.expect("sum(slo:error_budget:remaining)", 1, at: 1_439)
    run.expect("sum(slo:error_budget:remaining)", 0, at: 1_440)
    run.expectFiring(#"alertname="AttestationLapsed""#, nil, at: 1_439)
    run.expectFiring(#"alertname="AttestationLapsed""#, 1, at: 1_441)
    run.expect("sum(slo:total:ledger)", nil, at: 1_440)
    try run.verify()
  }
}

@Suite("What does not count")
struct ExclusionTests {
  @Test("nothing counts in a maintenance window or while a condition holds, and all does again after it")
  func excluded() throws {
    var fixture = CatalogFixture()
    let window = try fixture.exclusion(
      "planned",
      .maintenance(notice: nil, windows: [.once(start: Instant(unixSeconds: 20 * 60), duration: .minutes(10))])
    )
    let provider = try fixture.exclusion("provider", .condition(reason: nil), when: "provider_down == 1")
    fixture.indicator(try .failures("errors_total", of: "requests_total"), excluding: [window, provider])
    _ = try fixture.objective()
    var run = RuleRun(fixture.catalog)
    run.series("requests_total", "0+100x60")
    run.series("errors_total", "0+10x60")
    run.series("provider_down", "0x39 1x4 0x16")
    run.expect("sum(slo:exclusion:active)", 1, at: 20)
    run.expect("sum(slo:exclusion:active)", 0, at: 30)
    run.expect("sum(slo:bad:ledger)", 10 * (60 - 10 - 5), at: 60)
    run.expect("sum(slo:total:ledger)", 100 * (60 - 10 - 5), at: 60)
    try run.verify()
  }
}
