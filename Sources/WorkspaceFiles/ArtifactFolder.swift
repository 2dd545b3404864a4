import Emitters
import NinesCompiler

/// A folder that holds artifacts, and perhaps other files, which are left alone.
package struct ArtifactFolder: Sendable {
  /// What differs between a folder and the artifacts that belong there.
  package struct Difference: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
      case missing
      case changed
      /// An earlier compilation wrote it, and the specs no longer ask for it.
      case leftOver
    }

    /// Below the folder.
    package let path: String
    package let kind: Kind

    package init(path: String, kind: Kind) {
      self.path = path
      self.kind = kind
    }
  }

  package let path: String

  package init(_ path: String) {
    self.path = path
  }

  /// What writing these artifacts would change, in the order of their paths.
  package func differences(from artifacts: [Artifact]) throws(WorkspaceError) -> [Difference] {
    let comparison = FolderComparison(with: self)
    try comparison.take(artifacts)
    return try comparison.differences(about: PendingWrites(leftIn: path)?.paths ?? [])
  }

  /// Brings the folder in line with the artifacts, and returns what had to change.
  package func write(_ artifacts: [Artifact]) throws(WorkspaceError) -> [Difference] {
    try updating { update throws(WorkspaceError) in
      try update.take(artifacts)
      return try update.finish().differences
    }
  }

  /// Brings the folder in line with what the body hands over.
  ///
  /// Everything is written beside its place before anything takes its place, and the manifests come last: whatever
  /// fails before that leaves every file as it was. Of runs side by side one waits for the other. A run that is killed
  /// leaves whole files, and a note by which the next one removes what it left beside them.
  func updating<Outcome>(
    _ body: (FolderUpdate) throws(WorkspaceError) -> Outcome
  ) throws(WorkspaceError) -> Outcome {
    var staging = Staging(root: path)
    if try kind(of: path) == nil { try staging.makeRoot() }
    let prepared = staging
    return try FolderLock.holding(path) { isAlone throws(WorkspaceError) in
      let update = try FolderUpdate(of: self, isAlone: isAlone, staging: prepared)
      do throws(WorkspaceError) {
        return try body(update)
      } catch {
        update.abandon()
        throw error
      }
    }
  }

  /// What workspaces counted when they were compiled to this folder before; nothing of those that never were.
  package func recordedCounts(of workspaces: [Workspace]) throws(WorkspaceError) -> RecordedCounts {
    var hashes: [String: [String: String]] = [:]
    for workspace in workspaces {
      let file = absolute(workspace.outputPath(of: Manifest.path))
      guard try kind(of: file) == .file else { continue }
      hashes[workspace.name] = try ManifestReader.ledgers(
        of: contents(of: file, limit: ManifestReader.limit),
        at: file
      )
    }
    return RecordedCounts(hashes)
  }

  static func isManifest(_ path: String) -> Bool {
    path == Manifest.path || path.hasSuffix("/\(Manifest.path)")
  }

  // MARK: Files

  func absolute(_ path: String) -> String { WorkspaceFolder.join(self.path, path) }

  func kind(of path: String) throws(WorkspaceError) -> FileStatus.Kind? {
    do {
      return try FileSystem.linkStatus(of: path)?.kind
    } catch {
      throw .unreadable(path, reason: error.reason)
    }
  }

  /// What lies there without following a link; what is no file has no contents that could be right.
  func contents(of path: String, limit: Int) throws(WorkspaceError) -> [UInt8] {
    let bytes: [UInt8]?
    do {
      bytes = try FileSystem.contents(of: path, limit: limit, followsLink: false)
    } catch {
      throw .unreadable(path, reason: error.reason)
    }
    guard let bytes else { throw .notAFile(path) }
    return bytes
  }

  func remove(_ path: String) throws(WorkspaceError) {
    do {
      try FileSystem.remove(absolute(path))
    } catch {
      throw .unwritable(absolute(path), reason: error.reason)
    }
    removeEmptyFolders(above: path)
  }

  /// As far up as folders have nothing in them, and never this one.
  func removeEmptyFolders(above path: String) {
    var folder = path[...]
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      guard FileSystem.removeIfEmpty(folder: absolute(String(folder))) else { return }
    }
  }
}
