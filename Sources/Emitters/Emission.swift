import PlanModel

/// Everything that a workspace asks for, as files.
///
/// What belongs to a service alone is printed service by service, so that a caller may leave out those that it has, and
/// need not hold all of them.
package struct Emission: Sendable {
  private let index: PlanIndex
  private let emitters: [Emitter]

  /// `services` and `objectives` are the names of all that the workspace has.
  package init(_ workspace: WorkspacePlan, services: [String], objectives: [ObjectiveName]) {
    self.init(PlanIndex(workspace, services: services, objectives: objectives))
  }

  private init(_ index: PlanIndex) {
    self.index = index
    emitters = EmitterRegistry.all.filter { index.workspace.outputs.contains($0.kind) }
  }

  /// All artifacts of the outputs that the plan names, sorted by the bytes of their paths.
  package static func artifacts(of plan: Plan) -> [Artifact] {
    let emission = Emission(PlanIndex(plan))
    let outline = PlanOutline(plan)
    return sorted(
      emission.artifacts(of: outline.services) + plan.services.flatMap(emission.artifacts(of:))
    )
  }

  /// The share of `artifacts(of:)` that belongs to no single service, unsorted.
  package func artifacts(of services: [ServiceOutline]) -> [Artifact] {
    let outline = PlanOutline(workspace: index.workspace, services: services)
    return emitters.flatMap { $0.workspaceArtifacts(outline) }
  }

  /// The share of `artifacts(of:)` that belongs to one service, unsorted.
  package func artifacts(of service: ServicePlan) -> [Artifact] {
    emitters.flatMap { $0.serviceArtifacts(service, index) }
  }

  package static func sorted(_ artifacts: [Artifact]) -> [Artifact] {
    artifacts.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
