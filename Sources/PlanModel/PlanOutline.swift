import Quantities

/// What a workspace's own artifacts say of its services: Alertmanager's routes, the gate's policy, the index of the
/// catalogue. All of it fits in memory where the plans of ten thousand services would not.
package struct PlanOutline: Sendable {
  package var workspace: WorkspacePlan
  package var services: [ServiceOutline]

  package init(workspace: WorkspacePlan, services: [ServiceOutline]) {
    self.workspace = workspace
    self.services = services
  }

  package init(_ plan: Plan) {
    self.init(workspace: plan.workspace, services: plan.services.map { ServiceOutline($0, RuleFacts($0)) })
  }
}

/// A service without its rules, dashboards and pages.
package struct ServiceOutline: Sendable {
  package let name: String
  package let title: String
  package let owner: String
  package let tier: Int?
  package let journeys: [JourneyPlan]
  package let objectives: [ObjectiveOutline]
  package let agreementCount: Int
  package let rolloutStages: [Ratio]
  package let dependencies: [DependencyPlan]
  package let facts: RuleFacts

  /// Of the plan's rules nothing is looked at, for `facts` say what matters of them.
  package init(_ plan: ServicePlan, _ facts: RuleFacts) {
    name = plan.name
    title = plan.title
    owner = plan.owner
    tier = plan.tier
    journeys = plan.journeys
    objectives = plan.objectives.map(ObjectiveOutline.init)
    agreementCount = plan.agreements.count
    rolloutStages = plan.rolloutStages
    dependencies = plan.dependencies
    self.facts = facts
  }
}

/// An objective without its rules.
package struct ObjectiveOutline: Sendable {
  package let name: ObjectiveName
  package let title: String
  package let owner: String
  package let kind: IndicatorKind
  package let target: Target
  package let window: TimeWindow
  package let splitBy: [String]
  package let policy: String?
  package let attestation: AttestationPlan?

  fileprivate init(_ plan: ObjectivePlan) {
    name = plan.name
    title = plan.title
    owner = plan.owner
    kind = plan.kind
    target = plan.target
    window = plan.window
    splitBy = plan.splitBy
    policy = plan.policy
    attestation = plan.attestation
  }
}

/// What of a service's rules matters outside of its own files.
package struct RuleFacts: Sendable, Hashable {
  /// The full names of the channels that its alerts go to, sorted.
  package let channels: [String]
  /// What its objectives count, as a hash, by their full names; without those that record nothing.
  package let countHashes: [String: String]

  package init(channels: [String], countHashes: [String: String]) {
    self.channels = channels
    self.countHashes = countHashes
  }

  package init(_ plan: ServicePlan) {
    var channels: Set<Substring> = []
    for case .alert(let alert) in (plan.objectives.flatMap(\.groups) + plan.groups).flatMap(\.rules) {
      for label in alert.labels where label.name == AlertLabel.notify {
        channels.formUnion(label.value.split(separator: ","))
      }
    }
    self.init(
      channels: channels.sorted().map(String.init),
      countHashes: Dictionary(
        plan.objectives.compactMap { objective in objective.countHash.map { (objective.name.text, $0) } },
        uniquingKeysWith: { first, _ in first }
      )
    )
  }
}
