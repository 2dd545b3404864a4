import PlanModel

/// A workspace with what its services look up in it, found once: looking through all of it for every service would take
/// time with the square of their number.
struct PlanIndex: Sendable {
  let workspace: WorkspacePlan
  let serviceNames: Set<String>
  /// By their full names.
  let objectives: [String: ObjectiveName]
  private let policies: [String: PolicyPlan]
  private let policyNames: [String: [String]]
  private let overrides: [String: [OverridePlan]]
  private let freezes: [String: [FreezePlan]]
  private let signoffs: [String: [SignoffPlan]]

  init(_ workspace: WorkspacePlan, services: [String], objectives: [ObjectiveName]) {
    self.workspace = workspace
    serviceNames = Set(services)
    self.objectives = Dictionary(objectives.map { ($0.text, $0) }) { first, _ in first }
    policies = Dictionary(workspace.policies.map { ($0.name, $0) }) { first, _ in first }
    policyNames = Dictionary(grouping: workspace.policies.map(\.name), by: Self.service(of:))
    overrides = Dictionary(grouping: workspace.overrides) { Self.service(of: $0.scope) }
    freezes = Dictionary(grouping: workspace.freezes) { Self.service(of: $0.scope) }
    signoffs = Dictionary(grouping: workspace.signoffs, by: \.policy)
  }

  init(_ plan: Plan) {
    self.init(
      plan.workspace,
      services: plan.services.map(\.name),
      objectives: plan.services.flatMap(\.objectives).map(\.name)
    )
  }

  /// The policies that a service declares and those that rule its objectives, sorted by name.
  func policies(of service: ServicePlan) -> [PolicyPlan] {
    let used = service.objectives.compactMap(\.policy)
    return Set(used + (policyNames[service.name] ?? [])).sorted().compactMap { policies[$0] }
  }

  /// The overrides for a service, its journeys and its objectives.
  func overrides(of service: ServicePlan) -> [OverridePlan] { overrides[service.name] ?? [] }

  /// The times in which changes of a service, its journeys or its objectives wait.
  func freezes(of service: ServicePlan) -> [FreezePlan] { freezes[service.name] ?? [] }

  func signoffs(of policy: PolicyPlan) -> [SignoffPlan] { signoffs[policy.name] ?? [] }

  /// The service at the head of a full name.
  private static func service(of fullName: String) -> String { String(fullName.prefix { $0 != "/" }) }
}
