import Foundation
import PlanModel
import PromQL
import Quantities
import RuleReplay
import TestSupport
import Testing

/// Rules and a history, played here and by Prometheus itself (`promtool test rules`), from 1970 on.
struct PromtoolComparison {
  let groups: [RuleGroup]
  let inputs: [(labels: SeriesLabels, values: [Double?])]
  /// Seconds.
  var step = 30
  /// What tells the recorded series apart.
  var identity: [String] = [SeriesLabels.metricName]

  private static let alertIdentity = ["alertname", "long_window", "urgency", "slo"]

  private var grid: Grid {
    Grid(start: 0, step: step * 1_000, count: inputs.map(\.values.count).max() ?? 0)
  }

  /// The rules with a recording of each alert's condition behind them.
  private var groupsWithConditions: [RuleGroup] {
    let alerts = groups.flatMap(\.rules).compactMap { rule in
      if case .alert(let alert) = rule { alert } else { nil }
    }
    let conditions = alerts.enumerated().map { number, alert in
      Rule.recording(
        RecordingRule(
          record: "alert:condition",
          expression: alert.expression,
          labels: [LabelPair("number", String(number))]
        )
      )
    }
    if conditions.isEmpty { return groups }
    return groups + [RuleGroup(name: "conditions", interval: .seconds(step), rules: conditions)]
  }

  /// Every series at every moment, and the alerts that fire, compared bit by bit.
  func expectEqual(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let playback = try Replay(groupsWithConditions, over: inputs.map(\.labels), on: grid).play(inputs.map(\.values))
    #expect(playback.recorded.contains { $0.values.contains { $0 != nil } }, sourceLocation: sourceLocation)
    let files = ["rules.yaml": ruleFile, "test.yaml": testFile(playback)]
    let verdict = try Promtool.run(["test", "rules", "test.yaml"], files: files)
    #expect(verdict.passes, "\(verdict.output.prefix(4_000))", sourceLocation: sourceLocation)
  }

  // MARK: Files, in the part of YAML that is JSON

  private var ruleFile: String {
    let texts = groupsWithConditions.map { group in
      let rules = group.rules.map { rule in
        switch rule {
        case .recording(let rule):
          """
          {"record": \(quoted(rule.record)), "expr": \(quoted(rule.expression.description)), \
          "labels": \(mapping(rule.labels))}
          """
        case .alert(let rule):
          """
          {"alert": \(quoted(rule.alert)), "expr": \(quoted(rule.expression.description)), \
          "for": "\(rule.sustained)", "keep_firing_for": "\(rule.keepFiringFor)", "labels": \(mapping(rule.labels))}
          """
        }
      }
      return """
        {"name": \(quoted(group.name)), "interval": "\(step)s", "rules": [
        \(rules.joined(separator: ",\n"))
        ]}
        """
    }
    return "{\"groups\": [\(texts.joined(separator: ",\n"))]}"
  }

  private func testFile(_ playback: Playback) -> String {
    let series = inputs.map { input in
      "{\"series\": \(quoted(Self.text(of: input.labels))), \"values\": \"\(Self.notation(input.values))\"}"
    }
    return """
      {"rule_files": ["rules.yaml"], "evaluation_interval": "\(step)s",
      "group_eval_order": [\(groupsWithConditions.map { quoted($0.name) }.joined(separator: ", "))],
      "tests": [{"interval": "\(step)s", "input_series": [
      \(series.joined(separator: ",\n"))
      ], "promql_expr_test": [
      \((recordedChecks(playback) + alertChecks(playback)).joined(separator: ",\n"))
      ]}]}
      """
  }

  private func recordedChecks(_ playback: Playback) -> [String] {
    let names = Set(playback.recorded.map { $0.labels[SeriesLabels.metricName] }).sorted().joined(separator: "|")
    let query = "sum by (\(identity.joined(separator: ", "))) ({__name__=~'\(names)'})"
    let labels = playback.recorded.map { quoted(Self.text(of: $0.labels, identity)) }
    precondition(Set(labels).count == labels.count, "the identity tells the series apart")
    return (0..<grid.count).map { step in
      let samples = playback.recorded.indices.compactMap { index in
        playback.recorded[index].values[step].map { "{\"labels\": \(labels[index]), \"value\": \(number($0))}" }
      }
      return check(query, step, samples)
    }
  }

  private func alertChecks(_ playback: Playback) -> [String] {
    let query = "count by (\(Self.alertIdentity.joined(separator: ", "))) (ALERTS{alertstate='firing'})"
    if playback.alerts.isEmpty { return [] }
    return (0..<grid.count).map { step in
      let firing = playback.alerts.filter { $0.firing.contains { $0.contains(step) } }
      let counts = Dictionary(grouping: firing) { quoted(Self.text(of: $0.labels, Self.alertIdentity)) }
      return check(query, step, counts.map { "{\"labels\": \($0.key), \"value\": \($0.value.count)}" })
    }
  }

  private func check(_ query: String, _ index: Int, _ samples: [String]) -> String {
    """
    {"expr": \(quoted(query)), "eval_time": "\(index * step)s", "exp_samples": [\(samples.joined(separator: ", "))]}
    """
  }

  private static func text(of labels: SeriesLabels, _ kept: [String]? = nil) -> String {
    let pairs = labels.pairs.filter { $0.name != SeriesLabels.metricName && kept?.contains($0.name) != false }
    let metric = kept?.contains(SeriesLabels.metricName) == false ? "" : labels[SeriesLabels.metricName]
    return "\(metric){\(pairs.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ","))}"
  }

  /// A sample that is missing after one that was there ends the series.
  private static func notation(_ values: [Double?]) -> String {
    var before: Double?
    return values.map { value in
      defer { before = value }
      return value.map { "\($0)" } ?? (before == nil ? "_" : "stale")
    }.joined(separator: " ")
  }

  private func number(_ value: Double) -> String {
    value.isInfinite ? (value < 0 ? "-.inf" : ".inf") : "\(value)"
  }

  private func mapping(_ pairs: [LabelPair]) -> String {
    "{\(pairs.map { "\(quoted($0.name)): \(quoted($0.value))" }.joined(separator: ", "))}"
  }

  private func quoted(_ text: String) -> String {
    let escaped = text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
    return "\"\(escaped)\""
  }
}
