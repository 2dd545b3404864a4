import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Evaluations that do not happen, as if another evaluator's samples had a hole: promtool leaves none out.
struct EvaluationTest: Sendable {
  let service: String
  let labelNames: LabelNames
  let interval: TimeSpan

  /// In evaluations: a little more than an hour without a miss, then the hole, then as long as it takes to tell.
  private var before: Int { evaluations(.minutes(66)) }
  private var hole: Int { evaluations(.minutes(10)) }
  private var after: Int { evaluations(.minutes(2)) }

  private func evaluations(_ span: TimeSpan) -> Int { Int((span / interval).floor) }

  /// nil where evaluations are so rare that one of them is more than a tenth of an hour's, or too many for a test.
  var test: RuleTest? {
    guard interval >= .seconds(15), interval <= .minutes(1) else { return nil }
    let values: [Double?] =
      Array(repeating: 1, count: before) + Array(repeating: nil, count: hole) + Array(repeating: 1, count: after)
    let labels = [
      LabelPair(labelNames.service, service), LabelPair(labelNames.slo, "\(service)/evaluated-elsewhere"),
    ].sorted { $0.name < $1.name }
    return RuleTest(
      name: "missed evaluations are told once they go on",
      series: [
        TestSeries(metric: RecordName.target.rawValue, labels: labels, values: values),
        TestSeries(metric: RecordName.ledgerStart.rawValue, labels: labels, values: values.map { $0.map { _ in 0 } }),
      ],
      checks: [
        check(at: before - 1, isFiring: false),
        check(at: before + hole + evaluations(.minutes(1)), isFiring: true),
      ]
    )
  }

  private func check(at evaluation: Int, isFiring: Bool) -> RuleCheck {
    let firing = VectorSelector(
      "ALERTS",
      [.equal("alertname", EvaluationAlert.name), .equal("alertstate", "firing"), .equal(labelNames.service, service)]
    )
    return RuleCheck(
      time: interval * Rational(evaluation),
      query: .count(.selector(firing)),
      expected: isFiring ? [ExpectedSample(labels: [], value: PromQLNumber(events: 1))] : []
    )
  }
}
