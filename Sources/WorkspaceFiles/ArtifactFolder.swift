import Emitters
import NinesCompiler
import Parallelism

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

  /// What came of bringing a folder in line.
  package struct Written: Sendable {
    package let differences: [Difference]
    /// What was there in the places of what changed, and what is there now.
    let replaced: TreeFingerprint
    let new: TreeFingerprint
    /// What is in place of the services that the artifacts are of.
    let services: ServiceRecords
  }

  private static let manifestName = "manifest.json"

  package let path: String

  package init(_ path: String) {
    self.path = path
  }

  /// What writing these artifacts would change, in the order of their paths.
  ///
  /// Only what the last manifest lists is ever left over; a file that nobody listed is somebody else's.
  package func differences(from artifacts: [Artifact]) throws(WorkspaceError) -> [Difference] {
    try differences(from: artifacts, beside: [])
  }

  /// `kept` are paths of files that are as they should be.
  private func differences(from artifacts: [Artifact], beside kept: [String]) throws(WorkspaceError) -> [Difference] {
    var checked = CheckedFolders(root: path)
    for path in artifacts.map(\.path) + kept { try checked.check(path) }
    var differences = try ParallelWork.map(
      artifacts,
      throwing: { (artifact) throws(WorkspaceError) in
        try difference(from: artifact)
      }
    ).compactMap(\.self)
    differences += try leftOver(beside: artifacts, kept, &checked).map { Difference(path: $0, kind: .leftOver) }
    return differences.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Brings the folder in line with the artifacts, and returns what had to change.
  ///
  /// Everything is written beside its place before anything takes its place, and the manifests come last: whatever
  /// fails before that leaves every file as it was. Of runs side by side one waits for the other. A run that is killed
  /// leaves whole files, and a note by which the next one removes what it left beside them.
  ///
  /// `services` says which services the artifacts are of. What `earlier` has of them stays as it is and is not among the
  /// artifacts; nothing is written where it was touched meanwhile.
  package func update(
    to artifacts: [Artifact],
    of services: [ServiceArtifacts] = [],
    keeping earlier: ServiceRecords = ServiceRecords()
  ) throws(WorkspaceError) -> Written {
    let kept = earlier.of(services)
    var staging = Staging(root: path)
    if try kind(of: path) == nil {
      // Paths are refused before a folder is made for them.
      _ = try differences(from: artifacts, beside: kept.paths)
      try staging.makeRoot()
    }
    return try FolderLock.holding(path) { isAlone throws(WorkspaceError) in
      do throws(WorkspaceError) {
        guard kept.untouched(in: self).count == kept.count else { throw .changedMeanwhile(path) }
        let seen = kept.look(at: services, in: self)
        let written = try update(to: artifacts, beside: kept.paths, through: &staging, isAlone: isAlone)
        let changed = Set(written.differences.map(\.path))
        return Written(
          differences: written.differences,
          replaced: written.replaced,
          new: written.new,
          services: kept.adding(seen, changed, in: self)
        )
      } catch {
        staging.discard()
        throw error
      }
    }
  }

  private func update(
    to artifacts: [Artifact],
    beside kept: [String],
    through staging: inout Staging,
    isAlone: Bool
  ) throws(WorkspaceError) -> (differences: [Difference], replaced: TreeFingerprint, new: TreeFingerprint) {
    // Without a lock somebody may still be at it.
    let left = isAlone ? PendingWrites(leftIn: path) : nil
    try left?.clearUp(in: path)
    let differences = try differences(from: artifacts, beside: kept)
    let changed = Set(differences.filter { $0.kind != .leftOver }.map(\.path))
    let pending = artifacts.filter { changed.contains($0.path) }
    do throws(WorkspaceError) {
      if !differences.isEmpty { try note(PendingWrites(paths: differences.map(\.path))) }
      try staging.stage(pending)
    } catch {
      // Nothing has taken its place; what an earlier run left is still to be looked for.
      if left == nil { PendingWrites.abandon(in: path) }
      throw error
    }
    let replaced = TreeFingerprint(ofEntries: differences.map { absolute($0.path) })
    let (manifests, others) = staging.partitioned { Self.isManifest($0) }
    try staging.publish(others)
    for difference in differences where difference.kind == .leftOver { try remove(difference.path) }
    try staging.publish(manifests)
    try forgetPending()
    let new = TreeFingerprint(ofEntries: changed.map(absolute))
    return (differences, replaced, new)
  }

  private func note(_ pending: PendingWrites) throws(WorkspaceError) {
    do {
      try pending.note(in: path)
    } catch {
      throw .unwritable(path, reason: error.reason)
    }
  }

  private func forgetPending() throws(WorkspaceError) {
    do {
      try PendingWrites.forget(in: path)
    } catch {
      throw .unwritable(path, reason: error.reason)
    }
  }

  private func difference(from artifact: Artifact) throws(WorkspaceError) -> Difference? {
    let file = absolute(artifact.path)
    switch try kind(of: file) {
    case nil: return Difference(path: artifact.path, kind: .missing)
    case .folder: throw .notAFile(file)
    case .link, .other: return Difference(path: artifact.path, kind: .changed)
    case .file:
      let isSame = try contents(of: file, limit: artifact.bytes.count) == artifact.bytes
      return isSame ? nil : Difference(path: artifact.path, kind: .changed)
    }
  }

  /// The same, for whoever keeps no record.
  package func write(_ artifacts: [Artifact]) throws(WorkspaceError) -> [Difference] {
    try update(to: artifacts).differences
  }

  /// What workspaces counted when they were compiled to this folder before; nothing of those that never were.
  package func recordedCounts(of workspaces: [Workspace]) throws(WorkspaceError) -> RecordedCounts {
    var hashes: [String: [String: String]] = [:]
    for workspace in workspaces {
      let file = absolute(workspace.outputPath(of: Self.manifestName))
      guard try kind(of: file) == .file else { continue }
      hashes[workspace.name] = try ManifestReader.ledgers(
        of: contents(of: file, limit: ManifestReader.limit),
        at: file
      )
    }
    return RecordedCounts(hashes)
  }

  private static func isManifest(_ path: String) -> Bool {
    path == manifestName || path.hasSuffix("/\(manifestName)")
  }

  // MARK: Left over

  /// Files that manifests of earlier compilations list, or one that was killed was about to, and that are no longer made.
  private func leftOver(
    beside artifacts: [Artifact],
    _ kept: [String],
    _ checked: inout CheckedFolders
  ) throws(WorkspaceError) -> [String] {
    let made = Set(artifacts.map(\.path) + kept)
    var candidates = PendingWrites(leftIn: path)?.paths ?? []
    for artifact in artifacts where Self.isManifest(artifact.path) {
      let file = absolute(artifact.path)
      guard try kind(of: file) == .file else { continue }
      let folder = artifact.path.dropLast(Self.manifestName.utf8.count)
      let listed = try ManifestReader.outputs(of: contents(of: file, limit: ManifestReader.limit), at: file)
      candidates += listed.map { "\(folder)\($0)" }
    }
    var leftOver: Set<String> = []
    for path in candidates where !made.contains(path) {
      try checked.check(path)
      switch try kind(of: absolute(path)) {
      case .file, .link: leftOver.insert(path)
      case .folder, .other, nil: continue
      }
    }
    return Array(leftOver)
  }

  private func remove(_ path: String) throws(WorkspaceError) {
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

  // MARK: Files

  func absolute(_ path: String) -> String { WorkspaceFolder.join(self.path, path) }

  private func kind(of path: String) throws(WorkspaceError) -> FileStatus.Kind? {
    do {
      return try FileSystem.linkStatus(of: path)?.kind
    } catch {
      throw .unreadable(path, reason: error.reason)
    }
  }

  /// What lies there without following a link; what is no file has no contents that could be right.
  private func contents(of path: String, limit: Int) throws(WorkspaceError) -> [UInt8] {
    let bytes: [UInt8]?
    do {
      bytes = try FileSystem.contents(of: path, limit: limit, followsLink: false)
    } catch {
      throw .unreadable(path, reason: error.reason)
    }
    guard let bytes else { throw .notAFile(path) }
    return bytes
  }
}
