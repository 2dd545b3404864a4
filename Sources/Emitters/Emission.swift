import Parallelism
import PlanModel

/// Everything that a workspace asks for, as files.
///
/// What belongs to a service alone is printed service by service, so that a caller may leave out those that it has.
package struct Emission: Sendable {
  private let index: PlanIndex
  private let emitters: [Emitter]

  package init(_ plan: Plan) {
    index = PlanIndex(plan)
    emitters = EmitterRegistry.all.filter { plan.workspace.outputs.contains($0.kind) }
  }

  /// All artifacts of the outputs that the plan names, sorted by the bytes of their paths.
  package static func artifacts(of plan: Plan) -> [Artifact] {
    let emission = Emission(plan)
    return sorted(emission.workspaceArtifacts() + emission.artifacts(of: plan.services).joined())
  }

  /// The share of `artifacts(of:)` that belongs to no single service, unsorted.
  package func workspaceArtifacts() -> [Artifact] {
    emitters.flatMap { $0.workspaceArtifacts(index) }
  }

  /// The shares of `artifacts(of:)` that belong to services of the plan, one by one, unsorted.
  package func artifacts(of services: [ServicePlan]) -> [[Artifact]] {
    ParallelWork.map(services) { service in emitters.flatMap { $0.serviceArtifacts(service, index) } }
  }

  package static func sorted(_ artifacts: [Artifact]) -> [Artifact] {
    artifacts.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
