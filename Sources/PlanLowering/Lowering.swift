import Parallelism
import PlanModel
import Quantities
import SpecCatalog

/// Does the arithmetic: a catalog without errors in, a plan out.
package struct Lowering: Sendable {
  let index: CatalogIndex
  let workspaceTitle: String
  /// The rules of a time zone by its name; nil for a zone that the system does not know.
  let zones: @Sendable (String) -> TimeZoneRules?
  private let scale: TimeScale

  /// `workspaceTitle` is used where the catalog states none. Only a proof that cannot wait shrinks time.
  package init(
    catalog: Catalog,
    workspaceTitle: String,
    zones: @escaping @Sendable (String) -> TimeZoneRules?,
    scale: TimeScale = .real
  ) {
    index = CatalogIndex(catalog)
    self.workspaceTitle = workspaceTitle
    self.zones = zones
    self.scale = scale
  }

  /// The tests that come with rules are most of the work; `isTested` says of which services they are wanted, by name.
  package func plan(isTested: @escaping @Sendable (String) -> Bool = { _ in true }) -> Plan {
    let policies = PolicyLowering(index: index)
    let facts = ServiceFacts(index.catalog)
    let rules = RuleLowering(catalog: index.catalog, zones: zones, scale: scale)
    let dialect = DialectLowering(dialect: index.catalog.settings.dialect, labelNames: index.labelNames)
    return Plan(
      workspace: workspace,
      services: ParallelWork.map(index.services) { service in
        let rules = rules.making(index.objectiveIDs(of: service))
        var plan = ServiceLowering(index: index, facts: facts, rules: rules, service: service).plan()
        // The tests play in real time.
        if scale == .real, isTested(plan.name) {
          plan.ruleTests = RuleTestLowering(index: index, rules: rules).plan(of: service)
        }
        return costed(dialect.lowered(plan, every: index.catalog.settings.interval))
      },
      policies: policies.policies,
      overrides: policies.overrides,
      signoffs: policies.signoffs,
      freezes: policies.freezes,
      zones: Dictionary(
        uniqueKeysWithValues: policies.zoneNames.map { name in (name, zones(name) ?? .utc) }
      ),
      alerting: AlertingLowering(index: index).plan(),
      groups: dialect.lowered(rules.workspaceGroups())
    )
  }

  private func costed(_ service: ServicePlan) -> ServicePlan {
    let costs = RuleCosts(timing: RuleTiming(index.catalog.settings))
    var service = service
    for objective in service.objectives.indices {
      service.objectives[objective].ruleCost = costs.cost(of: service.objectives[objective].groups)
    }
    return service
  }

  private var workspace: WorkspacePlan {
    let settings = index.catalog.settings
    return WorkspacePlan(
      title: settings.title ?? workspaceTitle,
      outputs: settings.outputs.map { Set($0.map(\.kind)) } ?? OutputKind.usual,
      format: settings.format.lowered,
      interval: settings.interval,
      labelNames: index.labelNames,
      dashboardsURL: settings.dashboardsURL
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
