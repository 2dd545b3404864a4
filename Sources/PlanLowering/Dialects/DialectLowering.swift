import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Fits the rules of a plan, which are written once for Prometheus 2.42, to the system that will evaluate them.
struct DialectLowering: Sendable {
  let dialect: Dialect
  let labelNames: LabelNames

  private var isWrittenFor: Bool { dialect.features == Dialect.prometheus2.features }

  func lowered(_ groups: [RuleGroup]) -> [RuleGroup] {
    isWrittenFor ? groups : groups.map { finished($0, dialect.features) }
  }

  func lowered(_ service: ServicePlan, every interval: TimeSpan) -> ServicePlan {
    if isWrittenFor { return service }
    var service = service
    lower(&service, dialect.features, every: interval)
    return service
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
