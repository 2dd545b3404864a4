/// The repository that a folder lies in, as far as that is seen without asking git.
package enum Repository {
  /// The nearest folder at or above one that holds `.git`, which is a file in a worktree. Both without links.
  static func root(around folder: String) -> String? {
    var candidate = folder
    while true {
      do {
        if try FileSystem.linkStatus(of: WorkspaceFolder.join(candidate, ".git")) != nil { return candidate }
      } catch {
        // Above a folder that may not be looked into there is no repository of ours.
        return nil
      }
      if candidate == "/" || candidate.isEmpty { return nil }
      let parent = RelativePath.folder(of: candidate)
      candidate = parent.isEmpty ? "/" : parent
    }
  }
}

extension WorkspaceFolder {
  /// The folder's path below the root of its repository; empty where it is the root, or where there is none.
  package func pathInRepository() throws(WorkspaceError) -> String {
    let folder = try resolvedFolder()
    guard let root = Repository.root(around: folder) else { return "" }
    return RelativePath.path(to: folder, from: root)
  }

  /// A path below this folder as it is below another that holds it: `specs/shop.yaml` as `slo/specs/shop.yaml`.
  package static func path(_ path: String, below prefix: String) -> String {
    prefix.isEmpty || path.hasPrefix("/") ? path : RelativePath.normalized("\(prefix)/\(path)")
  }
}
