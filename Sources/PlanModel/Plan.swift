import Quantities

/// Everything that will be emitted for one workspace, free of files, positions and doubts.
package struct Plan: Sendable {
  package var workspace: WorkspacePlan
  package var services: [ServicePlan]

  package init(workspace: WorkspacePlan, services: [ServicePlan]) {
    self.workspace = workspace
    self.services = services
  }
}

/// A kind of artifact that a workspace may ask for.
package enum OutputKind: String, Sendable, CaseIterable {
  case prometheus
  case alertmanager
  case grafana
  case tables
  case gate
  case catalogue
  case delivery

  /// What a workspace gets that does not say what it wants: everything but what only some clusters can use.
  package static let usual = Set(allCases).subtracting([.delivery])
}

/// How rule files are wrapped.
package enum RuleFileFormat: String, Sendable, CaseIterable {
  case rules
  case prometheusRule = "prometheus-rule"
}

/// What a workspace has beside its services: the settings that reach its artifacts, and what belongs to all of them.
package struct WorkspacePlan: Sendable {
  package var title: String
  package var outputs: Set<OutputKind>
  package var format: RuleFileFormat
  /// How often rules are evaluated.
  package var interval: TimeSpan
  package var labelNames: LabelNames
  package var dashboardsURL: String?
  package var policies: [PolicyPlan]
  package var overrides: [OverridePlan]
  package var signoffs: [SignoffPlan]
  package var freezes: [FreezePlan]
  /// The rules of the time zones that freezes and calendar windows are in, by their names; UTC is not among them.
  package var zones: [String: TimeZoneRules]
  package var alerting: AlertingPlan
  /// Rule groups that belong to no service, such as calendar period starts.
  package var groups: [RuleGroup]

  package init(
    title: String,
    outputs: Set<OutputKind>,
    format: RuleFileFormat,
    interval: TimeSpan,
    labelNames: LabelNames,
    dashboardsURL: String?,
    policies: [PolicyPlan] = [],
    overrides: [OverridePlan] = [],
    signoffs: [SignoffPlan] = [],
    freezes: [FreezePlan] = [],
    zones: [String: TimeZoneRules] = [:],
    alerting: AlertingPlan = AlertingPlan(receivers: [], mutes: []),
    groups: [RuleGroup] = []
  ) {
    self.title = title
    self.outputs = outputs
    self.format = format
    self.interval = interval
    self.labelNames = labelNames
    self.dashboardsURL = dashboardsURL
    self.policies = policies
    self.overrides = overrides
    self.signoffs = signoffs
    self.freezes = freezes
    self.zones = zones
    self.alerting = alerting
    self.groups = groups
  }
}

/// The labels that `nines` puts on what it records and alerts.
package struct LabelNames: Sendable, Hashable {
  package var slo = "slo"
  package var service = "service"
  package var journey = "journey"
  package var objective = "objective"
  package var owner = "owner"
  package var severity = "severity"

  package init() {}
}

/// The full name of an objective: `service/objective` or `service/journey/objective`.
package struct ObjectiveName: Sendable, Hashable, Comparable {
  package let service: String
  package let journey: String?
  package let objective: String

  package init(service: String, journey: String?, objective: String) {
    self.service = service
    self.journey = journey
    self.objective = objective
  }

  package var text: String {
    journey.map { "\(service)/\($0)/\(objective)" } ?? "\(service)/\(objective)"
  }

  package static func < (left: ObjectiveName, right: ObjectiveName) -> Bool {
    left.text < right.text
  }
}
