import PlanModel
import PromQL
import Testing

@testable import PlanLowering

@Suite("Panels, asked of Prometheus")
struct PlayedPanelTests {
  private static let spec = """
    nines: v1
    service: shop
    owner: web
    indicators:
      visits: { bad: 'visits_total{code="500"}', valid: visits_total }
      orders: { good: 'orders_total{outcome="done"}', valid: orders_total }
    objectives:
      visits: visits < 1% over 1d
      by-site: visits < 1% over 1d by [site]
    journeys:
      buying: { expectation: it works, steps: [visits, orders], objectives: { orders: orders >= 50% over 1d } }
    dashboards:
      main:
        panels:
          - { kind: compliance, of: [visits, by-site] }
          - { kind: exhaustion-forecast, of: [visits, buying/orders] }
          - { kind: funnel, of: [buying] }
          - { kind: by-label, of: [orders], by: shelf }
          - { kind: annotations, of: [visits] }
          - { kind: traffic-and-errors, of: [visits] }
    """

  /// 100 visits and 40 orders a minute, seen every 5 minutes. From the tenth hour on 9 visits of 100 fail. What is scraped
  /// with an evaluation counts in the next one, so that the eleventh hour is seen at 665 minutes.
  @Test("what panels ask for is what happened")
  func play() throws {
    let text = PlanText(Self.spec, settings: "nines: v1\ninterval: 5m\nscrape-interval: 5m")
    try #require(text.errors == [])
    func query(_ title: String, _ index: Int = 0) throws -> String { try #require(text.panel(title)).texts[index] }
    var run = RuleRun(text.catalog, everyMinutes: 5)
    let shop = #"job="shop",instance="a""#
    run.series(#"up{\#(shop)}"#, "1x132")
    run.series(#"visits_total{\#(shop),site="x",code="200"}"#, "0+250x132")
    run.series(#"visits_total{\#(shop),site="y",code="200"}"#, "0+250x120 30205+205x11")
    run.series(#"visits_total{\#(shop),site="y",code="500"}"#, "0x120 45+45x11")
    run.series(#"orders_total{\#(shop),shelf="1",outcome="done"}"#, "0+100x132")
    run.series(#"orders_total{\#(shop),shelf="2",outcome="done"}"#, "0+75x132")
    run.series(#"orders_total{\#(shop),shelf="2",outcome="failed"}"#, "0+25x132")

    // Rows of a table come together by their labels, also where a label splits an objective.
    let (good, target) = try (query("Compliance"), query("Compliance", 1))
    run.expect("count(\(good))", 3, at: 300)
    run.expect("count(\(good) and \(target))", 3, at: 300)
    run.expect("round(sum(\(target)), 0.001)", 2.97, at: 300)

    // 540 of 66,000 visits failed, 0.82% with a budget of 1%: 0.18 of it is left, and goes at a burn rate of 1.5.
    let forecast = try query("Projected exhaustion of error budgets")
    run.expect("count(\(forecast))", nil, at: 590)
    run.expect("round(sum(\(forecast) - time()) / 3600, 0.1)", 2.9, at: 665)

    // 60 of 100 visits end in no order.
    run.expect("round(sum(\(try query("Funnel: buying: lost between steps"))), 0.01)", 0.6, at: 600)

    // A value of a label without failures is all good, not missing.
    let shelves = try query("Good share by shelf")
    run.expect("count(\(shelves))", 2, at: 300)
    run.expect("round(min(\(shelves)), 0.001)", 0.75, at: 300)
    run.expect("round(max(\(shelves)), 0.001)", 1, at: 300)

    // 9% of failures burn nine times as fast as a budget of 1% allows, for one of 24 hours.
    let incident = try query("Impact of incidents on the budget")
    run.expect("round(sum(\(incident)), 0.001)", 0, at: 590)
    run.expect("round(sum(\(incident)), 0.01)", 0.38, at: 665)

    run.expect("round(60 * sum(\(try query("Traffic and errors"))))", 100, at: 650)
    run.expect("round(60 * sum(\(try query("Traffic and errors", 1))))", 9, at: 650)
    try run.verify()
  }
}
