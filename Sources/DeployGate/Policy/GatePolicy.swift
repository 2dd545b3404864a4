import PlanModel
import Quantities

/// What the gate knows about a workspace: the contents of `gate/policy.json`.
package struct GatePolicy: Sendable, Hashable {
  package var workspace: String
  /// SHA-256 of the file without this member, in hexadecimal; decisions name their policy by it.
  package var identity: String
  /// How often the recording rules are evaluated.
  package var interval: TimeSpan
  package var labelNames: LabelNames
  package var services: [GateService]
  package var journeys: [GateJourney]
  package var objectives: [GateObjective]
  package var policies: [PolicyPlan]
  package var overrides: [OverridePlan]
  package var signoffs: [SignoffPlan]
  package var freezes: [FreezePlan]
  /// The rules of the zones that freezes and windows are in, by their names; UTC is not among them.
  package var zones: [String: TimeZoneRules]

  package init(
    workspace: String,
    identity: String,
    interval: TimeSpan,
    labelNames: LabelNames,
    services: [GateService],
    journeys: [GateJourney],
    objectives: [GateObjective],
    policies: [PolicyPlan],
    overrides: [OverridePlan],
    signoffs: [SignoffPlan],
    freezes: [FreezePlan] = [],
    zones: [String: TimeZoneRules] = [:]
  ) {
    self.workspace = workspace
    self.identity = identity
    self.interval = interval
    self.labelNames = labelNames
    self.services = services
    self.journeys = journeys
    self.objectives = objectives
    self.policies = policies
    self.overrides = overrides
    self.signoffs = signoffs
    self.freezes = freezes
    self.zones = zones
  }
}

extension GatePolicy {
  /// The zone in which a window's periods begin.
  func zone(of window: TimeWindow) -> TimeZoneRules {
    guard case .calendar(_, let name) = window else { return .utc }
    return zones[name] ?? .utc
  }
}

package struct GateService: Sendable, Hashable {
  package var name: String
  package var title: String
  package var owner: String
  /// The stages of a rollout, increasing; empty where the service declares none.
  package var rolloutStages: [Ratio]
  /// Only those that block.
  package var dependencies: [GateDependency]

  package init(
    name: String,
    title: String,
    owner: String,
    rolloutStages: [Ratio],
    dependencies: [GateDependency]
  ) {
    self.name = name
    self.title = title
    self.owner = owner
    self.rolloutStages = rolloutStages
    self.dependencies = dependencies
  }
}

/// A service or objective whose freeze holds back deploys here; an external one has no budget in this workspace.
package struct GateDependency: Sendable, Hashable {
  package var name: String
  package var isExternal: Bool

  package init(name: String, isExternal: Bool) {
    self.name = name
    self.isExternal = isExternal
  }
}

package struct GateJourney: Sendable, Hashable {
  /// `service/journey`.
  package var name: String
  package var service: String
  package var title: String
  package var owner: String
  /// Its own objectives and those that it requires.
  package var objectives: [ObjectiveName]
  /// Of a composite journey; empty where the worst objective rules.
  package var weights: [ObjectiveWeight]

  package init(
    name: String,
    service: String,
    title: String,
    owner: String,
    objectives: [ObjectiveName],
    weights: [ObjectiveWeight]
  ) {
    self.name = name
    self.service = service
    self.title = title
    self.owner = owner
    self.objectives = objectives
    self.weights = weights
  }
}

package struct GateObjective: Sendable, Hashable {
  package var name: ObjectiveName
  package var title: String
  package var owner: String
  package var target: Target
  package var window: TimeWindow
  /// Labels whose every value has a budget of its own.
  package var splitBy: [String]
  /// The full name of the policy that rules deploys, where one does.
  package var policy: String?
  package var measure: Measure

  /// What the objective is judged by.
  package enum Measure: Sendable, Hashable {
    case events
    case attestation(by: String, on: CalendarDate, lapses: CalendarDate)
  }

  package init(
    name: ObjectiveName,
    title: String,
    owner: String,
    target: Target,
    window: TimeWindow,
    splitBy: [String],
    policy: String?,
    measure: Measure
  ) {
    self.name = name
    self.title = title
    self.owner = owner
    self.target = target
    self.window = window
    self.splitBy = splitBy
    self.policy = policy
    self.measure = measure
  }
}
