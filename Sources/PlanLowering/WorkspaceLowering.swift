import PlanModel
import Quantities
import SpecCatalog

/// What belongs to a workspace and to none of its services.
struct WorkspaceLowering {
  let index: CatalogIndex
  let dialect: DialectLowering
  /// Where the catalog states none.
  let title: String
  let zones: @Sendable (String) -> TimeZoneRules?

  func plan(groups: [RuleGroup]) -> WorkspacePlan {
    let settings = index.catalog.settings
    let policies = PolicyLowering(index: index)
    return WorkspacePlan(
      title: settings.title ?? title,
      outputs: settings.outputs.map { Set($0.map(\.kind)) } ?? OutputKind.usual,
      format: settings.format.lowered,
      interval: settings.interval,
      labelNames: index.labelNames,
      dashboardsURL: settings.dashboardsURL,
      policies: policies.policies,
      overrides: policies.overrides,
      signoffs: policies.signoffs,
      freezes: policies.freezes,
      zones: Dictionary(
        uniqueKeysWithValues: policies.zoneNames.map { name in (name, zones(name) ?? .utc) }
      ),
      alerting: AlertingLowering(index: index).plan(),
      groups: dialect.lowered(groups)
    )
  }
}

extension Output {
  fileprivate var kind: OutputKind {
    switch self {
    case .prometheus: .prometheus
    case .alertmanager: .alertmanager
    case .grafana: .grafana
    case .tables: .tables
    case .gate: .gate
    case .catalogue: .catalogue
    case .delivery: .delivery
    }
  }
}

extension RuleFormat {
  fileprivate var lowered: RuleFileFormat {
    switch self {
    case .rules: .rules
    case .prometheusRule: .prometheusRule
    }
  }
}
