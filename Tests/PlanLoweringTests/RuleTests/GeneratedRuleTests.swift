import Emitters
import Foundation
import PlanModel
import TestSupport
import Testing

@testable import PlanLowering

@Suite("Tests that come with rule files")
struct GeneratedRuleTests {
  /// Every kind of thing that tests are made for, in one service.
  private static func sample(settings: String = "nines: v1\ninterval: 1m\nscrape-interval: 1m") throws -> Generated {
    try Generated(
      """
      nines: v1
      service: shop
      owner: payments
      policy: budget
      policies:
        budget:
          changes: [feature]
          levels:
            healthy: { when: remaining >= 50%, allow: all }
            low: { when: remaining < 50%, allow: [] }
            exhausted: { when: remaining < 10%, until: remaining > 30%, allow: [] }
      indicators:
        requests:
          good: http_requests_total{job="web", code!~"3..|401", outcome="success"}
          valid: http_requests_total{job="web", code!~"3..|401"}
        orders: { bad: order_errors_total, valid: orders_total }
        latency: { distribution: 'http_request_duration_seconds{job="web"}' }
        bandwidth: { distribution: download_bytes_per_second }
        deliveries: { good: 'deliveries_total{outcome="success"}', valid: deliveries_total }
        uptime:
          down-when: [ 'max(probe_success{job="web"}) == 0', failure_ratio(requests) > 50% for 1m ]
          excluding: [planned, provider]
        heap: { gauge: 'process_heap_bytes{job="web"}' }
      maintenance:
        planned: { notice: 48h, when: maintenance_active == 1 }
      exclusions:
        provider: { reason: a provider is down, when: max(fallback_active) == 1 }
      objectives:
        speed: bandwidth p50 > 5 MBps over 7d
        availability: requests >= 99.9% over 30d
        orders: orders >= 99.5% over 30d
        p95: latency p95 < 500ms over 7d
        p99: latency p99 < 1s over 7d
        by-platform: deliveries >= 99% over 30d by [platform]
        availability-of-api: uptime >= 99% over 30d
        memory: heap < 2 GiB at least 95% over 7d
        lossless: { objective: orders >= 100% over calendar month, intended: { zero-tolerance: none may be lost } }
      """,
      settings: settings
    )
  }

  @Test("promtool finds the rules to be as their tests say", arguments: ["1m", "30s"])
  func passes(_ interval: String) throws {
    let generated = try Self.sample(settings: "nines: v1\ninterval: \(interval)\nscrape-interval: 30s")
    let verdict = try generated.run()
    #expect(verdict.passes, "\(verdict.output)")
  }

  @Test("all that can go wrong is foreseen: silence, failures, gaps, levels and alerts")
  func covers() throws {
    let generated = try Self.sample()
    #expect(generated.tests.contains("without traffic"))
    #expect(generated.tests.contains("shop/availability\", urgency=\"page\", long_window=\"1h\""))
    #expect(generated.tests.contains("shop/availability\", urgency=\"ticket\", long_window=\"3d\""))
    #expect(generated.tests.contains("shop/p95\", urgency=\"page\", long_window=\"15m\""))
    #expect(generated.tests.contains("shop/lossless\", urgency=\"page\", long_window=\"1h\""))
    #expect(generated.tests.contains("level=\"exhausted\""))
    #expect(!generated.tests.contains("Not tested"))
  }

  /// Faults of rules, as they are written in the rule file.
  private static let faults: [(old: String, new: String)] = [
    ("> 0.02", "> 0.03"), ("> 0.1", "> 0.15"), ("> 0.05", "> 0.035"),
    ("- last_over_time(http_requests_total", "+ last_over_time(http_requests_total"),
    (" or vector(0)", ""), ("outcome=\"success\"", "outcome=\"successes\""), ("urgency: page", "urgency: ticket"),
    ("offset 30d", "offset 5m"), ("<= bool 0.3", "<= bool 0.1"), ("/ 0.001", "/ 0.01"),
  ]

