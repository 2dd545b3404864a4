import SpecCatalog

/// What the declarations of a catalog refer to.
struct CatalogUses {
  private(set) var indicators: Set<IndicatorID> = []
  private(set) var policies: Set<PolicyID> = []
  private(set) var channels: Set<ChannelID> = []
  private(set) var severities: Set<SeverityID> = []
  /// By their declared names.
  private(set) var metrics: Set<String> = []

  init(_ catalog: Catalog) {
    addObjectives(of: catalog)
    addAlerts(of: catalog)
    addAgreements(of: catalog)
    for journey in catalog.journeys { indicators.formUnion(journey.steps) }
    for subject in catalog.dashboards.flatMap(\.panels).flatMap(\.subjects) {
      if case .indicator(let indicator) = subject { indicators.insert(indicator) }
    }
    indicators.formUnion(catalog.practices.flatMap(\.tests).compactMap { $0.budget?.indicator })
    addMetrics(of: catalog)
  }

  private mutating func addObjectives(of catalog: Catalog) {
    for objective in catalog.objectives {
      indicators.insert(objective.indicator)
      if case .named(let policy) = objective.policy { policies.insert(policy) }
      for route in [objective.alerting.page, objective.alerting.ticket] {
        channels.formUnion(route.channels)
        if let severity = route.severity { severities.insert(severity) }
      }
    }
    if let policy = catalog.settings.policy { policies.insert(policy) }
    policies.formUnion(catalog.signoffs.map(\.policy))
  }

  private mutating func addAlerts(of catalog: Catalog) {
    for alert in catalog.alerts {
      channels.formUnion(alert.channels)
      if let severity = alert.severity { severities.insert(severity) }
      for comparison in alert.comparisons { add(comparison.measure) }
    }
    for indicator in catalog.indicators {
      guard case .time(let source) = indicator.kind else { continue }
      for case .condition(let condition) in source.downWhen {
        for comparison in condition.comparisons { add(comparison.measure) }
      }
    }
  }

  private mutating func add(_ measure: AlertMeasure) {
    switch measure {
    case .failureRatio(let indicator, _), .successRatio(let indicator, _), .failures(let indicator, _),
      .events(let indicator), .percentile(let indicator, _), .value(let indicator), .rate(let indicator):
      indicators.insert(indicator)
    case .burnRate, .budgetRemaining: break
    }
  }

  private mutating func addAgreements(of catalog: Catalog) {
    for agreement in catalog.agreements {
      indicators.formUnion(agreement.promises.map(\.indicator))
      severities.formUnion(agreement.responses.compactMap(\.severity))
    }
    // What measures a response is a text, which may be an indicator's name.
    let texts = Set(catalog.agreements.flatMap(\.responses).compactMap(\.measuredBy))
    for (index, indicator) in catalog.indicators.enumerated() where texts.contains(indicator.name.value) {
      indicators.insert(IndicatorID(index))
    }
  }

  private mutating func addMetrics(of catalog: Catalog) {
    let contract = ContractIndex(catalog)
    for site in SelectorSite.all(in: catalog) {
      if let metric = contract.metric(of: site) { metrics.insert(metric.name.value) }
    }
  }
}
