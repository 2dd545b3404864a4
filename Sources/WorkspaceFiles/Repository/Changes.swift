import Diagnostics
import NinesCompiler

/// What has become of a workspace since a commit.
package struct Changes: Sendable {
  /// Files that are not as they were, by their paths below the folder.
  package let paths: Set<String>
  /// What lay there at the commit.
  package let before: FileOverlay
}

extension WorkspaceFolder {
  /// What has changed since the commit that the work at hand and a reference have in common.
  package func changes(since reference: String) throws(WorkspaceError) -> Changes {
    let root = try resolvedFolder()
    let git = try Git(in: root)
    let commit = try git.commonAncestor(with: reference)
    var paths: Set<String> = []
    var before = FileOverlay()
    for change in try git.changes(since: commit) {
      let path = RelativePath.path(to: "/\(change.path)", from: "/\(git.prefix)")
      paths.insert(path)
      if change.isNew {
        before.remove(path)
      } else if path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
        let (git, name) = (git, change.path)
        before.replace(path) { () throws(WorkspaceError) in try git.contents(of: name, at: commit) }
      }
    }
    return Changes(paths: paths, before: before)
  }

  /// The workspaces as they were before the changes; none where there were no specs.
  package func read(before changes: Changes) throws(WorkspaceError) -> [Workspace] {
    do {
      return try read(changes.before)
    } catch {
      if case .noSpecs = error { return [] }
      throw error
    }
  }

  /// The paths of those files of some workspaces that are among some paths, by their own or by the one that a link
  /// leads to.
  package func files(of workspaces: [Workspace], among paths: Set<String>) throws(WorkspaceError) -> Set<String> {
    let root = try resolvedFolder()
    var found: Set<String> = []
    for file in workspaces.flatMap(\.files) {
      let target = try resolvedPath(Self.join(root, file.path)).map { RelativePath.path(to: $0, from: root) }
      if paths.contains(file.path) || target.map(paths.contains) ?? false { found.insert(file.path) }
    }
    return found
  }
}