  /// What the faults are in, and no more: promtool evaluates everything for each of them.
  private static let faulty = Result {
    try Generated(
      """
      nines: v1
      service: shop
      owner: payments
      policy: budget
      policies:
        budget:
          changes: [feature]
          levels:
            healthy: { when: remaining >= 10%, allow: all }
            exhausted: { when: remaining < 10%, until: remaining > 30%, allow: [] }
      indicators:
        requests:
          good: http_requests_total{job="web", code!~"3..|401", outcome="success"}
          valid: http_requests_total{job="web", code!~"3..|401"}
        orders: { bad: order_errors_total, valid: orders_total }
      objectives:
        availability: requests >= 99.9% over 30d
        orders: orders >= 99.5% over 30d
      """,
      settings: "nines: v1\ninterval: 1m\nscrape-interval: 1m"
    )
  }

  @Test("rules without a fault pass")
  func faultless() throws {
    let verdict = try Self.faulty.get().run()
    #expect(verdict.passes, "\(verdict.output)")
  }

  @Test("a fault in the rules does not pass", arguments: faults.indices)
  func notices(_ index: Int) throws {
    let fault = Self.faults[index]
    var generated = try Self.faulty.get()
    let changed = generated.rules.replacingOccurrences(of: fault.old, with: fault.new)
    try #require(changed != generated.rules, "no rule has '\(fault.old)'")
    generated.rules = changed
    #expect(try !generated.run().passes, "'\(fault.new)' in place of '\(fault.old)' goes unnoticed")
  }

  @Test("what nothing can be made up for is named, with the reason")
  func omissions() throws {
    let generated = try Generated(
      """
      nines: v1
      service: shop
      owner: payments
      indicators:
        requests:
          bad: { promql: 'sum(increase(a_total[$window]))' }
          valid: { promql: 'sum(increase(b_total[$window]))' }
        orders: { bad: order_errors_total, valid: orders_total }
      objectives:
        requests: requests >= 99% over 30d
        orders: orders >= 99% over 30d
      """
    )
    #expect(generated.tests.contains("# shop/requests is counted by a query of its own"))
    #expect(generated.tests.contains(#"slo="shop/orders""#))
    let verdict = try generated.run()
    #expect(verdict.passes, "\(verdict.output)")
  }

  @Test("objects of Kubernetes, which promtool does not read, come with a plain copy that is tested")
  func kubernetes() throws {
    let text = PlanText(
      """
      nines: v1
      service: shop
      owner: payments
      indicators: { orders: { bad: order_errors_total, valid: orders_total } }
      objectives: { orders: orders >= 99% over 30d }
      """,
      settings: "nines: v1\nformat: prometheus-rule"
    )
    try #require(text.errors == [])
    let files = Emission.artifacts(of: text.plan).filter { $0.path.hasPrefix("prometheus/") }
    #expect(
      files.map(\.path) == [
        "prometheus/shop.rules.yaml", "prometheus/tests/shop.pages.tests.yaml", "prometheus/tests/shop.rules.yaml",
        "prometheus/tests/shop.signals.tests.yaml", "prometheus/tests/shop.tests.yaml",
        "prometheus/tests/shop.tickets.tests.yaml",
      ]
    )
    #expect(files[0].text.contains("kind: PrometheusRule"))
    let tested = try #require(files.first { $0.path == "prometheus/tests/shop.tests.yaml" })
    let verdict = try Promtool.run(
      ["test", "rules", "shop.tests.yaml"],
      files: ["shop.rules.yaml": files[2].text, "shop.tests.yaml": tested.text]
    )
    #expect(verdict.passes, "\(verdict.output)")
  }
}

/// The rule file of the service `shop` and the files of its tests.
private struct Generated {
  var rules: String
  let files: [String: String]

  init(_ spec: String, settings: String = "nines: v1") throws {
    let text = PlanText(spec, settings: settings)
    try #require(text.errors == [])
    let artifacts = Emission.artifacts(of: text.plan).filter { $0.path.hasPrefix("prometheus/shop.") }
    rules = try #require(artifacts.first { $0.path.hasSuffix("/shop.rules.yaml") }).text
    let tests = artifacts.filter { $0.path.hasSuffix(".tests.yaml") }
    files = Dictionary(uniqueKeysWithValues: tests.map { (String($0.path.dropFirst("prometheus/".count)), $0.text) })
  }

  /// All of them, one after the other.
  var tests: String { files.sorted { $0.key < $1.key }.map(\.value).joined(separator: "\n") }

  func run() throws -> (passes: Bool, output: String) {
    try Promtool.run(
      ["test", "rules"] + files.keys.sorted(),
      files: files.merging(["shop.rules.yaml": rules]) { own, _ in own }
    )
  }
}
