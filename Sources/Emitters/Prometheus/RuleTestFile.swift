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
  static func text(of samples: SampleRuns) -> String { samples.runs.map(text).joined(separator: " ") }

  private static func text(of run: SampleRuns.Run) -> String {
    switch run {
    case .missing(let count): return "_x\(count)"
    case .even(let first, _, count: 1): return PromQLNumber(first).description
    case .even(let first, let step, let count):
      let growth = PromQLNumber(step.magnitude).description
      return "\(PromQLNumber(first).description)\(step < 0 ? "-" : "+")\(growth)x\(count - 1)"
    }
  }
}
