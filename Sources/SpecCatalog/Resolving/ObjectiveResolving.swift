import Diagnostics
import Quantities
import SpecSyntax

extension Resolution {
  mutating func resolveObjectives(of document: SpecDocument, in service: ServiceID) {
    for spec in document.objectives {
      _ = resolveObjective(
        spec,
        ObjectiveContext(service: service),
        fullName: "\(name(of: service))/\(spec.name.value)"
      )
    }
    for spec in document.journeys { resolveJourney(spec, in: service) }
  }

  private mutating func resolveJourney(_ spec: Named<JourneySpec>, in service: ServiceID) {
    let id = JourneyID(catalog.journeys.count)
    guard declare(.journey, spec.name, index: id.index, in: service) else { return }
    catalog.journeys.append(
      Journey(
        service: service,
        name: spec.name,
        title: spec.title?.value,
        description: spec.description?.value,
        expectation: spec.expectation,
        rationale: spec.rationale?.value,
        owner: spec.owner?.value,
        traffic: spec.traffic,
        objectives: [],
        requires: [],
        weights: [],
        steps: [],
        span: spec.span
      )
    )
    let prefix = "\(name(of: service))/\(spec.name.value)"
    let context = ObjectiveContext(service: service, journey: id, journeySpec: spec.value)
    catalog.journeys[id.index].objectives = spec.objectives.compactMap {
      resolveObjective($0, context, fullName: "\(prefix)/\($0.name.value)")
    }
  }

  /// What a journey says of objectives and indicators, once all of them are known.
  mutating func resolveJourneyReferences(of document: SpecDocument, in service: ServiceID) {
    for spec in document.journeys {
      guard let declared = names.find(.journey, fullName: "\(name(of: service))/\(spec.name.value)"),
        catalog.journeys[declared.index].span == spec.span
      else { continue }
      let journey = spec.name.value
      catalog.journeys[declared.index].requires = spec.requires.compactMap {
        findObjective($0, from: service, journey: journey)
      }
      catalog.journeys[declared.index].weights = spec.weights.compactMap { weight in
        findObjective(weight.name, from: service, journey: journey).map { ($0, weight.value) }
      }
      catalog.journeys[declared.index].steps = spec.steps.compactMap {
        find(.indicator, $0, from: service, as: IndicatorID.self)
      }
    }
  }

  /// What an objective's surroundings say where it says nothing itself.
  private struct ObjectiveContext {
    var service: ServiceID
    var journey: JourneyID?
    var journeySpec: JourneySpec?
  }

  private mutating func resolveObjective(
    _ spec: Named<ObjectiveSpec>,
    _ context: ObjectiveContext,
    fullName: String
  ) -> ObjectiveID? {
    let service = context.service
    let expression = spec.expression
    guard let indicator = find(.indicator, expression.indicator, from: service, as: IndicatorID.self),
      let requirement = requirement(expression, of: indicator)
    else {
      names.noteFailed(.objective, fullName: fullName)
      return nil
    }
    let id = ObjectiveID(catalog.objectives.count)
    guard declare(.objective, spec.name, fullName: fullName, index: id.index, in: service) else { return nil }
    catalog.objectives.append(
      Objective(
        service: service,
        journey: context.journey,
        name: spec.name,
        fullName: fullName,
        expression: expression.text,
        indicator: indicator,
        indicatorSpan: expression.indicator.span,
        measure: requirement.measure,
        target: requirement.target,
        window: requirement.window,
        splitBy: requirement.splitBy,
        policy: policyChoice(spec.policy ?? context.journeySpec?.policy, in: service),
        alerting: burnAlerting(spec.alerts?.value, in: service),
        description: description(spec.value, context),
        span: spec.span
      )
    )
    return id
  }

