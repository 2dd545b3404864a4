import Emitters
import Foundation
import PlanModel
import PromQL
import SpecCatalog
import TestSupport
import Testing

@testable import PlanLowering

@Suite("Rules in the dialect of the system that evaluates them")
struct DialectLoweringTests {
  /// Ratios of both sides, a histogram, split and unsplit, calendar and rolling windows, levels and maintenance.
  static let shop = """
    nines: v1
    service: shop
    owner: payments
    policy: budget
    policies:
      budget:
        changes: [feature]
        levels:
          healthy: { when: remaining >= 50%, allow: all }
          exhausted: { when: remaining < 50%, until: remaining > 70%, allow: [] }
    exclusions:
      upgrade: { reason: the database is upgraded, when: shop_upgrade_active == 1 }
    indicators:
      requests:
        good: http_requests_total{job="web", outcome="success"}
        valid: http_requests_total{job="web"}
      orders: { bad: order_errors_total, valid: orders_total, excluding: [upgrade] }
      latency: { distribution: 'http_request_duration_seconds{job="web"}' }
    objectives:
      availability: requests >= 99.9% over 30d
      by-platform: requests >= 99% over 30d by [platform]
      orders: orders >= 99.5% over calendar month
      p95: latency p95 < 500ms over 7d
    """

  static func text(_ dialect: Dialect, _ more: String = "") throws -> PlanText {
    let text = PlanText(shop, settings: "nines: v1\ndialect: \(dialect.rawValue)\n\(more)")
    try #require(text.errors == [])
    return text
  }

  @Test("the tests that come with the rules pass in every dialect", arguments: Dialect.allCases)
  func tested(_ dialect: Dialect) throws {
    let files = Emission.artifacts(of: try Self.text(dialect).plan).filter { $0.path.hasPrefix("prometheus/") }
    let folder = dialect == .thanos ? "prometheus/tests" : "prometheus"
    #expect(files.contains { $0.path == "\(folder)/shop.tests.yaml" })
    let verdict = try Promtool.run(
      ["test", "rules", "shop.tests.yaml"],
      files: Dictionary(
        uniqueKeysWithValues: files.filter { $0.path.hasPrefix("\(folder)/shop.") }.map {
          (String($0.path.dropFirst(folder.count + 1)), $0.text)
        }
      )
    )
    #expect(verdict.passes, "\(verdict.output)")
  }

  @Test("rules of Prometheus 2.42 are left as they are", arguments: ["shop/availability", "shop/orders"])
  func unchanged(_ name: String) throws {
    let objective = try #require(try Self.text(.prometheus2).objective(name))
    #expect(objective.groups.flatMap(\.rules).contains { $0.keptFor > 0 })
    #expect(!objective.expressions.contains { $0.contains("1ms") })
    #expect(objective.groups.allSatisfy { $0.partialResponse == nil })
  }

  // MARK: Ranges

  @Test(
    "ledgers are read a millisecond further back where a range may leave out its start, and nothing else is",
    arguments: [Dialect.prometheus3, .mimir, .thanos]
  )
  func widened(_ dialect: Dialect) throws {
    let plain = try #require(try Self.text(.prometheus2).objective("shop/availability")).expressions
    let widened = try #require(try Self.text(dialect).objective("shop/availability")).expressions
    #expect(plain.count == widened.count)
    #expect(widened.contains { $0.contains("increase(slo:total:ledger") && $0.contains("[1h1ms]") })
    #expect(widened.map { $0.replacing("1ms]", with: "]") } == plain)
    for text in widened {
      #expect(text.matches(of: /1ms\]/).count == text.matches(of: /increase\(slo:/).count, "\(text)")
    }
  }

  // MARK: Partial responses

  @Test("groups of a Thanos ruler refuse partial responses, and promtool has a copy that it can read")
  func partialResponses() throws {
    let text = try Self.text(.thanos)
    let groups = text.plan.workspace.groups + text.services.flatMap { $0.objectives.flatMap(\.groups) + $0.groups }
    #expect(!groups.isEmpty && groups.allSatisfy { $0.partialResponse == .abort })
    let files = Emission.artifacts(of: text.plan)
    let rules = try #require(files.first { $0.path == "prometheus/shop.rules.yaml" }).text
    #expect(rules.contains("\n    partial_response_strategy: abort\n"))
    let plain = try #require(files.first { $0.path == "prometheus/tests/shop.rules.yaml" }).text
    #expect(!plain.contains("partial_response_strategy"))
    let drop = { (text: String) in text.split(separator: "\n").filter { !$0.hasPrefix("#") && !$0.contains("partial") }
    }
    #expect(drop(rules) == drop(plain))
  }

  // MARK: VictoriaMetrics

