import Diagnostics
import PromQL
import Quantities
import SpecSyntax

extension Resolution {
  mutating func resolveExclusions(of document: SpecDocument, in service: ServiceID) {
    for spec in document.maintenance {
      guard declare(.exclusion, spec.name, index: catalog.exclusions.count, in: service) else { continue }
      catalog.exclusions.append(
        Exclusion(
          service: service,
          name: spec.name,
          title: spec.title?.value,
          kind: .maintenance(notice: spec.notice?.value, windows: spec.windows.map { RecurringWindow($0.value) }),
          when: spec.when.map(SourcedQuery.init),
          span: spec.span
        )
      )
    }
    for spec in document.exclusions {
      guard declare(.exclusion, spec.name, index: catalog.exclusions.count, in: service) else { continue }
      let reason = spec.reason?.value
      switch spec.basis {
      case .query(let query):
        addExclusion(spec, .condition(reason: reason), when: SourcedQuery(query), in: service)
      case .notMeasured:
        addExclusion(spec, .notMeasured(reason: reason), when: nil, in: service)
      }
    }
  }

  private mutating func addExclusion(
    _ spec: Named<ExclusionSpec>,
    _ kind: Exclusion.Kind,
    when: SourcedQuery<PromQLExpression>?,
    in service: ServiceID
  ) {
    catalog.exclusions.append(
      Exclusion(
        service: service,
        name: spec.name,
        title: spec.title?.value,
        kind: kind,
        when: when,
        span: spec.span
      )
    )
  }

  mutating func resolvePractices(of document: SpecDocument, in service: ServiceID) {
    for spec in document.dashboards { resolveDashboard(spec, in: service) }
    for spec in document.reviews {
      catalog.reviews.append(
        Review(
          service: service,
          name: spec.name,
          every: spec.every.value.span,
          cadence: spec.every.value.text,
          last: spec.last,
          by: spec.by?.value,
          covers: spec.covers.map(\.value),
          span: spec.span
        )
      )
    }
    if let capacity = document.capacity { resolveForecast(capacity, in: service) }
    if let rollout = document.rollout {
      catalog.rollouts.append(
        Rollout(
          service: service,
          stages: rollout.stages,
          killSwitches: rollout.killSwitches.map(\.namedValue)
        )
      )
    }
    if let practices = document.practices { resolve(practices, in: service) }
    resolveWorkedExamples(of: document, in: service)
  }

  private mutating func resolveDashboard(_ spec: Named<DashboardSpec>, in service: ServiceID) {
    guard declare(.dashboard, spec.name, index: catalog.dashboards.count, in: service) else { return }
    catalog.dashboards.append(
      Dashboard(
        service: service,
        name: spec.name,
        title: spec.title?.value,
        path: spec.path?.value,
        panels: spec.panels.map { panel in
          Panel(
            kind: Panel.Kind(panel.value.kind.value),
            title: panel.value.title?.value,
            subjects: panel.value.subjects.compactMap { subject($0, from: service) },
            by: panel.value.by?.value
          )
        },
        span: spec.span
      )
    )
  }

  /// A journey, an objective or an indicator, whichever bears the name.
  private mutating func subject(_ reference: Located<String>, from service: ServiceID) -> Panel.Subject? {
    let written = reference.value
    for fullName in ["\(name(of: service))/\(written)", written] {
      if let found = names.find(.journey, fullName: fullName) { return .journey(JourneyID(found.index)) }
      if let found = names.find(.objective, fullName: fullName) { return .objective(ObjectiveID(found.index)) }
      if let found = names.find(.indicator, fullName: fullName) { return .indicator(IndicatorID(found.index)) }
    }
    let kinds: [DeclarationKind] = [.journey, .objective, .indicator]
    let own = "\(name(of: service))/\(written)"
    if kinds.contains(where: { names.isReported($0, fullName: own, bare: written, in: service) }) { return nil }
    reportUnresolved(
      "'\(name(of: service))' has no journey, objective or indicator '\(written)'",
      reference,
      nearest: Spelling.nearest(to: written, in: kinds.flatMap { names.names(of: $0, in: service) })
    )
    return nil
  }

