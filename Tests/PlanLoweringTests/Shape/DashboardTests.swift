import PlanModel
import PromQL
import Testing

@testable import PlanLowering

@Suite("Dashboards")
struct DashboardTests {
  static let shop = """
    nines: v1
    service: shop
    title: The Shop
    owner: web

    indicators:
      visits: { good: 'visits_total{code!~"5.."}', valid: visits_total }
      orders: { bad: 'orders_total{outcome="failed"}', valid: orders_total }
      latency: { distribution: request_duration_seconds }
      speed: { distribution: download_bits_per_second, unit: bits-per-second }
      heap: { gauge: heap_bytes, across: max }
      uptime: { down-when: [up == 0] }
      privacy:
        attested: { statement: nothing is kept, by: security, on: 2026-01-15, renew: 90d }

    objectives:
      visits: visits >= 99.9% over 30d
      uptime: uptime >= 99.9% over 30d
      privacy: privacy attested
    journeys:
      buying:
        title: Buying
        expectation: it works
        steps: [visits, orders]
        requires: [visits]
        objectives:
          orders: orders < 1% over 7d
          by-country: orders < 1% over 7d by [country]
          p95: latency p95 < 300ms over 7d
          speed: speed p90 > 5 Mbps over 7d
          heap: heap < 2 GiB over 7d
    """

  /// The shop with one dashboard of these panels.
  static func panels(_ panels: String..., settings: String = "nines: v1") throws -> [PanelPlan] {
    let lines = panels.map { "      - \($0)" }.joined(separator: "\n")
    let dashboards = "nines: v1\nservice: shop\ndashboards:\n  main:\n    panels:\n\(lines)\n"
    let text = PlanText(shop, dashboards, settings: settings)
    try #require(text.errors == [])
    return text.panels
  }

