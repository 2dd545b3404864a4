import Emitters
import PlanLowering
import PlanModel
import SpecCatalog

/// Takes services of one workspace from the catalog to artifacts, one at a time, and hands those over at once: what is kept
/// of a service is small.
struct ServicePrinter<Failure: Error>: Sendable {
  let lowering: Lowering
  let emission: Emission
  let workspace: Workspace
  /// Takes artifacts with their places below the output folder.
  let take: @Sendable ([Artifact]) throws(Failure) -> Void

  struct Outcome: Sendable {
    let artifacts: ServiceArtifacts
    let outline: ServiceOutline
    let isKept: Bool
  }

  func printed(_ service: ServiceID, key: String) throws(Failure) -> Outcome {
    let plan = lowering.plan(of: service)
    let facts = RuleFacts(plan)
    let digests = try passed(emission.artifacts(of: plan))
    return Outcome(
      artifacts: ServiceArtifacts(key: key, workspace: workspace.name, digests: digests, facts: facts),
      outline: ServiceOutline(plan, facts),
      isKept: false
    )
  }

  func kept(_ artifacts: ServiceArtifacts, of service: ServiceID) -> Outcome {
    Outcome(artifacts: artifacts, outline: lowering.outline(of: service, artifacts.facts), isKept: true)
  }

  /// What was handed over, with its places in the workspace.
  func passed(_ artifacts: [Artifact]) throws(Failure) -> [FileDigest] {
    let digests = artifacts.map(\.digest)
    try take(artifacts.map { Artifact(path: workspace.outputPath(of: $0.path), bytes: $0.bytes) })
    return digests
  }
}
