import PlanModel
import SpecCatalog

/// The dashboards of a service: those that it declares, or the one that every service gets.
struct DashboardLowering {
  let index: CatalogIndex
  let rules: RuleLowering
  let service: ServiceID

  func plans() -> [DashboardPlan] {
    let declared = index.dashboards(of: service)
    return declared.isEmpty ? [standard] : declared.map(plan)
  }

  private func plan(of dashboard: Dashboard) -> DashboardPlan {
    let name = "\(index.name(of: service))/\(dashboard.name.value)"
    return self.plan(
      name: name,
      title: dashboard.title ?? "\(serviceTitle): \(dashboard.name.value)",
      path: dashboard.path ?? DashboardUID.path(of: name),
      panels: dashboard.panels
    )
  }

  private var standard: DashboardPlan {
    let name = index.name(of: service)
    return plan(name: name, title: serviceTitle, path: DashboardUID.path(of: name), panels: standardPanels)
  }

  private var serviceTitle: String { index.catalog[service].title ?? index.name(of: service) }

  private func plan(name: String, title: String, path: String?, panels: [Panel]) -> DashboardPlan {
    let lowering = PanelLowering(index: index, rules: rules, service: service)
    return DashboardPlan(
      uid: DashboardUID.text(of: name),
      name: name,
      title: title,
      description: "Objectives and error budgets of \(serviceTitle). \(index.owner(of: service)) answers for it.",
      path: path,
      tags: ["nines", index.name(of: service)],
      panels: panels.flatMap(lowering.panels)
    )
  }

  /// From the question that is asked first to the one that is asked last: are we all right, how long does it last, what
  /// is going on, where.
  private var standardPanels: [Panel] {
    let objectives = index.objectives(of: service)
    let kinds = objectives.map { index.catalog[$0.indicator].kind }
    var panels = [Panel(.compliance)]
    if index.journeys(of: service).count > 1 {
      panels.append(
        Panel(.budgetRemaining, titled: "What is left for each journey", by: StandardLabel.journey.rawValue)
      )
    }
    panels += [
      Panel(.budgetRemaining), Panel(.exhaustionForecast), Panel(.burnRate), Panel(.budgetHistory),
    ]
    if kinds.contains(where: \.countsEvents) { panels.append(Panel(.trafficAndErrors)) }
    panels.append(Panel(.activeAlerts))
    if kinds.contains(where: \.hasValues) { panels.append(Panel(.quantiles)) }
    let funnels = index.journeys(of: service).filter { index.catalog[$0].steps.count > 1 }
    panels += funnels.map { Panel(.funnel, of: .journey($0)) }
    var split: Set<String> = []
    for objective in objectives {
      guard let label = objective.splitBy.first?.value else { continue }
      if split.insert("\(objective.indicator.index) \(label)").inserted {
        panels.append(Panel(.byLabel, of: .indicator(objective.indicator), by: label))
      }
    }
    return panels + [Panel(.annotations)]
  }
}

extension Panel {
  fileprivate init(_ kind: Kind, titled title: String? = nil, of subject: Subject? = nil, by label: String? = nil) {
    self.init(kind: kind, title: title, subjects: subject.map { [$0] } ?? [], by: label)
  }
}

extension Indicator.Kind {
  /// Whether it counts events, or seconds, or another sum.
  var countsEvents: Bool {
    switch self {
    case .ratio, .distribution: true
    case .time, .gauge, .attested: false
    }
  }

  var isRatio: Bool {
    switch self {
    case .ratio: true
    case .distribution, .time, .gauge, .attested: false
    }
  }

  /// Whether it has values that go up and down.
  var hasValues: Bool {
    switch self {
    case .distribution, .gauge: true
    case .ratio, .time, .attested: false
    }
  }

  /// Whether rules record anything of it.
  var isMeasured: Bool {
    switch self {
    case .ratio, .distribution, .time, .gauge: true
    case .attested: false
    }
  }
}
