import PlanModel
import Quantities
import SpecCatalog
import Testing

@testable import PlanLowering

@Suite("Burn-rate alerts")
struct BurnAlertTests {
  private static let page = #"alertname="ErrorBudgetBurn",urgency="page""#
  private static let ticket = #"alertname="ErrorBudgetBurn",urgency="ticket""#

  private func service(
    scheme: BurnAlerting.Scheme = .budget,
    target: String = "99%",
    page channels: [ChannelID] = [],
    _ describe: (inout Objective.Description) -> Void = { _ in }
  ) throws -> CatalogFixture {
    var fixture = CatalogFixture()
    fixture.indicator(try .failures("errors_total", of: "requests_total"))
    var description = Objective.Description()
    describe(&description)
    _ = try fixture.objective(
      target: target,
      alerts: BurnAlerting(scheme: scheme, page: BurnAlerting.Route(channels: channels)),
      described: description
    )
    return fixture
  }

  @Test(
    "an outage pages within minutes, and the page lets go when the outage is over",
    arguments: [
      BurnAlerting.Scheme.budget, .classic,
    ]
  )
  func outage(_ scheme: BurnAlerting.Scheme) throws {
    var run = RuleRun(try service(scheme: scheme).catalog)
    run.series("requests_total", "0+1000x400")
    run.series("errors_total", "0x300 1000+1000x9 10000x90")
    run.expectFiring(Self.page, nil, at: 300)
    run.expectFiring(Self.page, 2, at: 304)
    run.expectFiring(Self.page, 2, at: 310)
    // The short windows of 4 minutes and the 10 minutes that the alert goes on for.
    run.expectFiring(Self.page, 2, at: 321)
    run.expectFiring(Self.page, nil, at: 326)
    try run.verify()
  }

  @Test("a slow burn opens a ticket and pages nobody")
  func slowBurn() throws {
    var run = RuleRun(try service().catalog)
    run.series("requests_total", "0+1000x700")
    run.series("errors_total", "0x500 40+40x199")
    run.expectFiring(Self.ticket, nil, at: 500)
    run.expectFiring(Self.ticket, 2, at: 650)
    run.expectFiring(Self.page, nil, at: 650)
    try run.verify()
  }

  @Test(
    "the shortest window ends a page, unless it holds too few events to tell",
    arguments: [(8, 1.0), (60, nil)]
  )
  func lowTraffic(_ perMinute: Int, _ firing: Double?) throws {
    var run = RuleRun(try service().catalog)
    run.series("requests_total", "0+\(perMinute)x400")
    run.series("errors_total", "0x300 \(perMinute)+\(perMinute)x1 \(2 * perMinute)x98")
    run.expectFiring(Self.page, 2, at: 304)
    // The window of 5 minutes is empty, and the alert has been kept for ten; that of 13 minutes is not.
    run.expectFiring(Self.page, firing, at: 320)
    run.expectFiring(Self.page, nil, at: 330)
    try run.verify()
  }

  @Test("failures that chance brings after an outage do not keep its page")
  func aftermath() throws {
    var run = RuleRun(try service().catalog)
    run.series("requests_total", "0+1000x400")
    // 48 in four minutes, of which 40 are allowed: as chance has it in one window of six.
    run.series("errors_total", "0x300 1000+1000x1 2012+12x98")
    run.expectFiring(Self.page, 2, at: 304)
    run.expectFiring(Self.page, nil, at: 320)
    try run.verify()
  }

