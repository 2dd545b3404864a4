import PlanModel
import PromQL
import Quantities

/// `keep_firing_for` for a system that does not have it.
///
/// `ALERTS` cannot tell how long an alert has gone on without its condition: it would keep itself alive. So the condition
/// is recorded while it holds, and the alert fires as long as that was not too long ago:
///
///     slo:alert:condition = E
///     alert: E or max(last_over_time(slo:alert:condition[10m]))
///
/// Prometheus lets go when the condition has been false for ten minutes at the evaluation, which is one evaluation after
/// it last held and ten minutes; so does this.
struct KeptConditions: Sendable {
  let splitBy: [String]
  let labelNames: LabelNames

  static let alertLabel = "alert"

  /// The conditions of a group's alerts are recorded by a group of their own in front of it, for no group is to have too
  /// many rules.
  func lowered(_ groups: [RuleGroup]) -> [RuleGroup] {
    groups.flatMap { group in
      var conditions: [Rule] = []
      var lowered = group
      lowered.rules = group.rules.map { rule in
        guard case .alert(let alert) = rule, alert.keepFiringFor > .zero else { return rule }
        conditions.append(.recording(condition(of: alert)))
        return .alert(kept(alert))
      }
      if conditions.isEmpty { return [lowered] }
      return [RuleGroup(name: "\(group.name):conditions", interval: group.interval, rules: conditions), lowered]
    }
  }

  private func condition(of alert: AlertRule) -> RecordingRule {
    RecordingRule(
      record: RecordName.alertCondition.rawValue,
      expression: alert.expression,
      labels: [LabelPair(Self.alertLabel, alert.alert)] + identity(of: alert)
    )
  }

  private func kept(_ alert: AlertRule) -> AlertRule {
    precondition(alert.sustained == .zero, "an alert that has to hold for a while is not kept firing")
    let matchers = ([LabelPair(Self.alertLabel, alert.alert)] + identity(of: alert)).map {
      LabelMatcher.equal($0.name, $0.value)
    }
    let condition = VectorSelector(RecordName.alertCondition.rawValue, matchers)
    let recent = PromQLExpression.lastOverTime(condition, over: WidenedRanges.widened(alert.keepFiringFor.promQL))
    var kept = alert
    let held = PromQLExpression.max(recent, grouping: splitBy.isEmpty ? nil : .by(splitBy))
    kept.expression = alert.expression.or(held, on: splitBy)
    kept.keepFiringFor = .zero
    return kept
  }

  /// What tells the alert from others; labels that an author gave may be templates, which a recording does not expand.
  private func identity(of alert: AlertRule) -> [LabelPair] {
    let telling = [labelNames.slo, AlertLabel.urgency, BurnAlertRules.longWindowLabel]
    return alert.labels.filter { telling.contains($0.name) }
  }
}
