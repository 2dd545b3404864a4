import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// An alert that its author wrote: a rule for each of its alternatives, which may have to hold for different times.
struct WrittenAlertRules: Sendable {
  let policy: AlertPolicy
  let conditions: ConditionExpressions
  let directory: AlertDirectory

  /// Tells the rules of one alert apart, in the order of its conditions.
  static let conditionLabel = "condition"

  var rules: [Rule] {
    let branches = policy.when.flatMap(conditions.branches)
    return branches.enumerated().map { index, branch in
      let condition = branches.count > 1 ? [LabelPair(Self.conditionLabel, String(index + 1))] : []
      return .alert(
        AlertRule(
          alert: policy.name.value,
          expression: branch.expression,
          sustained: branch.sustained,
          keepFiringFor: .zero,
          labels: (labels + condition).withoutRepeats,
          annotations: annotations(for: branch)
        )
      )
    }
  }

  private var labels: [LabelPair] {
    let service = directory.catalog[policy.service]
    return [LabelPair(directory.labelNames.service, service.name.value)]
      + directory.ownerLabel(service.owner?.value)
      + directory.severityLabel(policy.severity, otherwise: nil)
      + directory.notifyLabel(policy.channels)
      + policy.labels.map { LabelPair($0.name.value, $0.value.value) }
  }

  private func annotations(for branch: ConditionExpressions.Branch) -> [LabelPair] {
    var summary = AlertTemplate()
    summary.append(literal: policy.title ?? policy.name.value)
    var description = AlertTemplate()
    let steps = policy.steps.enumerated().map { "\($0 + 1). \($1)" }
    let lines = (policy.meaning.map { [$0] } ?? []) + ["Holds: \(branch.text)"] + steps
    description.append(literal: lines.joined(separator: "\n"))
    return [
      LabelPair(AlertAnnotation.summary, summary.text), LabelPair(AlertAnnotation.description, description.text),
    ] + directory.links(runbook: policy.runbook, of: policy.service)
  }
}

extension [LabelPair] {
  /// The first of each name: what an author may not call a label by is found before, and YAML has a key once.
  var withoutRepeats: [LabelPair] {
    var seen: Set<String> = []
    return filter { seen.insert($0.name).inserted }
  }
}
