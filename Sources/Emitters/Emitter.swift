import PlanModel

/// Prints one kind of artifact from a plan, and from nothing else.
///
/// What belongs to a service alone is printed service by service, so that a caller with several cores may split them.
package struct Emitter: Sendable {
  package let kind: OutputKind
  /// The artifacts that need the whole workspace.
  package let workspaceArtifacts: @Sendable (Plan) -> [Artifact]
  /// The artifacts of one service of the plan.
  package let serviceArtifacts: @Sendable (ServicePlan, Plan) -> [Artifact]

  init(
    _ kind: OutputKind,
    workspace: @escaping @Sendable (Plan) -> [Artifact] = { _ in [] },
    service: @escaping @Sendable (ServicePlan, Plan) -> [Artifact] = { _, _ in [] }
  ) {
    self.kind = kind
    workspaceArtifacts = workspace
    serviceArtifacts = service
  }

  package func artifacts(of plan: Plan) -> [Artifact] {
    workspaceArtifacts(plan) + plan.services.flatMap { serviceArtifacts($0, plan) }
  }
}

/// Everything that a workspace asks for, as files.
package enum Emission {
  /// All artifacts of the outputs that the plan names, sorted by the bytes of their paths.
  package static func artifacts(of plan: Plan) -> [Artifact] {
    sorted(workspaceArtifacts(of: plan) + plan.services.flatMap { artifacts(of: $0, in: plan) })
  }

  /// The share of `artifacts(of:)` that belongs to no single service, unsorted.
  package static func workspaceArtifacts(of plan: Plan) -> [Artifact] {
    emitters(for: plan).flatMap { $0.workspaceArtifacts(plan) }
  }

  /// The share of `artifacts(of:)` that belongs to one service, unsorted.
  package static func artifacts(of service: ServicePlan, in plan: Plan) -> [Artifact] {
    emitters(for: plan).flatMap { $0.serviceArtifacts(service, plan) }
  }

  package static func sorted(_ artifacts: [Artifact]) -> [Artifact] {
    artifacts.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private static func emitters(for plan: Plan) -> [Emitter] {
    EmitterRegistry.all.filter { plan.workspace.outputs.contains($0.kind) }
  }
}