  @Test("a ledger adds what the evaluation before has recorded, and a delta reads no other delta")
  func delayed() throws {
    for name in ["shop/availability", "shop/by-platform", "shop/orders", "shop/p95"] {
      let objective = try #require(try Self.text(.victoriaMetrics).objective(name))
      let rules = objective.groups.flatMap(\.rules)
      for case .recording(let rule) in rules {
        let uses = rule.expression.selectorUses.filter { $0.selector.metricName?.hasSuffix(":delta") == true }
        if rule.record.hasSuffix(":delta") {
          #expect(uses.isEmpty, "\(rule.expression)")
          #expect(!rule.expression.description.contains("slo:exclusion:active"))
        }
        #expect(uses.allSatisfy { $0.selector.offset == .seconds(30) && $0.range == .fixed(.seconds(30)) })
      }
      #expect(rules.contains { $0.expression.description.contains("slo:total:delta") })
    }
  }

  @Test("no rule keeps an alert firing, and none of a group's rules is one too many")
  func kept() throws {
    for objective in try Self.text(.victoriaMetrics).services.flatMap(\.objectives) {
      #expect(objective.groups.flatMap(\.rules).allSatisfy { $0.keptFor == 0 })
      #expect(objective.groups.allSatisfy { $0.rules.count <= 20 })
      #expect(Set(objective.groups.map(\.name)).count == objective.groups.count)
    }
  }
}

@Suite("An alert that goes on without 'keep_firing_for'")
struct KeptConditionTests {
  /// The same alert as Prometheus keeps it firing, and as the recorded condition does.
  private static func groups(splitBy: [String]) -> [RuleGroup] {
    let sum = PromQLExpression.sum(.selector("errors"), grouping: splitBy.isEmpty ? nil : .by(splitBy))
    func alert(_ name: String) -> RuleGroup {
      let alert = AlertRule(
        alert: name,
        expression: sum.greater(than: 5),
        sustained: .zero,
        keepFiringFor: .minutes(10),
        labels: [LabelPair("slo", "a"), LabelPair("urgency", "page"), LabelPair("note", "{{ $value }}")],
        annotations: []
      )
      return RuleGroup(name: name, interval: .minutes(1), rules: [.alert(alert)])
    }
    return [alert("Native")] + KeptConditions(splitBy: splitBy, labelNames: LabelNames()).lowered([alert("Lowered")])
  }

  @Test("fires and lets go at the same evaluations", arguments: [[], ["platform"]])
  func same(_ splitBy: [String]) throws {
    let files = [
      "rules.yaml": try RuleFiles.text(of: Self.groups(splitBy: splitBy)),
      "test.yaml": Self.test(splitBy.isEmpty ? #"{slo="a"}"# : #"{slo="a", platform="ios"}"#),
    ]
    let verdict = try Promtool.run(["test", "rules", "test.yaml"], files: files)
    #expect(verdict.passes, "\(verdict.output)")
  }

  /// Ten minutes after the last failing minute, which is the sixth; then again for one minute, and through a gap.
  private static func test(_ labels: String) -> String {
    let firing = { (name: String) in #"max by (slo, platform) (ALERTS{alertname="\#(name)", alertstate="firing"})"# }
    var lines = [
      "rule_files: [rules.yaml]", "evaluation_interval: 1m",
      "group_eval_order: ['Native', 'Lowered:conditions', 'Lowered']", "tests:", "  - interval: 1m",
      "    input_series:",
      #"      - series: 'errors{platform="ios"}'"#, "        values: '0x2 9x3 0x20 9 0x40 9 _x5 0x60'",
      "    promql_expr_test:",
    ]
    for minute in 0..<130 {
      // Whichever fires alone would be left over.
      lines.append(
        "      - expr: '\(firing("Native")) unless \(firing("Lowered")) or \(firing("Lowered")) unless \(firing("Native"))'"
      )
      lines.append("        eval_time: \(minute)m")
    }
    for (minute, fires) in [
      (2, false), (3, true), (6, true), (16, true), (17, false), (28, true), (38, true), (39, false),
    ] {
      lines.append("      - expr: '\(firing("Lowered"))'")
      lines.append("        eval_time: \(minute)m")
      if fires { lines.append("        exp_samples: [{ labels: '\(labels)', value: 1 }]") }
    }
    return lines.joined(separator: "\n")
  }
}

/// Groups printed as they are emitted.
enum RuleFiles {
  static func text(of groups: [RuleGroup]) throws -> String {
    var plan = PlanText("nines: v1\nservice: shop\nowner: payments").plan
    plan.services = plan.services.map { service in
      var service = service
      service.groups = groups
      return service
    }
    return try #require(Emission.artifacts(of: plan).first { $0.path == "prometheus/shop.rules.yaml" }).text
  }
}

extension Rule {
  /// For how many seconds the alert goes on after its condition stopped holding.
  fileprivate var keptFor: Double {
    guard case .alert(let alert) = self else { return 0 }
    return alert.keepFiringFor.seconds.doubleValue
  }
}

extension ObjectivePlan {
  fileprivate var expressions: [String] { groups.flatMap(\.rules).map(\.expression.description) }
}
