import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Fits the rules of a plan, which are written once for Prometheus 2.42, to the system that will evaluate them.
struct DialectLowering: Sendable {
  let dialect: Dialect
  let labelNames: LabelNames

  func lowered(_ plan: Plan) -> Plan {
    let features = dialect.features
    if features == Dialect.prometheus2.features { return plan }
    var plan = plan
    plan.groups = plan.groups.map { finished($0, features) }
    for service in plan.services.indices {
      lower(&plan.services[service], features, every: plan.workspace.interval)
    }
    return plan
  }

  private func lower(_ service: inout ServicePlan, _ features: DialectFeatures, every interval: TimeSpan) {
    service.groups = service.groups.map { finished($0, features) }
    for objective in service.objectives.indices {
      var groups = service.objectives[objective].groups
      if !features.readsItsOwnWrites { groups = DelayedReads.lowered(groups) }
      if !features.keepsAlertsFiring {
        let conditions = KeptConditions(splitBy: service.objectives[objective].splitBy, labelNames: labelNames)
        groups = conditions.lowered(groups)
      }
      service.objectives[objective].groups = groups.map { finished($0, features) }
    }
    if !features.readsItsOwnWrites {
      service.ruleTests = DelayedReads.lowered(service.ruleTests)
    }
  }

  /// What concerns every group alike.
  private func finished(_ group: RuleGroup, _ features: DialectFeatures) -> RuleGroup {
    var group = group
    switch features.rangeStart {
    case .included: break
    case .excluded, .either:
      group.rules = group.rules.map { $0.mapExpression(WidenedRanges.widened) }
    }
    // An answer without some of the stores would be taken for all that happened.
    if features.hasPartialResponses { group.partialResponse = .abort }
    return group
  }
}

extension Rule {
  func mapExpression(_ transform: (PromQLExpression) -> PromQLExpression) -> Rule {
    switch self {
    case .recording(var rule):
      rule.expression = transform(rule.expression)
      return .recording(rule)
    case .alert(var rule):
      rule.expression = transform(rule.expression)
      return .alert(rule)
    }
  }
}
