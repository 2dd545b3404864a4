import Diagnostics
import Emitters
import YAMLSource

extension WorkspaceFolder {
  /// Writes specs anew that were read from this folder.
  ///
  /// Everything is written beside its place before anything takes its place; a file that is no longer what was read
  /// stops it before that. Links stay links, and what they lead to is written.
  package func rewrite(_ files: [(before: SourceFile, after: SourceFile)]) throws(WorkspaceError) {
    if files.isEmpty { return }
    guard let root = try resolvedPath(path) else { throw .noSuchFolder(path) }
    var staging = Staging(root: root)
    do {
      for file in files {
        let artifact = Artifact(path: try place(of: file.before, in: root), bytes: file.after.bytes)
        try staging.stage(artifact, replacing: file.before.bytes)
      }
    } catch {
      staging.discard()
      throw error
    }
    try Staging.publish(staging.all)
  }

  /// Where a spec really lies, below the folder.
  private func place(of file: SourceFile, in root: String) throws(WorkspaceError) -> String {
    guard let target = try resolvedPath(Self.join(root, file.path)) else { throw .changedMeanwhile(file.path) }
    let inside = Self.join(root, "")
    guard target.hasPrefix(inside) else { throw .linkLeaves(file.path) }
    return String(target.dropFirst(inside.count))
  }
}