  @Test("where the shortest window tells nothing, that of an hour ends the page of a longer one")
  func wideWindow() throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .failures("errors_total", of: "requests_total"))
    _ = try fixture.objective(over: "7d")
    var run = RuleRun(fixture.catalog)
    run.series("requests_total", "0+8x500")
    run.series("errors_total", "0x300 8+8x19 160x180")
    run.expectFiring(Self.page, 2, at: 315)
    run.expectFiring(Self.page, 1, at: 370)
    // The page over 90 minutes would last until 415.
    run.expectFiring(Self.page, nil, at: 400)
    try run.verify()
  }

  @Test("a few failures at low traffic alert nobody")
  func chance() throws {
    var run = RuleRun(try service().catalog)
    run.series("requests_total", "0+1x700")
    run.series("errors_total", "0x300 1x9 2x400")
    run.expectFiring("alertname=~\".+\"", nil, at: 305)
    run.expectFiring("alertname=~\".+\"", nil, at: 311)
    run.expectFiring("alertname=~\".+\"", nil, at: 320)
    try run.verify()
  }

  @Test("a young ledger takes what it has counted for the window's like")
  func allowance() throws {
    var run = RuleRun(try service().catalog)
    run.series("requests_total", "0+1000x120")
    run.series("errors_total", "0x120")
    run.expect("round(sum(slo:error_budget:allowance), 1)", 0.01 * 1_000 * 1_440, at: 60)
    run.expect("sum(slo:ledger:start)", 0, at: 60)
    try run.verify()
  }

  @Test("one failure is enough where none is allowed")
  func zeroTolerance() throws {
    var run = RuleRun(try service(target: "100%").catalog)
    run.series("requests_total", "0+10x120")
    run.series("errors_total", "0x60 1x60")
    run.expectFiring(Self.page, nil, at: 60)
    run.expectFiring(Self.page, 1, at: 62)
    run.expect("sum(slo:error_budget:remaining)", 1, at: 60)
    run.expect("sum(slo:error_budget:remaining)", 0, at: 62)
    try run.verify()
  }

  @Test("telemetry that vanishes opens a ticket")
  func telemetryLost() throws {
    var run = RuleRun(try service().catalog)
    run.series("requests_total", "0+10x60 _x60")
    run.series("errors_total", "0x60 _x60")
    run.expectFiring(#"alertname="TelemetryLost",urgency="ticket""#, nil, at: 70)
    run.expectFiring(#"alertname="TelemetryLost",urgency="ticket""#, 1, at: 80)
    try run.verify()
  }

  @Test("traffic that stops pages, and opens a ticket, when there was some at this time yesterday and a week ago")
  func trafficVanished() throws {
    var fixture = CatalogFixture()
    fixture.catalog.settings.interval = .minutes(5)
    fixture.catalog.settings.scrapeInterval = .minutes(5)
    fixture.indicator(try .failures("errors_total", of: "requests_total"))
    _ = try fixture.objective()
    var run = RuleRun(fixture.catalog, everyMinutes: 5)
    run.series("requests_total", "0+50x2040 102000x100")
    run.expectFiring(#"alertname="TrafficVanished""#, nil, at: 10_205)
    run.expectFiring(#"alertname="TrafficVanished",urgency="page""#, 1, at: 10_225)
    run.expectFiring(#"alertname="TrafficVanished",urgency="ticket""#, nil, at: 10_225)
    run.expectFiring(#"alertname="TrafficVanished",urgency="ticket""#, 1, at: 10_260)
    // Whoever was paged knows after six hours.
    run.expectFiring(#"alertname="TrafficVanished",urgency="page""#, nil, at: 10_600)
    run.expectFiring(#"alertname="TrafficVanished",urgency="ticket""#, 1, at: 10_600)
    try run.verify()
  }

  @Test("what comes by the clock may be a few minutes late")
  func latePunctualTraffic() throws {
    var fixture = CatalogFixture()
    fixture.catalog.settings.interval = .minutes(5)
    fixture.catalog.settings.scrapeInterval = .minutes(5)
    fixture.indicator(try .failures("errors_total", of: "requests_total"))
    _ = try fixture.objective()
    var run = RuleRun(fixture.catalog, everyMinutes: 5)
    // 60 events in the first five minutes of each hour, and once in the second.
    let hours = (0..<170).map { "\(60 * $0)x\($0 == 169 ? 12 : 11)" }
    run.series("requests_total", (hours + ["\(60 * 170)x40"]).joined(separator: " "))
    for minute in stride(from: 10_200, through: 10_220, by: 5) {
      run.expectFiring(#"alertname="TrafficVanished",urgency="page""#, nil, at: minute)
    }
    run.expect(#"count(ALERTS{alertname="TrafficVanished",urgency="page"})"#, 1, at: 10_200)
    run.expectFiring(#"alertname="TrafficVanished",urgency="page""#, 1, at: 10_265)
    try run.verify()
  }

  @Test("alerts say whose they are, where they go and what to read")
  func labels() throws {
    var fixture = try service(page: [ChannelID(0)]) { description in
      description.runbook = "budget.md"
      description.title = "{{ .Secret }}"
      description.labels = [
        NamedValue(name: at("team"), value: at("web")), NamedValue(name: at("slo"), value: at("other")),
      ]
    }
    fixture.catalog.channels = [
      Channel(service: fixture.service, name: at("on-call"), title: nil, kind: .log, span: here)
    ]
    fixture.catalog.settings.runbooksURL = "https://runbooks.example.com/"
    let rules = RuleLowering(catalog: fixture.catalog, zones: { _ in nil })
    let alert = try #require(rules.alerts(of: ObjectiveID(0)).first)
    #expect(
      alert.labels == [
        LabelPair("slo", "shop/availability"), LabelPair("service", "shop"), LabelPair("objective", "availability"),
        LabelPair("owner", "payments"), LabelPair("severity", "page"), LabelPair("urgency", "page"),
        LabelPair("notify", "shop/on-call"), LabelPair("team", "web"), LabelPair("long_window", "5m"),
      ]
    )
    #expect(alert.annotations.contains(LabelPair("runbook_url", "https://runbooks.example.com/budget.md")))
    let summary = try #require(alert.annotations.first { $0.name == "summary" })
    #expect(!summary.value.contains("{{ .Secret }}"))
    #expect(alert.keepFiringFor == .minutes(10))
  }

  @Test("an alert that fires tells what was spent, what is left, when that is gone, whose it is and what to read")
  func texts() throws {
    var fixture = try service { $0.runbook = "budget.md" }
    fixture.catalog.settings.runbooksURL = "https://runbooks.example.com/"
    var run = RuleRun(fixture.catalog)
    run.series("requests_total", "0+1000x400")
    run.series("errors_total", "0x300 200+200x99")
    let shown = try run.shownAlerts("ErrorBudgetBurn", at: 306)
    #expect(shown.contains(#"long_window="5m""#) && shown.contains(#"owner="payments""#), "\(shown)")
    #expect(shown.firstMatch(of: /[0-9.]+% of the error budget of shop\/availability spent in 5m/) != nil, "\(shown)")
    let description = /over 1d\. Budget left: -?[0-9.]+%\. At the pace .* is gone in [0-9hms ]+\. Owned by payments\./
    #expect(shown.firstMatch(of: description) != nil, "\(shown)")
    #expect(shown.contains("https://runbooks.example.com/budget.md"), "\(shown)")
  }

  @Test("no alerts are made where the author wants none")
  func none() throws {
    let rules = RuleLowering(catalog: try service(scheme: .none).catalog, zones: { _ in nil })
    #expect(rules.alerts(of: ObjectiveID(0)).isEmpty)
    #expect(rules.burnAlerts(for: ObjectiveID(0)).isEmpty)
  }
}

@Suite("Windows of burn-rate alerts")
struct BurnWindowTests {
  private func pairs(_ window: String, _ scheme: BurnAlerting.Scheme = .classic) throws -> [String] {
    let timing = RuleTiming(WorkspaceSettings())
    return BurnWindows(window: try TimeWindow(reading: window).nominalLength, timing: timing, scheme: scheme).plans.map
    {
      "\($0.urgency) \($0.longWindow) \($0.shortWindow) \($0.budgetShare) \($0.burnRate.multiple.decimalText(maximumFractionDigits: 2))"
    }
  }

  @Test("thirty days are watched with the Workbook's windows and burn rates")
  func workbook() throws {
    #expect(
      try pairs("30d") == [
        "page 1h 5m 2% 14.4", "page 6h 30m 5% 6", "ticket 1d 2h 10% 3", "ticket 3d 6h 10% 1",
      ]
    )
  }

  @Test(
    "pages by the budget spent let go by one short window, and spend the same shares whatever the window",
    arguments: [
      ("7d", ["page 15m 2m 2% 13.44", "page 1h30m 2m 5% 5.6", "ticket 6h 30m 10% 2.8", "ticket 18h 1h30m 10% 0.93"]),
      ("14d", ["page 30m 2m 2% 13.44", "page 3h 2m 5% 5.6", "ticket 12h 1h 10% 2.8", "ticket 1d12h 3h 10% 0.93"]),
      ("28d", ["page 1h 5m 2% 13.44", "page 6h 5m 5% 5.6", "ticket 1d 2h 10% 2.8", "ticket 3d 6h 10% 0.93"]),
      ("30d", ["page 1h 5m 2% 14.4", "page 6h 5m 5% 6", "ticket 1d 2h 10% 3", "ticket 3d 6h 10% 1"]),
      ("90d", ["page 1h 5m 2% 43.2", "page 6h 5m 5% 18", "ticket 1d 2h 10% 9", "ticket 3d 6h 10% 3"]),
      (
        "calendar week",
        ["page 15m 2m 2% 13.44", "page 1h30m 2m 5% 5.6", "ticket 6h 30m 10% 2.8", "ticket 18h 1h30m 10% 0.93"]
      ),
      ("calendar month", ["page 1h 5m 2% 14.4", "page 6h 5m 5% 6", "ticket 1d 2h 10% 3", "ticket 3d 6h 10% 1"]),
      ("calendar quarter", ["page 1h 5m 2% 43.2", "page 6h 5m 5% 18", "ticket 1d 2h 10% 9", "ticket 3d 6h 10% 3"]),
    ]
  )
  func budget(_ window: String, _ expected: [String]) throws {
    #expect(try pairs(window, .budget) == expected)
  }

  @Test("a week is watched with a quarter of them, for the same shares")
  func week() throws {
    #expect(
      try pairs("7d") == [
        "page 15m 2m 2% 13.44", "page 1h30m 8m 5% 5.6", "ticket 6h 30m 10% 2.8",
        "ticket 18h 1h30m 10% 0.93",
      ]
    )
  }

  @Test("no window is too short for its samples, and one that could not shrink spends more before it fires")
  func day() throws {
    let timing = RuleTiming(WorkspaceSettings())
    let plans = BurnWindows(window: .days(1), timing: timing, scheme: .budget).plans
    #expect(plans.allSatisfy { $0.longWindow >= .minutes(5) && $0.shortWindow >= .minutes(2) })
    let fastest = try #require(plans.first)
    #expect(fastest.longWindow == .minutes(5))
    #expect(fastest.burnRate.description == "13.44")
    #expect(fastest.budgetShare > (try Ratio(reading: "2%")))
  }

  @Test("a burn rate that not even an outage reaches stays in the table and has no rule")
  func unreachable() throws {
    var fixture = CatalogFixture()
    fixture.indicator(try .failures())
    let objective = try fixture.objective(target: "95%", over: "365d")
    let rules = RuleLowering(catalog: fixture.catalog, zones: { _ in nil })
    #expect(rules.burnAlerts(for: objective).map(\.burnRate.description).contains("175.2"))
    let windows = rules.alerts(of: objective).filter { $0.alert == "ErrorBudgetBurn" }.map { alert in
      alert.labels.first { $0.name == "long_window" }?.value
    }
    #expect(windows == ["3d"])
  }
}

extension RuleLowering {
  func alerts(of objective: ObjectiveID) -> [AlertRule] {
    groups(for: objective).flatMap(\.rules).compactMap { rule in
      if case .alert(let alert) = rule { alert } else { nil }
    }
  }
}
