import Quantities
import SpecCatalog
import Testing

@testable import PlanLowering

@Suite("Alerts that authors write")
struct ConditionTests {
  private static let spike = #"alertname="Spike""#

  private func comparison(
    _ measure: AlertMeasure,
    _ comparison: Comparison = .greater,
    _ bound: AlertBound,
    within range: TimeSpan = .minutes(10),
    for sustained: TimeSpan = .zero,
    text: String = "written"
  ) -> AlertCondition {
    .comparison(
      AlertComparison(
        measure: measure,
        comparison: comparison,
        bound: at(bound),
        range: range,
        sustained: sustained,
        text: at(text)
      )
    )
  }

  private func failing(withObjective: Bool) throws -> CatalogFixture {
    var fixture = CatalogFixture()
    fixture.indicator(try .failures("errors_total", of: "requests_total"))
    if withObjective { _ = try fixture.objective(alerts: BurnAlerting(scheme: .none)) }
    return fixture
  }

  @Test(
    "shares, counts and rates are taken from the ledger or, without an objective, from the metrics",
    arguments: [
      true, false,
    ]
  )
  func measures(_ withObjective: Bool) throws {
    let requests = IndicatorID(0)
    var fixture = try failing(withObjective: withObjective)
    let five = AlertBound.ratio(try Ratio(reading: "5%"))
    fixture.alert("Ratio", comparison(.failureRatio(requests, nil), .greater, five))
    fixture.alert("Success", comparison(.successRatio(requests, nil), .less, .ratio(try Ratio(reading: "95%"))))
    fixture.alert("Failures", comparison(.failures(requests, nil), .greater, .number(90)))
    fixture.alert("Events", comparison(.events(requests), .less, .number(500)))
    fixture.alert("Rate", comparison(.rate(requests), .less, .number(1)))
    var run = RuleRun(fixture.catalog)
    run.series("requests_total", "0+100x60 6000x60")
    run.series("errors_total", "0x30 10+10x29 300x60")
    for (name, minute, count) in [
      ("Ratio", 30, nil), ("Ratio", 50, 1.0), ("Ratio", 100, nil), ("Success", 30, nil), ("Success", 50, 1),
      ("Success", 100, nil), ("Failures", 30, nil), ("Failures", 50, 1), ("Events", 50, nil), ("Events", 100, 1),
      ("Rate", 50, nil), ("Rate", 100, 1),
    ] as [(String, Int, Double?)] {
      run.expectFiring(#"alertname="\#(name)""#, count, at: minute)
    }
    try run.verify()
  }

  @Test("each alternative is a rule of its own, which holds for its own time")
  func alternatives() throws {
    let requests = IndicatorID(0)
    var fixture = try failing(withObjective: true)
    fixture.alert(
      "Spike",
      .any([
        comparison(.failures(requests, nil), .greater, .number(1_000), text: "failures > 1000"),
        comparison(.failures(requests, nil), .greater, .number(20), for: .minutes(5), text: "failures > 20 for 5m"),
      ])
    )
    var run = RuleRun(fixture.catalog)
    run.series("requests_total", "0+100x60")
    run.series("errors_total", "0x30 10+10x29")
    run.expectFiring(Self.spike, nil, at: 36)
    run.expectFiring(#"alertname="Spike",condition="2""#, 1, at: 40)
    run.expectFiring(#"alertname="Spike",condition="1""#, nil, at: 40)
    try run.verify()
  }

  @Test("conditions joined by 'and' with different times fire when each has held for its own")
  func together() throws {
    let requests = IndicatorID(0)
    var fixture = try failing(withObjective: true)
    fixture.alert(
      "Spike",
      .all([
        comparison(.failures(requests, nil), .greater, .number(20), for: .minutes(10)),
        comparison(.events(requests), .greater, .number(100), for: .minutes(2)),
      ])
    )
    var run = RuleRun(fixture.catalog)
    run.series("requests_total", "0+100x60")
    run.series("errors_total", "0x30 10+10x29")
    run.expectFiring(Self.spike, nil, at: 40)
    run.expectFiring(Self.spike, 1, at: 45)
    try run.verify()
  }

  @Test("a percentile is compared through its bucket where one ends at the bound, and estimated elsewhere")
  func percentile() throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .histogram("request_seconds"))
    fixture.catalog.metrics = [
      Metric(
        service: fixture.service,
        name: at("request_seconds"),
        kind: at(.histogram),
        unit: nil,
        labels: nil,
        buckets: [at(1), at(2)],
        measured: nil,
        meaning: nil,
        span: here
      )
    ]
    let latency = AlertMeasure.percentile(IndicatorID(0), try Percentile(reading: "p95"))
    let objective = try fixture.objective(
      judging: try .percentile("p95", .less, 1),
      target: "95%",
      alerts: BurnAlerting(scheme: .none)
    )
    fixture.alert("Above", comparison(latency, .greater, .value(MetricBound(value: 1, text: "1s"))))
    fixture.alert("Twice", comparison(latency, .greater, .multiple(2, of: objective)))
    fixture.alert(
      "Between",
      comparison(latency, .greater, .multiple(Rational(numerator: 3, denominator: 2), of: objective))
    )
    var run = RuleRun(fixture.catalog)
    run.series(#"request_seconds_bucket{le="1.0"}"#, "0+90x60")
    run.series(#"request_seconds_bucket{le="2.0"}"#, "0+99x60")
    run.series(#"request_seconds_bucket{le="+Inf"}"#, "0+100x60")
    run.series("request_seconds_count", "0+100x60")
    run.expectFiring(#"alertname="Above""#, 1, at: 30)
    run.expectFiring(#"alertname="Twice""#, nil, at: 30)
    run.expectFiring(#"alertname="Between""#, 1, at: 30)
    try run.verify()
  }

  @Test("burn rates take the fastest of the objectives, remaining budgets the lowest, gauges their value")
  func objectives() throws {
    var fixture = try failing(withObjective: true)
    fixture.indicator(try .failures("other_errors_total", of: "requests_total"), named: "other")
    fixture.indicator(try .gauge("queue_length", .sum), named: "queue")
    let calm = try fixture.objective("calm", on: IndicatorID(1), alerts: BurnAlerting(scheme: .none))
    let both = [ObjectiveID(0), calm]
    fixture.alert("Burn", comparison(.burnRate(both), .greater, .number(5), within: .hours(1)))
    fixture.alert("CalmBurn", comparison(.burnRate([calm]), .greater, .number(5), within: .hours(1)))
    fixture.alert("Budget", comparison(.budgetRemaining(both), .less, .ratio(try Ratio(reading: "50%"))))
    fixture.alert("Queue", comparison(.value(IndicatorID(2)), .greaterOrEqual, .number(30)))
    var run = RuleRun(fixture.catalog)
    run.series("requests_total", "0+100x120")
    run.series("errors_total", "0+10x120")
    run.series("other_errors_total", "0x120")
    run.series(#"queue_length{shard="a"}"#, "10x60 20x60")
    run.series(#"queue_length{shard="b"}"#, "10x120")
    run.expectFiring(#"alertname="Burn""#, 1, at: 60)
    run.expectFiring(#"alertname="CalmBurn""#, nil, at: 60)
    run.expectFiring(#"alertname="Budget""#, 1, at: 60)
    run.expectFiring(#"alertname="Queue""#, nil, at: 60)
    run.expectFiring(#"alertname="Queue""#, 1, at: 90)
    try run.verify()
  }

  @Test("an alert says what it holds and what to do")
  func annotations() throws {
    var fixture = try failing(withObjective: false)
    fixture.alert("Spike", comparison(.failures(IndicatorID(0), nil), .greater, .number(5), text: "failures > 5"))
    let rules = RuleLowering(catalog: fixture.catalog, zones: { _ in nil })
    guard case .alert(let alert) = try #require(rules.alertGroups(of: fixture.service).first?.rules.first) else {
      return
    }
    #expect(
      alert.annotations.map(\.value) == ["Spike", "Holds: failures > 5\n1. look at the queue"]
    )
  }

  @Test("downtime can be said of another indicator")
  func downtime() throws {
    var fixture = try failing(withObjective: true)
    let half = comparison(.failureRatio(IndicatorID(0), nil), .greater, .ratio(try Ratio(reading: "50%")))
    fixture.indicator(.uptime(.condition(half)), named: "uptime")
    let uptime = try fixture.objective("uptime", on: IndicatorID(1), alerts: BurnAlerting(scheme: .none))
    _ = uptime
    var run = RuleRun(fixture.catalog)
    run.series("requests_total", "0+100x120")
    run.series("errors_total", "0x60 100+100x59")
    run.expect(#"sum(slo:bad:delta{slo="shop/uptime"})"#, 0, at: 60)
    run.expect(#"sum(slo:bad:delta{slo="shop/uptime"})"#, 60, at: 80)
    run.expect(#"sum(slo:total:delta{slo="shop/uptime"})"#, 60, at: 60)
    try run.verify()
  }
}
