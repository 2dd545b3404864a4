import Emitters
import NinesCompiler

extension WorkspaceFolder {
  /// The path of the baseline, whether or not there is one.
  package var baselinePath: String { Self.join(path, Baseline.fileName) }

  /// Writes the baseline beside its place before it takes it.
  package func write(_ baseline: Baseline) throws(WorkspaceError) {
    var staging = Staging(root: try resolvedFolder())
    do {
      try staging.stage(Artifact(path: Baseline.fileName, text: baseline.text))
      try Staging.publish(staging.all)
    } catch {
      staging.discard()
      throw error
    }
  }
}
