import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// A statement that somebody made, as a budget: whole until the statement lapses, gone from then on.
struct AttestationRules: Sendable {
  let series: ObjectiveSeries
  let objective: Objective
  let attestation: Attestation
  let directory: AlertDirectory

  var recordings: [Rule] {
    [series.record(.successRatio, isInDate), series.record(.budgetRemaining, isInDate)]
  }

  /// The first day on which the statement no longer holds begins in UTC.
  private var isInDate: PromQLExpression {
    let lapse = Int64(attestation.lapses.dayNumber) * 86_400
    return .vector(PromQLExpression.time().less(than: .instant(lapse), .zeroOrOne))
  }

  var alerts: [Rule] {
    switch objective.alerting.scheme {
    case .none: []
    case .budget, .classic: [lapsed]
    }
  }

  private var lapsed: Rule {
    var summary = AlertTemplate()
    summary.append(literal: "the statement behind \(objective.title ?? series.name.text) has lapsed")
    var description = AlertTemplate()
    description.append(
      literal: "\(attestation.by.value) stated on \(attestation.on.value): \(attestation.statement). "
    )
    description.append(literal: "It held until \(attestation.lapses).")
    return .alert(
      AlertRule(
        alert: "AttestationLapsed",
        expression: series.latest(.budgetRemaining).equal(to: 0),
        sustained: .zero,
        keepFiringFor: .zero,
        labels: ObjectiveAlertLabels(series: series, objective: objective, directory: directory).labels(.ticket),
        annotations: [
          LabelPair(AlertAnnotation.summary, summary.text),
          LabelPair(AlertAnnotation.description, description.text),
        ] + directory.links(runbook: objective.runbook, of: objective.service)
      )
    )
  }
}
