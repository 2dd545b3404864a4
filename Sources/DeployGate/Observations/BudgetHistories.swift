import PlanModel
import Quantities

/// Looks up how budgets went, as far as one snapshot tells.
package struct BudgetHistories: Sendable {
  private let objectives: [String: GateObjective]
  private let journeys: [String: GateJourney]
  private let observations: [String: [Observation]]
  private let isPartial: Bool
  private let policy: GatePolicy

  package init(_ policy: GatePolicy, _ snapshot: Snapshot) {
    objectives = Dictionary(policy.objectives.map { ($0.name.text, $0) }) { first, _ in first }
    journeys = Dictionary(policy.journeys.map { ($0.name, $0) }) { first, _ in first }
    observations = Dictionary(grouping: snapshot.observations, by: \.budget.name)
    isPartial = snapshot.isPartial
    self.policy = policy
  }

  /// What remained of a budget, oldest first and the newest sample last; nothing where data were missing or none was seen.
  package func points(of budget: BudgetName) -> [RemainingPoint] {
    let evidence: BudgetEvidence?
    if let objective = objectives[budget.name] {
      evidence = all(of: objective).first { $0.budget == budget }
    } else {
      evidence = journeys[budget.name].flatMap(composite)
    }
    return (evidence?.past ?? []) + [evidence?.newest].compactMap(\.self)
  }

  private func composite(_ journey: GateJourney) -> BudgetEvidence? {
    let parts = journey.weights.compactMap { weight in
      objectives[weight.objective.text].flatMap { all(of: $0).min(by: BudgetEvidence.isWorse) }.map {
        (evidence: $0, weight: weight.weight)
      }
    }
    guard !parts.isEmpty, parts.count == journey.weights.count else { return nil }
    return BudgetEvidence(composite: BudgetName(journey.name), of: parts)
  }

  private func all(of objective: GateObjective) -> [BudgetEvidence] {
    (observations[objective.name.text] ?? []).map { observation in
      let isMissing = isPartial || observation.isPartial
      let status: BudgetStatus =
        isMissing ? .partial : .measured(Remaining(observation.counts, target: objective.target))
      return BudgetEvidence(observation, of: objective, status: status, in: policy.zone(of: objective.window))
    }
  }
}