  private mutating func resolveForecast(_ spec: CapacitySpec, in service: ServiceID) {
    let forecast = spec.forecast.map { row in
      (
        row.quarter.map { "\($0.year)-Q\($0.quarter)" },
        row.figures.map { figure in
          Capacity.Figure(
            name: figure.name,
            text: figure.value.map(\.text),
            traffic: traffic(figure, in: service)
          )
        }
      )
    }
    catalog.capacities.append(Capacity(service: service, forecast: forecast))
  }

  /// A figure with the name of a journey is a forecast of its traffic.
  private func traffic(
    _ figure: Named<Located<Quantity>>,
    in service: ServiceID
  ) -> (journey: JourneyID, rate: EventRate)? {
    guard let found = names.findOwn(.journey, fullName: "\(name(of: service))/\(figure.name.value)"),
      figure.value.value.dimension.isComparable(with: .eventRate),
      let rate = EventRate(figure.value.value.value, per: .seconds(1))
    else { return nil }
    return (JourneyID(found.index), rate)
  }

  private mutating func resolve(_ spec: PracticesSpec, in service: ServiceID) {
    catalog.practices.append(
      Practices(
        service: service,
        tests: spec.tests.map { test in
          Practices.TestBudget(
            name: test.name,
            meaning: test.meaning?.value,
            on: test.on.map(\.value),
            budget: test.budget.flatMap { testBudget($0, in: service) }
          )
        },
        backups: spec.backups.map { backup in
          Practices.Backup(
            name: backup.name,
            of: backup.of.value,
            every: backup.every.value,
            keep: backup.keep?.value,
            by: backup.by?.value
          )
        },
        fallbacks: spec.fallbacks.map(\.namedValue),
        incidentLifecycle: spec.incidentLifecycle.map { ($0.step.value, $0.meaning.value) }
      )
    )
  }

  private mutating func testBudget(_ spec: TestBudgetSpec, in service: ServiceID) -> Practices.TestBudget.Budget? {
    guard let id = find(.indicator, spec.indicator, from: service, as: IndicatorID.self) else { return nil }
    let indicator = catalog[id]
    guard case .distribution(let source) = indicator.kind else {
      bag.report(
        .percentileOfRatio,
        "'\(indicator.name.value)' is \(indicator.noun) and has no \(spec.percentile.value)",
        at: spec.percentile.span
      )
      return nil
    }
    guard let bound = metricBound(spec.bound, in: source.unit, of: indicator) else { return nil }
    return Practices.TestBudget.Budget(
      indicator: id,
      percentile: spec.percentile.value,
      comparison: spec.comparison.value,
      bound: bound,
      place: spec.place.value,
      text: spec.text.value
    )
  }
}

extension RecurringWindow {
  init(_ spec: MaintenanceWindowSpec) {
    let zone = spec.timeZone?.value ?? "UTC"
    let duration = spec.duration.value
    switch spec.start.value {
    case .once(let start): self = .once(start: start, duration: duration)
    case .weekly(let day, let time): self = .weekly(day, time, duration: duration, zone: zone)
    case .daily(let time): self = .daily(time, duration: duration, zone: zone)
    }
  }
}

extension ReviewSpec.Cadence {
  fileprivate var span: TimeSpan {
    switch self {
    case .week: .days(7)
    case .month: .days(31)
    case .quarter: .days(92)
    case .year: .days(366)
    case .span(let span): span
    }
  }

  fileprivate var text: String {
    switch self {
    case .week: "week"
    case .month: "month"
    case .quarter: "quarter"
    case .year: "year"
    case .span(let span): span.description
    }
  }
}

extension Panel.Kind {
  fileprivate init(_ spec: PanelSpec.Kind) {
    switch spec {
    case .compliance: self = .compliance
    case .budgetRemaining: self = .budgetRemaining
    case .burnRate: self = .burnRate
    case .budgetHistory: self = .budgetHistory
    case .exhaustionForecast: self = .exhaustionForecast
    case .trafficAndErrors: self = .trafficAndErrors
    case .latencyHeatmap: self = .latencyHeatmap
    case .quantiles: self = .quantiles
    case .funnel: self = .funnel
    case .byLabel: self = .byLabel
    case .activeAlerts: self = .activeAlerts
    case .annotations: self = .annotations
    }
  }
}
