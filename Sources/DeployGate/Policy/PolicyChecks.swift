import PlanModel
import Quantities

/// What holds between the parts of a policy file.
extension GatePolicy {
  func checkNames() throws(DocumentFault) {
    try Self.checkUnique(services.map(\.name), in: "services")
    try Self.checkUnique(journeys.map(\.name), in: "journeys")
    try Self.checkUnique(objectives.map(\.name.text), in: "objectives")
    try Self.checkUnique(policies.map(\.name), in: "policies")
    for (index, policy) in policies.enumerated() {
      let place = Self.place("policies", index)
      try Self.checkUnique(policy.levels.map(\.name), in: place.member("levels").path)
      if policy.levels.isEmpty { throw place.fault("policy '\(policy.name)' has no levels") }
    }
  }

  func checkReferences() throws(DocumentFault) {
    let known = PolicyNames(self)
    for (index, service) in services.enumerated() {
      for (position, dependency) in service.dependencies.enumerated() where !dependency.isExternal {
        let place = Self.place("services", index).member("dependencies").element(position)
        guard known.services.contains(dependency.name) || known.objectives.contains(dependency.name) else {
          throw place.fault("'\(dependency.name)' is neither a service nor an objective")
        }
      }
    }
    for (index, journey) in journeys.enumerated() {
      try check(journey, at: Self.place("journeys", index), known)
    }
    for (index, objective) in objectives.enumerated() {
      try check(objective, at: Self.place("objectives", index), known)
    }
    for (index, policy) in policies.enumerated() { try policy.check(at: Self.place("policies", index)) }
    let changes = Set(policies.flatMap(\.changes))
    let scopes = known.services.union(known.journeys).union(known.objectives)
    for (index, override) in overrides.enumerated() {
      guard changes.contains(override.change) else {
        throw Self.place("overrides", index).member("change").fault("no policy has a change class '\(override.change)'")
      }
      guard scopes.contains(override.scope) else {
        throw Self.place("overrides", index).member("scope")
          .fault("'\(override.scope)' is no service, journey or objective")
      }
    }
    for (index, freeze) in freezes.enumerated() {
      let place = Self.place("freezes", index)
      guard scopes.contains(freeze.scope) else {
        throw place.member("scope").fault("'\(freeze.scope)' is no service, journey or objective")
      }
      if let change = freeze.allowed.first(where: { !changes.contains($0) }) {
        throw place.member("allow").fault("no policy has a change class '\(change)'")
      }
    }
    try checkZones()
    for (index, signoff) in signoffs.enumerated() { try check(signoff, at: Self.place("signoffs", index)) }
  }

  /// Every zone that something is in has its rules.
  private func checkZones() throws(DocumentFault) {
    for (index, objective) in objectives.enumerated() {
      guard case .calendar(_, let zone) = objective.window, zone != "UTC", zones[zone] == nil else { continue }
      throw Self.place("objectives", index).member("window").member("zone").fault(
        "zone '\(zone)' is not among the zones"
      )
    }
    for (index, freeze) in freezes.enumerated() {
      for (position, zone) in freeze.windows.map(\.zone).enumerated() {
        guard let zone, zone != "UTC", zones[zone] == nil else { continue }
        throw Self.place("freezes", index).member("windows").element(position).member("zone")
          .fault("zone '\(zone)' is not among the zones")
      }
    }
  }

  private func check(_ journey: GateJourney, at place: DocumentPlace, _ known: PolicyNames) throws(DocumentFault) {
    guard known.services.contains(journey.service), journey.name.hasPrefix("\(journey.service)/") else {
      throw place.member("service").fault("'\(journey.service)' is not the service of '\(journey.name)'")
    }
    for (index, name) in journey.objectives.enumerated() where !known.objectives.contains(name.text) {
      throw place.member("objectives").element(index).fault("unknown objective '\(name.text)'")
    }
    try Self.checkUnique(journey.objectives.map(\.text), in: place.member("objectives").path)
    try Self.checkUnique(journey.weights.map(\.objective.text), in: place.member("weights").path)
    for (index, weight) in journey.weights.enumerated() where !journey.objectives.contains(weight.objective) {
      throw place.member("weights").element(index).fault("'\(weight.objective.text)' is no objective of the journey")
    }
  }

  private func check(_ objective: GateObjective, at place: DocumentPlace, _ known: PolicyNames) throws(DocumentFault) {
    guard known.services.contains(objective.name.service) else {
      throw place.member("service").fault("unknown service '\(objective.name.service)'")
    }
    if let journey = objective.name.journey, !known.journeys.contains("\(objective.name.service)/\(journey)") {
      throw place.member("journey").fault("unknown journey '\(journey)'")
    }
    if let policy = objective.policy, !known.policies.contains(policy) {
      throw place.member("policy").fault("unknown policy '\(policy)'")
    }
  }

  private func check(_ signoff: SignoffPlan, at place: DocumentPlace) throws(DocumentFault) {
    guard let policy = policies.first(where: { $0.name == signoff.policy }) else {
      throw place.member("policy").fault("unknown policy '\(signoff.policy)'")
    }
    guard let level = policy.levels.first(where: { $0.name == signoff.level }) else {
      throw place.member("level").fault("policy '\(policy.name)' has no level '\(signoff.level)'")
    }
    guard level.exit.contains(signoff.item) else {
      throw place.member("item").fault("level '\(level.name)' has no exit item '\(signoff.item)'")
    }
  }

  // MARK: Places

  static func place(_ list: String, _ index: Int) -> DocumentPlace {
    DocumentPlace(document: .policy, path: list).element(index)
  }

  private static func checkUnique(_ names: [String], in path: String) throws(DocumentFault) {
    var seen: Set<String> = []
    for (index, name) in names.enumerated() where !seen.insert(name).inserted {
      throw DocumentPlace(document: .policy, path: path).element(index).fault("'\(name)' a second time")
    }
  }
}

/// The names that a policy file declares.
private struct PolicyNames {
  let services: Set<String>
  let journeys: Set<String>
  let objectives: Set<String>
  let policies: Set<String>

  init(_ policy: GatePolicy) {
    services = Set(policy.services.map(\.name))
    journeys = Set(policy.journeys.map(\.name))
    objectives = Set(policy.objectives.map(\.name.text))
    policies = Set(policy.policies.map(\.name))
  }
}

extension PolicyPlan {
  fileprivate func check(at place: DocumentPlace) throws(DocumentFault) {
    for (index, level) in levels.enumerated() {
      let place = place.member("levels").element(index)
      for (member, names) in [("allow", level.allowed), ("approve", level.approved)] {
        if let unknown = names.first(where: { !changes.contains($0) }) {
          throw place.member(member).fault("'\(unknown)' is no change class of policy '\(name)'")
        }
      }
      if let both = level.allowed.first(where: level.approved.contains) {
        throw place.fault("'\(both)' is both allowed and in need of approval")
      }
    }
    if case .level(let level)? = withoutData?.answer, !levels.contains(where: { $0.name == level }) {
      throw place.member("withoutData").member("level").fault("policy '\(name)' has no level '\(level)'")
    }
  }
}
