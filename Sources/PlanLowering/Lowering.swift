import Parallelism
import PlanModel
import Quantities
import SpecCatalog

/// Does the arithmetic: a catalog without errors in, a plan out, as a whole or service by service.
package struct Lowering: Sendable {
  private let index: CatalogIndex
  private let facts: ServiceFacts
  private let rules: RuleLowering
  private let dialect: DialectLowering
  private let scale: TimeScale
  package let workspace: WorkspacePlan

  /// `workspaceTitle` is used where the catalog states none, `zones` has the rules of a time zone by its name, and nil for
  /// one that the system does not know. Only a proof that cannot wait shrinks time.
  package init(
    catalog: Catalog,
    workspaceTitle: String,
    zones: @escaping @Sendable (String) -> TimeZoneRules?,
    scale: TimeScale = .real
  ) {
    index = CatalogIndex(catalog)
    facts = ServiceFacts(catalog)
    rules = RuleLowering(catalog: catalog, zones: zones, scale: scale)
    dialect = DialectLowering(dialect: catalog.settings.dialect, labelNames: index.labelNames)
    self.scale = scale
    workspace = WorkspaceLowering(index: index, dialect: dialect, title: workspaceTitle, zones: zones).plan(
      groups: rules.workspaceGroups()
    )
  }

  /// In the order of the catalog.
  package var services: [ServiceID] { index.services }

  /// Of all services.
  package var objectiveNames: [ObjectiveName] { index.catalog.objectives.map(index.name(of:)) }

  /// Everything. It is held in memory as a whole, so whoever can do with a service at a time asks for that.
  package func plan() -> Plan {
    Plan(workspace: workspace, services: ParallelWork.map(services) { plan(of: $0) })
  }

  /// One service with its rules, and with the tests that come with them, which are most of the work.
  package func plan(of service: ServiceID, isTested: Bool = true) -> ServicePlan {
    let rules = rules.making(index.objectiveIDs(of: service))
    var plan = ServiceLowering(index: index, service: service).plan(with: rules, facts)
    // The tests play in real time.
    if isTested, scale == .real { plan.ruleTests = RuleTestLowering(index: index, rules: rules).plan(of: service) }
    return costed(dialect.lowered(plan, every: index.catalog.settings.interval))
  }

  /// The same without anything that takes work, for a service of whose rules the facts are known.
  package func outline(of service: ServiceID, _ facts: RuleFacts) -> ServiceOutline {
    ServiceOutline(ServiceLowering(index: index, service: service).description(), facts)
  }

  private func costed(_ service: ServicePlan) -> ServicePlan {
    let costs = RuleCosts(timing: RuleTiming(index.catalog.settings))
    var service = service
    for objective in service.objectives.indices {
      service.objectives[objective].ruleCost = costs.cost(of: service.objectives[objective].groups)
    }
    return service
  }
}
