import Emitters
import Foundation
import PlanModel
import PromQL
import Quantities
import SpecCatalog
import TestSupport
import Testing

@testable import PlanLowering

/// Rules of a catalog, printed as they are emitted and played by `promtool test rules` over series of one sample a minute.
struct RuleRun {
  private let groups: [RuleGroup]
  private var series: [(name: String, values: String)] = []
  private var expectations: [(minute: Int, query: String, value: Double?)] = []

  private let step: Int

  /// What is left out of the rules is for the test to give as series.
  ///
  /// promtool begins in 1970; with another start, rules are told that so much more time has passed.
  init(
    _ catalog: Catalog,
    everyMinutes step: Int = 1,
    leavingOut left: Set<String> = [],
    startingAt start: Instant = Instant(unixSeconds: 0),
    zones: @escaping @Sendable (String) -> TimeZoneRules? = { _ in nil }
  ) {
    let rules = RuleLowering(catalog: catalog, zones: zones)
    groups = rules.allGroups.map { $0.leavingOut(left).starting(at: start) }.filter { !$0.rules.isEmpty }
    self.step = step
  }

  /// Samples in promtool's notation, such as `0+60x1440`.
  mutating func series(_ name: String, _ values: String) {
    series.append((name, values))
  }

  /// What a query of one series without labels yields at a minute; nil for nothing.
  mutating func expect(_ query: String, _ value: Double?, at minute: Int) {
    expectations.append((minute, query, value))
  }

  /// How many alerts of a kind are firing; nil for none.
  mutating func expectFiring(_ matchers: String, _ count: Double?, at minute: Int) {
    expect(#"count(ALERTS{alertstate="firing",\#(matchers)})"#, count, at: minute)
  }

  /// Runs everything and reports what promtool says of it.
  func verify(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let groups = try neededGroups
    let rules = try Self.ruleFile(groups)
    let testFile = testFile(groups)
    for arguments in [["check", "rules", "rules.yaml"], ["test", "rules", "test.yaml"]] {
      let verdict = try Promtool.run(arguments, files: ["rules.yaml": rules, "test.yaml": testFile])
      #expect(verdict.passes, "\(verdict.output)", sourceLocation: sourceLocation)
    }
  }

  /// What promtool shows of the alerts with a name that fire at a minute, their templates expanded.
  func shownAlerts(_ name: String, at minute: Int) throws -> String {
    let lines = [
      "    alert_rule_test:", "      - eval_time: \(minute)m", "        alertname: \(name)", "        exp_alerts: []",
    ]
    let test = "\(testFile(groups))\n\(lines.joined(separator: "\n"))"
    let files = ["rules.yaml": try Self.ruleFile(groups), "test.yaml": test]
    return try Promtool.run(["test", "rules", "test.yaml"], files: files).output
  }

  /// The rules that what is expected follows from, and no others: promtool evaluates all that it is given at every step.
  private var neededGroups: [RuleGroup] {
    get throws {
      var read = try expectations.flatMap { try PromQLParser.parse($0.query).selectorUses.map(\.selector) }
      var needed = groups.map { _ in Set<Int>() }
      while let selector = read.popLast() {
        for (number, group) in groups.enumerated() {
          for (place, rule) in group.rules.enumerated() where rule.makes(selector) {
            guard needed[number].insert(place).inserted else { continue }
            read += rule.expression.selectorUses.map(\.selector)
          }
        }
      }
      return zip(groups, needed).compactMap { group, needed in
        var group = group
        group.rules = needed.sorted().map { group.rules[$0] }
        return group.rules.isEmpty ? nil : group
      }
    }
  }

  private static func ruleFile(_ groups: [RuleGroup]) throws -> String {
    // What is given and asked for may need no rule at all.
    if groups.isEmpty { return "groups: []\n" }
    let service = ServicePlan(
      name: "shop",
      title: "shop",
      description: nil,
      owner: "payments",
      stakeholders: [],
      tier: nil,
      links: [],
      journeys: [],
      objectives: [],
      agreements: [],
      groups: groups,
      dashboards: [],
      severities: [],
      rolloutStages: [],
      dependencies: [],
      pages: []
    )
    let workspace = WorkspacePlan(
      title: "tests",
      outputs: [.prometheus],
      format: .rules,
      interval: .minutes(1),
      labelNames: LabelNames(),
      dashboardsURL: nil
    )
    let plan = Plan(workspace: workspace, services: [service])
    return try #require(Emission.artifacts(of: plan).first { $0.path.hasPrefix("prometheus/") }).text
  }

  /// One test block: promtool evaluates all groups every minute from 1970 on.
  private func testFile(_ groups: [RuleGroup]) -> String {
    // promtool evaluates groups in any order unless it is told one, and looks back for five minutes only.
    let order = groups.map { "'\($0.name)'" }.joined(separator: ", ")
    var lines = ["rule_files: [rules.yaml]", "evaluation_interval: \(step)m", "group_eval_order: [\(order)]"]
    lines += ["tests:", "  - interval: \(step)m"]
    lines.append("    input_series:")
    for entry in series {
      lines.append("      - series: '\(entry.name)'")
      lines.append("        values: '\(entry.values)'")
    }
    lines.append("    promql_expr_test:")
    for expectation in expectations {
      lines.append("      - expr: '\(expectation.query)'")
      lines.append("        eval_time: \(expectation.minute)m")
      if let value = expectation.value {
        lines.append("        exp_samples: [{ labels: '{}', value: \(value) }]")
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension RuleGroup {
  /// With so much added to the time that rules ask for.
  fileprivate func starting(at start: Instant) -> RuleGroup {
    if start.unixSeconds == 0 { return self }
    var group = self
    group.rules = group.rules.map { rule in
      rule.mapExpression { expression in
        expression.rewritten { part in
          guard case .call(let call) = part, call.function == .time else { return part }
          return part.plus(.instant(start.unixSeconds))
        }
      }
    }
    return group
  }

  /// Without the recordings of these names.
  fileprivate func leavingOut(_ records: Set<String>) -> RuleGroup {
    var group = self
    group.rules.removeAll { rule in
      if case .recording(let rule) = rule { records.contains(rule.record) } else { false }
    }
    return group
  }
}

extension Rule {
  /// Whether some of what a selector reads may come of the rule.
  fileprivate func makes(_ selector: VectorSelector) -> Bool {
    switch self {
    case .recording(let rule): selector.metricName ?? rule.record == rule.record
    case .alert(let alert):
      selector.metricName == "ALERTS"
        && !selector.matchers.contains { $0.label == "alertname" && $0.operation == .equal && $0.value != alert.alert }
    }
  }
}

extension RuleLowering {
  /// Everything that the catalog's rules are.
  var allGroups: [RuleGroup] {
    let services = catalog.services.indices.map { ServiceID($0) }
    return workspaceGroups() + catalog.objectives.indices.flatMap { groups(for: ObjectiveID($0)) }
      + services.flatMap { [journeyGroup(of: $0), evaluationGroup(of: $0)].compactMap(\.self) + alertGroups(of: $0) }
  }

  /// The printed expression of the recording rule with a name, the first of them.
  func expression(_ record: String, of objective: ObjectiveID) -> String? {
    groups(for: objective).flatMap(\.rules).lazy.compactMap { rule in
      if case .recording(let rule) = rule, rule.record == record { rule.expression.description } else { nil }
    }.first
  }
}
