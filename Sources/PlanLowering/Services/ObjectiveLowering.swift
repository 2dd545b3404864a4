import PlanModel
import Quantities
import SpecCatalog

struct ObjectiveLowering {
  let index: CatalogIndex

  /// What its author said of it, without rules.
  func description(of objective: Objective) -> ObjectivePlan {
    let indicator = index.catalog[objective.indicator]
    return ObjectivePlan(
      name: index.name(of: objective),
      title: objective.title ?? objective.name.value,
      meaning: objective.meaning,
      owner: index.owner(of: objective),
      runbook: index.runbook(of: objective),
      expression: objective.expression.value,
      indicator: index.name(of: objective.indicator, seenFrom: objective.service),
      kind: kind(of: objective, on: indicator),
      target: objective.target.value,
      window: objective.window.value,
      splitBy: objective.splitBy.map(\.value),
      traffic: index.traffic(of: objective),
      policy: policy(of: objective),
      attestation: attestation(of: indicator),
      groups: [],
      burnAlerts: []
    )
  }

  private func policy(of objective: Objective) -> String? {
    switch objective.policy {
    case .named(let id): index.name(of: id)
    case .none, .absent: nil
    }
  }

  private func kind(of objective: Objective, on indicator: Indicator) -> IndicatorKind {
    switch indicator.kind {
    case .ratio: .ratio
    case .distribution:
      // An objective on a distribution without a percentile bounds a share of its events like any other ratio.
      objective.percentile.map { .distribution(percentile: $0) } ?? .ratio
    case .time(let source): .time(slice: source.slice)
    case .gauge(let source): .gauge(slice: source.slice)
    case .attested: .attested
    }
  }

  private func attestation(of indicator: Indicator) -> AttestationPlan? {
    switch indicator.kind {
    case .attested(let attestation):
      AttestationPlan(
        statement: attestation.statement,
        by: attestation.by.value,
        on: attestation.on.value,
        lapses: attestation.lapses,
        evidence: attestation.evidence
      )
    case .ratio, .distribution, .time, .gauge: nil
    }
  }
}
