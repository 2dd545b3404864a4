import Diagnostics
import Emitters
import PlanModel
import Synchronization

/// What workspaces compile to, held in memory: for those who look at artifacts rather than write them.
package struct InMemoryCompilation: Sendable {
  package let report: DiagnosticReport
  /// In the order of the workspaces; nil if any of them has an error.
  package let outputs: [Output]?

  package struct Output: Sendable {
    /// With their places below the output folder, sorted by them but for the manifest, which comes last.
    package let artifacts: [Artifact]
    fileprivate let compiler: Compiler
    fileprivate let analysis: Analysis

    /// Made when it is asked for.
    package var plan: Plan { compiler.plan(of: analysis) }
  }

  /// Of all workspaces.
  package var artifacts: [Artifact]? { outputs?.flatMap(\.artifacts) }
}

extension Compiler {
  /// Reads and judges workspaces, and makes in memory what they ask for if none of them has an error.
  package func compile(
    _ workspaces: [Workspace],
    after earlier: RecordedCounts = RecordedCounts()
  ) -> InMemoryCompilation {
    let judgement = judge(workspaces)
    if judgement.hasErrors { return InMemoryCompilation(report: judgement.report, outputs: nil) }
    let made = ArtifactList()
    let report = compile(judgement, after: earlier, into: made.take).report
    var rest = made.artifacts[...]
    let outputs = judgement.analyses.map { analysis in
      // Workspaces are compiled one after the other, and a manifest is the last of its workspace.
      let manifest = analysis.workspace.outputPath(of: Manifest.path)
      let own = rest.prefix { $0.path != manifest }
      let last = rest.dropFirst(own.count).prefix(1)
      rest = rest.dropFirst(own.count + last.count)
      return InMemoryCompilation.Output(
        artifacts: Emission.sorted(Array(own)) + last,
        compiler: self,
        analysis: analysis
      )
    }
    return InMemoryCompilation(report: report, outputs: outputs)
  }
}

/// Keeps what it is handed, in that order.
private final class ArtifactList: Sendable {
  private let taken = Mutex<[Artifact]>([])

  @Sendable func take(_ artifacts: [Artifact]) { taken.withLock { $0 += artifacts } }

  var artifacts: [Artifact] { taken.withLock(\.self) }
}