  private func description(_ spec: ObjectiveSpec, _ context: ObjectiveContext) -> Objective.Description {
    let service = catalog[context.service]
    let journey = context.journeySpec
    var description = Objective.Description()
    description.title = spec.title?.value
    description.meaning = spec.meaning?.value
    description.rationale = spec.rationale?.value
    description.labels = service.labels + (journey?.labels ?? []).map(\.namedValue) + spec.labels.map(\.namedValue)
    description.runbook = spec.runbook?.value ?? journey?.runbook?.value ?? service.runbook
    description.owner = spec.owner?.value ?? journey?.owner?.value ?? service.owner?.value
    description.traffic = spec.traffic ?? journey?.traffic ?? service.traffic
    description.burnLevels = spec.burnLevels.map(BurnLevel.init)
    description.budgetFigures = spec.budget.map(Self.figures) ?? []
    description.zeroTolerance = spec.zeroTolerance?.value
    description.windowReason = spec.windowReason?.value
    return description
  }

  /// The objective's own choice, else its service's, else the workspace's.
  private mutating func policyChoice(_ stated: Located<PolicyChoiceSpec>?, in service: ServiceID) -> PolicyChoice {
    guard let choice = stated ?? serviceDefaults[service.index].policy else {
      return catalog.settings.policy.map { .named($0) } ?? .absent
    }
    switch choice.value {
    case .none: return .none
    case .named(let name):
      return find(.policy, Located(name, at: choice.span), from: service, as: PolicyID.self).map { .named($0) }
        ?? .none
    }
  }

  private mutating func burnAlerting(_ stated: BurnAlertsSpec?, in service: ServiceID) -> BurnAlerting {
    let defaults = serviceDefaults[service.index].burnAlerts
    let scheme = stated?.scheme?.value ?? defaults?.scheme?.value
    return BurnAlerting(
      scheme: scheme.map(BurnAlerting.Scheme.init) ?? .budget,
      page: route(stated?.page ?? defaults?.page, in: service),
      ticket: route(stated?.ticket ?? defaults?.ticket, in: service)
    )
  }

  private mutating func route(_ spec: AlertRouteSpec?, in service: ServiceID) -> BurnAlerting.Route {
    BurnAlerting.Route(
      severity: spec?.severity.flatMap { find(.severity, $0, from: service, as: SeverityID.self) },
      channels: (spec?.notify ?? []).compactMap { find(.channel, $0, from: service, as: ChannelID.self) }
    )
  }

  /// An objective by its full name, by `journey/objective`, or by its bare name where only one bears it.
  mutating func findObjective(
    _ reference: Located<String>,
    from service: ServiceID,
    journey: String? = nil
  ) -> ObjectiveID? {
    let own = name(of: service)
    let written = reference.value
    let candidates = [journey.map { "\(own)/\($0)/\(written)" }, "\(own)/\(written)", written].compactMap { $0 }
    for candidate in candidates {
      if let found = names.find(.objective, fullName: candidate) { return ObjectiveID(found.index) }
    }
    let all = names.names(of: .objective, in: service)
    let sameName = all.filter { $0.hasSuffix("/\(written)") }
    if sameName.count == 1, let found = names.find(.objective, fullName: "\(own)/\(sameName[0])") {
      return ObjectiveID(found.index)
    }
    let last = written.split(separator: "/").last.map(String.init) ?? written
    let isReported = candidates.contains {
      names.isReported(.objective, fullName: $0, bare: last, in: service)
    }
    if isReported || isFailedInAnyJourney(last, of: service) { return nil }
    reportUnresolved(
      sameName.count > 1
        ? "'\(written)' is the name of \(sameName.count) objectives of '\(own)'"
        : "'\(own)' has no objective '\(written)'",
      reference,
      nearest: sameName.first ?? Spelling.nearest(to: written, in: all)
    )
    return nil
  }

  private func isFailedInAnyJourney(_ bare: String, of service: ServiceID) -> Bool {
    names.names(of: .journey, in: service).contains {
      names.isReported(.objective, fullName: "\(name(of: service))/\($0)/\(bare)", bare: bare, in: service)
    }
  }
}

extension BurnAlerting.Scheme {
  init(_ spec: BurnAlertsSpec.Scheme) {
    switch spec {
    case .budget: self = .budget
    case .classic: self = .classic
    case .none: self = .none
    }
  }
}
