import PlanModel

/// Prints one kind of artifact from a plan, and from nothing else.
package struct Emitter: Sendable {
  package let kind: OutputKind
  /// The artifacts that need the whole workspace.
  let workspaceArtifacts: @Sendable (PlanOutline) -> [Artifact]
  /// The artifacts of one service of the plan.
  let serviceArtifacts: @Sendable (ServicePlan, PlanIndex) -> [Artifact]

  init(
    _ kind: OutputKind,
    workspace: @escaping @Sendable (PlanOutline) -> [Artifact] = { _ in [] },
    service: @escaping @Sendable (ServicePlan, PlanIndex) -> [Artifact] = { _, _ in [] }
  ) {
    self.kind = kind
    workspaceArtifacts = workspace
    serviceArtifacts = service
  }

  package func artifacts(of plan: Plan) -> [Artifact] {
    let index = PlanIndex(plan)
    return workspaceArtifacts(PlanOutline(plan)) + plan.services.flatMap { serviceArtifacts($0, index) }
  }
}
