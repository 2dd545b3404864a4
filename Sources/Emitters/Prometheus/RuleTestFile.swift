import PlanModel
import PromQL
import Quantities
import StructuredText

/// The tests of a rule file, for `promtool test rules`.
struct RuleTestFile {
  /// The name of the rule file, which lies beside it.
  let rules: String
  let path: String
  /// The groups of the rule file in the order in which they are evaluated.
  let groups: [String]
  let suite: RuleTestSuite
  /// What no test of the service says anything of.
  let omissions: [RuleTestOmission]

  var artifact: Artifact {
    let document: YAMLValue = [
      "rule_files": [.string(rules)],
      "evaluation_interval": .string(suite.step.prometheusText),
      // Recordings come before what reads them, as they do within a group.
      "group_eval_order": .sequence(groups.map { .string($0) }),
      "tests": .sequence(suite.tests.map(test)),
    ]
    return Artifact(path: path, .commented(header, document))
  }

  private var header: String {
    let omitted = omissions.map { "\($0.subject) \($0.reason)." }
    let list = omitted.isEmpty ? [] : ["", "Not tested:"] + omitted
    return
      ([
        "Written by nines: what the rules of \(rules) have to make of made-up metrics.",
        "\(suite.summary).",
        "Run with: promtool test rules \(path.split(separator: "/").last ?? "")",
      ] + list).joined(separator: "\n")
  }

  private func test(_ test: RuleTest) -> YAMLValue {
    [
      "name": .string(test.name),
      "interval": .string(test.interval.prometheusText),
      "input_series": .sequence(
        test.series.map { series in
          [
            "series": .string(PromQLExpression.selector(series.selector).description),
            "values": .string(SampleNotation.text(of: series.values)),
          ]
        }
      ),
      "promql_expr_test": .sequence(test.checks.map(check)),
    ]
  }

  private func check(_ check: RuleCheck) -> YAMLValue {
    .record([
      "expr": .string(ExpressionLayout.text(of: check.query)),
      "eval_time": .string(check.time.prometheusText),
      "exp_samples": check.expected.isEmpty
        ? nil
        : .sequence(
          check.expected.map { sample in
            [
              "labels": .string(VectorSelector(nil, sample.labels.map { .equal($0.name, $0.value) }).description),
              "value": NumberText(sample.value.description).map { .number($0) } ?? .string(sample.value.description),
            ]
          }
        ),
    ])
  }
}

extension TestSeries {
  fileprivate var selector: VectorSelector {
    VectorSelector(metric, labels.map { .equal($0.name, $0.value) })
  }
}

/// promtool's notation of samples: `0+60x9` for ten that grow by 60, `_x3` for three that are missing.
enum SampleNotation {
  static func text(of values: [Double?]) -> String {
    var parts: [String] = []
    var start = 0
    while start < values.count {
      let end = endOfRun(in: values, from: start)
      parts.append(part(values, start..<end))
      start = end
    }
    return parts.joined(separator: " ")
  }

  /// Where samples stop being missing, or stop growing evenly.
  private static func endOfRun(in values: [Double?], from start: Int) -> Int {
    var end = start + 1
    guard let first = values[start] else {
      while end < values.count, values[end] == nil { end += 1 }
      return end
    }
    guard end < values.count, let second = values[end] else { return end }
    var last = second
    end += 1
    while end < values.count, let next = values[end], next - last == second - first {
      last = next
      end += 1
    }
    return end
  }

  private static func part(_ values: [Double?], _ run: Range<Int>) -> String {
    guard let first = values[run.lowerBound] else { return "_x\(run.count)" }
    let start = PromQLNumber(first).description
    guard run.count > 1, let second = values[run.lowerBound + 1] else { return start }
    let step = PromQLNumber((second - first).magnitude).description
    return "\(start)\(second < first ? "-" : "+")\(step)x\(run.count - 1)"
  }
}
