import Emitters
import PlanModel

/// What one service compiled to, without the bytes.
package struct ServiceArtifacts: Sendable, Hashable {
  /// A hash of all that they follow from.
  package let key: String
  /// The name of the service's workspace.
  package let workspace: String
  /// Their places are those below the workspace's own output.
  package let digests: [FileDigest]
  package let facts: RuleFacts

  package init(key: String, workspace: String, digests: [FileDigest], facts: RuleFacts) {
    self.key = key
    self.workspace = workspace
    self.digests = digests
    self.facts = facts
  }

  /// Below the output folder.
  package var paths: [String] { digests.map { Workspace.outputPath(of: $0.path, in: workspace) } }
}

/// What an earlier compilation left that still lies in its place as it was, by the keys of the services.
package struct KeptArtifacts: Sendable {
  private let byKey: [String: ServiceArtifacts]

  package init(_ artifacts: [ServiceArtifacts] = []) {
    byKey = Dictionary(artifacts.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  subscript(key: String) -> ServiceArtifacts? { byKey[key] }
}
