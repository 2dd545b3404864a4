import PlanModel
import PromQL
import Testing

@testable import PlanLowering

@Suite("Panels, asked of Prometheus")
struct PlayedPanelTests {
  /// A shop that serves 100 visits and 40 orders a minute. From the tenth hour on 9 visits of 100 fail.
  private static func play(_ expectations: (PlanText, inout RuleRun) throws -> Void) throws {
    let settings = "nines: v1\ninterval: 1m\nscrape-interval: 1m"
    let text = PlanText(
      """
      nines: v1
      service: shop
      owner: web
      indicators:
        visits: { bad: 'visits_total{code="500"}', valid: visits_total }
        orders: { good: 'orders_total{outcome="done"}', valid: orders_total }
      objectives:
        visits: visits < 1% over 1d
        by-site: visits < 1% over 1d by [site]
        orders: orders >= 50% over 1d
      journeys:
        buying: { expectation: it works, steps: [visits, orders], objectives: { orders: orders >= 90% over 1d } }
      dashboards:
        main:
          panels:
            - { kind: compliance, of: [visits, by-site] }
            - { kind: exhaustion-forecast, of: [visits, orders] }
            - { kind: funnel, of: [buying] }
            - { kind: by-label, of: [orders], by: shelf }
            - { kind: annotations, of: [visits] }
            - { kind: traffic-and-errors, of: [visits] }
      """,
      settings: settings
    )
    try #require(text.errors == [])
    var run = RuleRun(text.catalog)
    run.series(#"up{job="shop",instance="a"}"#, "1x660")
    let shop = #"job="shop",instance="a""#
    run.series(#"visits_total{\#(shop),site="x",code="200"}"#, "0+50x660")
    run.series(#"visits_total{\#(shop),site="y",code="200"}"#, "0+50x600 30041+41x60")
    run.series(#"visits_total{\#(shop),site="y",code="500"}"#, "0x600 9+9x60")
    run.series(#"orders_total{\#(shop),shelf="1",outcome="done"}"#, "0+20x660")
    run.series(#"orders_total{\#(shop),shelf="2",outcome="done"}"#, "0+15x660")
    run.series(#"orders_total{\#(shop),shelf="2",outcome="failed"}"#, "0+5x660")
    try expectations(text, &run)
    try run.verify()
  }

  private static func query(_ text: PlanText, _ title: String, _ index: Int = 0) throws -> String {
    try #require(text.panel(title)).texts[index]
  }

  @Test("compliance joins targets to every budget, also to those that a label splits")
  func compliance() throws {
    try Self.play { text, run in
      let good = try Self.query(text, "Compliance")
      let target = try Self.query(text, "Compliance", 1)
      run.expect("count(\(good))", 3, at: 300)
      run.expect("count(\(target))", 3, at: 300)
      run.expect("round(sum(\(target)), 0.001)", 2.97, at: 300)
      // Rows of the table come together by their labels.
      run.expect("count(\(good) and \(target))", 3, at: 300)
    }
  }

  @Test("the forecast names the hour in which the budget is gone, and leaves out what lasts")
  func forecast() throws {
    try Self.play { text, run in
      let forecast = try Self.query(text, "Projected exhaustion of error budgets")
      run.expect("count(\(forecast))", nil, at: 590)
      // 540 of 66,000 visits failed, 0.82% of a 1% budget: 0.18 of it is left, and goes at a burn rate of 1.5.
      run.expect("round(sum(\(forecast) - time()) / 3600, 0.1)", 2.9, at: 660)
    }
  }

  @Test("a funnel counts what reached each step, and the share that did not get on")
  func funnel() throws {
    try Self.play { text, run in
      let visits = try Self.query(text, "Funnel: buying")
      run.expect("count(\(visits))", 1, at: 600)
      run.expect("round(sum(\(try Self.query(text, "Funnel: buying: lost between steps"))), 0.01)", 0.6, at: 600)
    }
  }

  @Test("a label without an objective is read from the counters, a value without failures too")
  func byLabel() throws {
    try Self.play { text, run in
      let shares = try Self.query(text, "Good share by shelf")
      run.expect("count(\(shares))", 2, at: 300)
      run.expect("round(min(\(shares)), 0.001)", 0.75, at: 300)
      run.expect("round(max(\(shares)), 0.001)", 1, at: 300)
    }
  }

  @Test("an incident's hour costs what its burn rate says of the window")
  func incidents() throws {
    try Self.play { text, run in
      let spent = try Self.query(text, "Impact of incidents on the budget")
      run.expect("round(sum(\(spent)), 0.001)", 0, at: 590)
      // 9% of failures burn nine times as fast as a budget of 1% allows, for one of 24 hours.
      run.expect("round(sum(\(spent)), 0.01)", 0.38, at: 660)
    }
  }

  @Test("traffic and failures are events a second")
  func traffic() throws {
    try Self.play { text, run in
      run.expect("round(60 * sum(\(try Self.query(text, "Traffic and errors"))))", 100, at: 650)
      run.expect("round(60 * sum(\(try Self.query(text, "Traffic and errors", 1))))", 9, at: 650)
    }
  }
}