  @Test("a service without dashboards gets one that answers the usual questions")
  func standard() throws {
    let text = PlanText(Self.shop)
    #expect(text.errors == [])
    let dashboard = try #require(text.services.first?.dashboards.first)
    #expect(text.services.first?.dashboards.count == 1)
    #expect(dashboard.uid == "shop")
    #expect(dashboard.title == "The Shop")
    #expect(dashboard.path == "/d/shop")
    #expect(
      dashboard.panels.map(\.title) == [
        "Compliance", "Error budget remaining", "Projected exhaustion of error budgets", "Burn rate",
        "Error budget over time", "Traffic and errors", "Active alerts", "Quantiles: latency", "Quantiles: speed",
        "Value: heap", "Funnel: Buying", "Funnel: Buying: lost between steps", "Good share by country",
        "Impact of incidents on the budget",
      ]
    )
  }

  @Test("journeys with weights show what is left as their series has it")
  func journeys() throws {
    let panel = try #require(Self.panels("{ kind: budget-remaining, by: journey }").first)
    #expect(panel.texts == [#"min by (journey) (slo:journey:remaining{service="shop"})"#])
    #expect(panel.queries.first?.legend == "{{journey}}")
  }

  @Test("the burn rate that pages is marked, as each window has it", arguments: [("30d", "14.4"), ("90d", "43.2")])
  func pagingRate(_ window: String, _ rate: String) throws {
    let spec = """
      nines: v1
      service: shop
      owner: web
      indicators: { visits: { good: a_total, valid: b_total } }
      objectives: { visits: visits >= 99.9% over \(window) }
      """
    let panel = try #require(PlanText(spec).panel("Burn rate"))
    #expect(panel.thresholds.map(\.from) == [nil, "1", rate])
    #expect(panel.description.contains("From \(rate) on somebody is paged"))
    let silent = try #require(PlanText("\(spec)\nburn-alerts: { scheme: none }").panel("Burn rate"))
    #expect(silent.thresholds.map(\.from) == [nil, "1"])
  }

  @Test("a service of statements alone gets a dashboard that looks for nothing it cannot find")
  func statementsOnly() throws {
    let text = PlanText(
      """
      nines: v1
      service: vault
      owner: security
      indicators:
        privacy: { attested: { statement: nothing is kept, by: security, on: 2026-01-15, renew: 90d } }
      objectives: { privacy: privacy attested }
      """
    )
    #expect(text.errors == [])
    let recorded = text.recordedNames
    for query in text.panels.flatMap(\.queries) {
      for use in query.expression.selectorUses { #expect(recorded.contains(use.selector.metricName ?? "")) }
    }
    #expect(text.panel("Compliance") != nil)
  }

  @Test("compliance sets each objective's good share beside its target and what is left")
  func compliance() throws {
    let panel = try #require(Self.panels("{ kind: compliance, of: [visits, buying/orders] }").first)
    #expect(panel.visualization == .table)
    #expect(panel.queries.map(\.legend) == ["Good", "Target", "Budget remaining", "Window seen"])
    #expect(panel.texts.last == #"max by (slo) (slo:window:coverage{slo=~"shop/visits|shop/buying/orders"}) < 1"#)
    #expect(panel.texts.first == #"min by (slo) (slo:success:ratio{slo=~"shop/visits|shop/buying/orders"})"#)
    #expect(panel.thresholds.map(\.from) == [nil, "0"])
  }

  @Test("targets of split objectives are joined to each of their budgets")
  func splitTargets() throws {
    let panel = try #require(Self.panels("{ kind: compliance, of: [buying/by-country] }").first)
    let slo = #"slo="shop/buying/by-country""#
    #expect(
      panel.texts[1]
        == "0 * min by (slo, country) (slo:success:ratio{\(slo)}) + on (slo) group_left () "
        + "max by (slo) (slo:objective:target{\(slo)})"
    )
  }

  @Test("a journey stands for all its objectives and those that it requires")
  func journeySubject() throws {
    let panel = try #require(Self.panels("{ kind: budget-remaining, of: [buying] }").first)
    let names = ["buying/orders", "buying/by-country", "buying/p95", "buying/speed", "buying/heap", "visits"]
    let pattern = names.map { "shop/\($0)" }.joined(separator: "|")
    #expect(panel.texts == [#"min by (slo, country) (slo:error_budget:remaining{slo=~"\#(pattern)"})"#])
    #expect(panel.queries.first?.legend == "{{slo}} {{country}}")
  }

  @Test("what is left is grouped by a label under the name that the workspace gives it")
  func renamedLabels() throws {
    let settings = "nines: v1\nlabel-names: { service: team_service, slo: objective_name }"
    let panels = try Self.panels(
      "{ kind: budget-remaining, by: service }",
      "{ kind: burn-rate, of: [visits] }",
      "active-alerts",
      settings: settings
    )
    #expect(panels[0].texts == [#"min by (team_service) (slo:error_budget:remaining{team_service="shop"})"#])
    #expect(panels[0].queries.first?.legend == "{{team_service}}")
    #expect(
      panels[1].texts.first
        == #"max by (objective_name) (slo:burn_rate{objective_name="shop/visits", window="1h"})"#
    )
    #expect(panels[2].text == #"{team_service="shop"}"#)
  }

  @Test("the forecast divides what is left by the burn rate, and knows what is gone already")
  func forecast() throws {
    let panel = try #require(Self.panels("{ kind: exhaustion-forecast, of: [visits] }").first)
    let left = #"min by (slo) (slo:error_budget:remaining{slo="shop/visits"})"#
    let burn = #"max by (slo) (slo:burn_rate{slo="shop/visits", window="6h"})"#
    #expect(panel.unit == .date)
    #expect(panel.texts == ["time() + (0 * (\(left) <= 0) or \(left) * 2592000 / (\(burn) > 0) < 2592000)"])
  }

  @Test("objectives of different windows are forecast with their own lengths")
  func mixedWindows() throws {
    let panel = try #require(Self.panels("{ kind: exhaustion-forecast, of: [visits, buying/orders] }").first)
    let text = try #require(panel.texts.first)
    #expect(panel.queries.count == 1)
    #expect(text.contains(#"slo:error_budget:remaining{slo="shop/visits"}) * 2592000"#))
    #expect(text.contains(#"slo:error_budget:remaining{slo="shop/buying/orders"}) * 604800"#))
    #expect(!text.contains("=~"))
  }

  @Test("traffic and failures come from the ledgers, and from the counters where there are none")
  func traffic() throws {
    let panel = try #require(Self.panels("{ kind: traffic-and-errors, of: [orders, latency] }").first)
    #expect(
      panel.texts == [
        #"sum(rate(slo:total:ledger{slo="shop/buying/orders"}[5m]))"#,
        #"sum(rate(slo:bad:ledger{slo="shop/buying/orders"}[5m]))"#,
        #"sum(rate(slo:total:ledger{slo="shop/buying/p95"}[5m]))"#,
      ]
    )
    #expect(panel.queries.map(\.legend) == ["orders", "orders, failed", "latency"])
  }

  @Test("rates of ledgers reach over several intervals however long those are")
  func slowIntervals() throws {
    let panels = try Self.panels("{ kind: traffic-and-errors, of: [visits] }", settings: "nines: v1\ninterval: 5m")
    #expect(panels.first?.texts.first == #"sum(rate(slo:total:ledger{slo="shop/visits"}[20m]))"#)
  }

  @Test("a funnel counts its steps in order, and what is lost between them")
  func funnel() throws {
    let panels = try Self.panels("{ kind: funnel, of: [buying] }")
    let visits = #"sum(increase(slo:total:ledger{slo="shop/visits"}[7d]))"#
    let orders = #"sum(increase(slo:total:ledger{slo="shop/buying/orders"}[7d]))"#
    #expect(panels.map(\.visualization) == [.bargauge, .bargauge])
    #expect(panels[0].texts == [visits, orders])
    #expect(panels[0].queries.map(\.legend) == ["visits", "orders"])
    #expect(panels[1].texts == ["clamp_min(1 - \(orders) / (\(visits) > 0), 0)"])
    #expect(panels[1].queries.map(\.legend) == ["visits → orders"])
  }

  @Test("a label that splits an objective is read from what is recorded, another from the counters")
  func byLabel() throws {
    let panels = try Self.panels(
      "{ kind: by-label, of: [orders], by: country }",
      "{ kind: by-label, of: [orders], by: shop_id }"
    )
    #expect(panels[0].texts == [#"min by (country) (slo:success:ratio{slo="shop/buying/by-country"})"#])
    let total = "sum by (shop_id) (rate(orders_total[1h]))"
    let bad = #"sum by (shop_id) (rate(orders_total{outcome="failed"}[1h]))"#
    #expect(panels[1].texts == ["1 - (\(bad) or 0 * \(total)) / (\(total) > 0)"])
    #expect(panels[1].thresholds.last?.from == "0.99")
  }

  @Test("heatmaps and quantiles read the histograms, one panel for each")
  func histograms() throws {
    let panels = try Self.panels(
      "{ kind: latency-heatmap, title: Heat, of: [latency] }",
      "{ kind: quantiles, of: [latency, speed] }"
    )
    #expect(panels.map(\.title) == ["Heat", "Quantiles: latency", "Quantiles: speed"])
    #expect(panels[0].texts == ["sum by (le) (increase(request_duration_seconds_bucket[5m]))"])
    #expect(panels[0].queries.map(\.isHeatmap) == [true])
    #expect(panels[1].unit == .seconds)
    #expect(panels[1].queries.map(\.legend) == ["p50", "p95", "p99"])
    #expect(panels[1].thresholds.map(\.from) == [nil, "0.3"])
    // 90% have to be faster than the bound, so the tenth percentile is the one to watch.
    #expect(panels[2].queries.map(\.legend) == ["p10", "p50", "p95", "p99"])
    #expect(panels[2].thresholds.map(\.color) == [.red, .green])
    #expect(panels[2].unit == PanelPlan.Unit.none)
    #expect(panels[2].description.contains("bit/s"))
  }

  @Test("budgets are coloured by the levels of the policy that rules them all")
  func policyColors() throws {
    let spec = """
      nines: v1
      service: shop
      owner: web
      policy: careful
      indicators: { visits: { good: a_total, valid: b_total } }
      objectives: { visits: visits >= 99.9% over 30d }
      policies:
        careful:
          changes: [feature]
          levels:
            fine: { when: remaining > 40%, allow: all }
            low: { when: remaining <= 40%, allow: all }
            gone: { when: remaining <= 5%, allow: none }
      """
    let panel = try #require(PlanText(spec).panel("Error budget remaining"))
    #expect(panel.thresholds.map(\.from) == [nil, "0.05", "0.4"])
    #expect(panel.thresholds.map(\.color) == [.red, .orange, .green])
  }

  @Test("a panel whose subjects have nothing to show says so")
  func nothing() throws {
    let panel = try #require(Self.panels("{ kind: latency-heatmap, of: [visits] }").first)
    #expect(panel.visualization == .text)
    #expect(panel.text?.contains("latency-heatmap") == true)
  }
}

