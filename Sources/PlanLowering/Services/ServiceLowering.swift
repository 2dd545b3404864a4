import PlanModel
import SpecCatalog

/// One service with everything that belongs to it.
struct ServiceLowering {
  let index: CatalogIndex
  let service: ServiceID

  private var declared: Service { index.catalog[service] }

  func plan(with rules: RuleLowering, _ facts: ServiceFacts) -> ServicePlan {
    var plan = description()
    for (place, id) in index.objectiveIDs(of: service).enumerated() {
      plan.objectives[place].groups = rules.groups(for: id)
      plan.objectives[place].burnAlerts = rules.burnAlerts(for: id)
    }
    plan.groups =
      [rules.journeyGroup(of: service), rules.evaluationGroup(of: service)].compactMap(\.self)
      + rules.alertGroups(of: service)
    plan.dashboards = DashboardLowering(index: index, rules: rules, service: service).plans()
    plan.pages = CataloguePageLowering(facts: facts, index: index).pages(of: service)
    return plan
  }

  /// What its authors said of it: no rules, and nothing that shows what rules record.
  func description() -> ServicePlan {
    let objectives = ObjectiveLowering(index: index)
    let journeys = JourneyLowering(index: index)
    return ServicePlan(
      name: declared.name.value,
      title: declared.title ?? declared.name.value,
      description: declared.description,
      owner: index.owner(of: service),
      stakeholders: declared.stakeholders,
      tier: declared.tier?.value,
      links: links,
      journeys: index.journeys(of: service).map(journeys.plan(of:)),
      objectives: index.objectives(of: service).map(objectives.description(of:)),
      agreements: index.agreements(of: service).map(AgreementLowering(index: index).plan(of:)),
      groups: [],
      dashboards: [],
      severities: index.severities(of: service).map(severity),
      rolloutStages: index.rollouts(of: service).flatMap(\.stages).map(\.value),
      dependencies: declared.dependencies.map(dependency),
      pages: []
    )
  }

  /// The runbook is a link like the others, and the first that is looked for.
  private var links: [NamedText] {
    let links = declared.links.map { NamedText(name: $0.name.value, text: $0.value.value) }
    guard let runbook = declared.runbook, !links.contains(where: { $0.name == "runbook" }) else { return links }
    return [NamedText(name: "runbook", text: index.runbookAddress(runbook))] + links
  }

  private func severity(_ severity: IncidentSeverity) -> SeverityPlan {
    SeverityPlan(
      name: severity.name.value,
      title: severity.title ?? severity.name.value,
      impact: severity.impact,
      example: severity.example,
      respond: severity.respond?.value,
      resolve: severity.resolve?.value,
      update: severity.update?.value,
      pages: severity.pages
    )
  }

  private func dependency(_ dependency: Dependency) -> DependencyPlan {
    switch dependency.target {
    case .service(let id):
      DependencyPlan(name: index.name(of: id), isExternal: false, isBlocking: dependency.isBlocking)
    case .objective(let id):
      DependencyPlan(name: index.name(of: id).text, isExternal: false, isBlocking: dependency.isBlocking)
    case .external(let name, promised: _):
      DependencyPlan(name: name, isExternal: true, isBlocking: dependency.isBlocking)
    }
  }
}
