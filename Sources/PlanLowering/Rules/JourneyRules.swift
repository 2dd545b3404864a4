import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// How much of a journey's budget is left: as much as of its worst objective's, or the weighted mean of a composite.
///
/// An objective without data leaves the journey without an answer: the rest must not pass for the whole.
struct JourneyRules: Sendable {
  let catalog: Catalog
  let labelNames: LabelNames

  /// nil for a journey without objectives.
  func rule(for journey: Journey) -> Rule? {
    guard let expression = journey.weights.isEmpty ? worst(of: journey) : composite(journey) else { return nil }
    return .recording(
      RecordingRule(
        record: RecordName.journeyRemaining.rawValue,
        expression: expression,
        labels: [
          LabelPair(labelNames.service, catalog[journey.service].name.value),
          LabelPair(labelNames.journey, journey.name.value),
        ]
      )
    )
  }

  /// The least that is left of any objective, and of any value of the labels that split it.
  private func worst(of journey: Journey) -> PromQLExpression? {
    let names = (journey.objectives + journey.requires).map { catalog[$0].fullName }
    if names.isEmpty { return nil }
    let matcher = LabelMatcher.matches(labelNames.slo, LabelMatcher.pattern(ofAny: names))
    let remaining = PromQLExpression.selector(RecordName.budgetRemaining.rawValue, matcher)
    let isComplete = PromQLExpression.count(.group(remaining, by: [labelNames.slo]))
      .equal(to: .constant(Rational(Set(names).count)))
    return PromQLExpression.min(remaining).and(isComplete)
  }

  /// `1 - sum of weight × (1 - remaining) ÷ sum of weights`.
  private func composite(_ journey: Journey) -> PromQLExpression? {
    let weights = journey.weights.reduce(Rational.zero) { $0 + $1.weight.value }
    let spent = journey.weights.map { entry in
      PromQLExpression.number(1).minus(worst(of: entry.objective)).times(.constant(entry.weight.value))
    }
    guard let sum = PromQLExpression.joined(spent, +), !weights.isZero else { return nil }
    return PromQLExpression.number(1).minus(sum.divided(by: .constant(weights)))
  }

  private func worst(of objective: ObjectiveID) -> PromQLExpression {
    .min(.selector(RecordName.budgetRemaining.rawValue, .equal(labelNames.slo, catalog[objective].fullName)))
  }
}