@Suite("Identifiers of dashboards")
struct DashboardUIDTests {
  @Test(
    "a name that fits is kept, so that addresses stay the same from version to version",
    arguments: [("studio", "studio"), ("studio/studio-health", "studio_studio-health")]
  )
  func kept(_ name: String, _ uid: String) { #expect(DashboardUID.text(of: name) == uid) }

  @Test("names that would be spelled alike have identifiers of their own")
  func distinct() {
    let long = String(repeating: "a", count: 60)
    let names = ["a/b-c", "a-b/c", "a_b/c", "A-b/c", "\(long)/x", "\(long)/y", long, "ü/x", "ä/x"]
    let uids = names.map(DashboardUID.text)
    #expect(Set(uids.map { $0.lowercased() }).count == names.count)
    for uid in uids {
      #expect(uid.utf8.count <= 40)
      #expect(uid.wholeMatch(of: /[a-zA-Z0-9_-]+/) != nil)
    }
  }

  @Test("a name that is cut ends in the same hash in every version")
  func hash() {
    #expect(
      DashboardUID.text(of: "a-service-with-quite-a-long-name/and-a-dashboard")
        == "a-service-with-quite-a-long-nam-f0c1ae19"
    )
  }
}

@Suite("Links from alerts to dashboards")
struct DashboardLinkTests {
  private func links(_ dashboards: String, outputs: String = "[prometheus, grafana]") -> Set<String?> {
    let spec = """
      nines: v1
      service: shop
      owner: web
      indicators: { visits: { good: a_total, valid: b_total } }
      objectives: { visits: visits >= 99.9% over 30d }
      \(dashboards)
      """
    let text = PlanText(spec, settings: "nines: v1\ndashboards-url: https://g.example.com\noutputs: \(outputs)")
    let rules = text.services.flatMap { $0.groups + $0.objectives.flatMap(\.groups) }.flatMap(\.rules)
    let annotations = rules.compactMap { rule -> [LabelPair]? in
      if case .alert(let alert) = rule, alert.alert == "ErrorBudgetBurn" { alert.annotations } else { nil }
    }
    return Set(annotations.map { $0.first { $0.name == AlertAnnotation.dashboard }?.value })
  }

  @Test(
    "an alert links to the stated path, else to where Grafana serves the first dashboard or the one made for everybody"
  )
  func links() {
    #expect(links("") == ["https://g.example.com/d/shop"])
    #expect(links("dashboards: { main: { panels: [compliance] } }") == ["https://g.example.com/d/shop_main"])
    let second = "dashboards: { main: { panels: [compliance] }, other: { path: /x, panels: [compliance] } }"
    #expect(links(second) == ["https://g.example.com/x"])
    #expect(links("", outputs: "[prometheus]") == [nil])
  }
}
