import PlanModel
import Quantities

/// What a request is about: the budgets that count for it.
struct GateScope: Sendable {
  /// The full name of the service, journey or objective asked for.
  let subject: String
  /// The names whose overrides lift everything that counts here.
  let names: Set<String>
  let units: [GateUnit]
}

/// A budget, or several of a split objective, judged under one policy.
struct GateUnit: Sendable {
  enum Measure: Sendable {
    case objective(GateObjective)
    /// The weighted objectives of a composite journey, all under one policy.
    case composite(GateJourney, [GateObjective])
  }

  let measure: Measure
  /// The dependency through which it counts; nil where it belongs to what was asked for.
  let dependency: String?

  var name: String {
    switch measure {
    case .objective(let objective): objective.name.text
    case .composite(let journey, _): journey.name
    }
  }

  /// Who answers for it.
  var owner: String {
    switch measure {
    case .objective(let objective): objective.owner
    case .composite(let journey, _): journey.owner
    }
  }

  var policy: String? {
    switch measure {
    case .objective(let objective): objective.policy
    case .composite(_, let objectives): objectives.first?.policy
    }
  }

  /// The service, journey and objective that it belongs to.
  var scopes: Set<String> {
    switch measure {
    case .objective(let objective):
      let name = objective.name
      return Set([name.service, name.text] + (name.journey.map { ["\(name.service)/\($0)"] } ?? []))
    case .composite(let journey, _):
      return [journey.service, journey.name]
    }
  }
}

extension GatePolicy {
  /// The objectives that count for a request: what has to be observed to answer it.
  package func objectives(for request: GateRequest) throws(GateError) -> [GateObjective] {
    var found: [ObjectiveName: GateObjective] = [:]
    for unit in try scope(of: request).units {
      switch unit.measure {
      case .objective(let objective): found[objective.name] = objective
      case .composite(_, let objectives): for objective in objectives { found[objective.name] = objective }
      }
    }
    return objectives.filter { found[$0.name] != nil }
  }

  /// What counts for a request, in the order of names.
  func scope(of request: GateRequest) throws(GateError) -> GateScope {
    guard let service = services.first(where: { $0.name == request.service }) else {
      throw .unknown(
        .service,
        name: request.service,
        of: nil,
        nearest: nearestSpelling(to: request.service, among: services.map(\.name))
      )
    }
    let journey = try request.journey.map { (name) throws(GateError) in try self.journey(name, of: service) }
    let objective = try request.objective.map { (name) throws(GateError) in
      try self.objective(name, of: service, journey: journey)
    }
    var units: [String: GateUnit] = [:]
    for unit in own(service, journey, objective) { units[unit.name] = unit }
    for dependency in service.dependencies where !dependency.isExternal {
      for unit in self.units(behind: dependency.name) where units[unit.name] == nil { units[unit.name] = unit }
    }
    let names = [service.name, journey?.name, objective?.name.text].compactMap(\.self)
    return GateScope(
      subject: names.last ?? service.name,
      names: Set(names),
      units: units.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    )
  }

  // MARK: Names

  private func journey(_ name: String, of service: GateService) throws(GateError) -> GateJourney {
    let known = journeys.filter { $0.service == service.name }
    if let found = known.first(where: { $0.name == name || $0.name == "\(service.name)/\(name)" }) { return found }
    let bare = known.map { String($0.name.dropFirst(service.name.count + 1)) }
    throw .unknown(.journey, name: name, of: service.name, nearest: nearestSpelling(to: name, among: bare))
  }

  private func objective(
    _ name: String,
    of service: GateService,
    journey: GateJourney?
  ) throws(GateError) -> GateObjective {
    let known = objectives.filter {
      journey?.objectives.contains($0.name) ?? ($0.name.service == service.name)
    }
    let full = ["\(journey?.name ?? service.name)/\(name)", name, "\(service.name)/\(name)"]
    for candidate in full {
      if let found = known.first(where: { $0.name.text == candidate }) { return found }
    }
    let bare = known.filter { $0.name.objective == name }
    if bare.count == 1 { return bare[0] }
    if bare.count > 1 { throw .ambiguous(objective: name, candidates: bare.map(\.name.text).sorted()) }
    throw .unknown(
      .objective,
      name: name,
      of: journey?.name ?? service.name,
      nearest: nearestSpelling(to: name, among: Set(known.map(\.name.objective)).sorted())
    )
  }

  // MARK: Budgets

  private func own(_ service: GateService, _ journey: GateJourney?, _ objective: GateObjective?) -> [GateUnit] {
    if let objective { return [GateUnit(measure: .objective(objective), dependency: nil)] }
    if let journey { return units(of: [journey], beside: []) }
    return units(of: journeys.filter { $0.service == service.name }, beside: objectives(of: service.name))
  }

  private func units(behind dependency: String) -> [GateUnit] {
    let units =
      services.contains { $0.name == dependency }
      ? self.units(of: journeys.filter { $0.service == dependency }, beside: objectives(of: dependency))
      : objectives.filter { $0.name.text == dependency }.map { GateUnit(measure: .objective($0), dependency: nil) }
    return units.map { GateUnit(measure: $0.measure, dependency: dependency) }
  }

  private func objectives(of service: String) -> [GateObjective] { objectives.filter { $0.name.service == service } }

  /// The objectives of journeys and others beside them, each once; those that a composite journey weighs count through it.
  private func units(of journeys: [GateJourney], beside others: [GateObjective]) -> [GateUnit] {
    let beside = Set(others.map(\.name))
    let wanted = beside.union(journeys.flatMap(\.objectives))
    var weighed: Set<ObjectiveName> = []
    var units: [GateUnit] = []
    for journey in journeys {
      guard let parts = composite(journey) else { continue }
      units.append(GateUnit(measure: .composite(journey, parts), dependency: nil))
      weighed.formUnion(parts.map(\.name).filter { !beside.contains($0) || $0.belongs(to: journey) })
    }
    return units
      + objectives.filter { wanted.contains($0.name) && !weighed.contains($0.name) }
      .map { GateUnit(measure: .objective($0), dependency: nil) }
  }

  /// The weighed objectives of a journey; nil where it has no weights, where no single policy rules them all, or where an
  /// objective has the name that its budget would have.
  private func composite(_ journey: GateJourney) -> [GateObjective]? {
    let parts = journey.weights.compactMap { weight in objectives.first { $0.name == weight.objective } }
    guard let policy = parts.first?.policy, parts.count == journey.weights.count,
      parts.allSatisfy({ $0.policy == policy }), !objectives.contains(where: { $0.name.text == journey.name })
    else { return nil }
    return parts
  }
}

extension ObjectiveName {
  fileprivate func belongs(to owner: GateJourney) -> Bool {
    journey.map { "\(service)/\($0)" == owner.name } ?? false
  }
}
