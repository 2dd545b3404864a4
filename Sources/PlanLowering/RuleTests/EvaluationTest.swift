import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Evaluations that do not happen, as if another evaluator's samples had a hole: promtool leaves none out.
///
/// The samples of most evaluations are given, so that few have to be made.
struct EvaluationTest: Sendable {
  let service: String
  let labelNames: LabelNames
  /// From one evaluation to the next, and between those that promtool makes.
  let interval: TimeSpan
  let step: TimeSpan
  /// What every evaluation leaves behind, one sample for each objective.
  let beats: [ExpectedSample]

  /// The last evaluation by promtool before the hole, the hole between two of them, and the one behind.
  private var before: TimeSpan { step * 5 }
  private var hole: Range<TimeSpan> { (before + .minutes(2))..<(before + .minutes(12)) }
  private var after: TimeSpan { step * 6 }

  /// nil where nothing is left behind, and where evaluations are so rare that one of them is more than a tenth of an
  /// hour's, or too many for a test.
  var test: RuleTest? {
    guard !beats.isEmpty, interval >= .seconds(15), interval <= .minutes(1) else { return nil }
    let count = (after / interval).floor
    return RuleTest(
      name: "missed evaluations are told once they go on",
      interval: interval,
      series: beats.map { beat in
        TestSeries(
          metric: RecordName.target.rawValue,
          labels: beat.labels,
          values: (0...count).map { hole.contains(interval * Rational($0)) ? nil : beat.value.value }
        )
      },
      checks: [check(at: before, isFiring: false), check(at: after, isFiring: true)]
    )
  }

  /// The constant that a rule records of an objective's target, as it is evaluated every time; nil for any other rule.
  static func beat(of rule: Rule) -> ExpectedSample? {
    guard case .recording(let recording) = rule, recording.record == RecordName.target.rawValue,
      case .call(let call) = recording.expression, case .number(let number)? = call.arguments.first
    else { return nil }
    return ExpectedSample(labels: recording.labels.sorted { $0.name < $1.name }, value: number)
  }

  private func check(at time: TimeSpan, isFiring: Bool) -> RuleCheck {
    let firing = VectorSelector(
      "ALERTS",
      [.equal("alertname", EvaluationAlert.name), .equal("alertstate", "firing"), .equal(labelNames.service, service)]
    )
    return RuleCheck(
      time: time,
      query: .count(.selector(firing)),
      expected: isFiring ? [ExpectedSample(labels: [], value: PromQLNumber(events: 1))] : []
    )
  }
}
