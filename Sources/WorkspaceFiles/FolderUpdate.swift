import Emitters
import NinesCompiler
import Synchronization

/// What came of bringing a folder in line.
package struct FolderChanges: Sendable {
  package let differences: [ArtifactFolder.Difference]
  /// What was there in the places of what changed, and what is there now.
  let replaced: TreeFingerprint
  let new: TreeFingerprint
  /// What is in place of the services that the artifacts are of.
  let services: ServiceRecords
}

/// One folder on its way to be in line with artifacts. They are written beside their places as they come, from any
/// thread, and take those places together when the last has come.
final class FolderUpdate: Sendable {
  private let folder: ArtifactFolder
  private let comparison: FolderComparison
  private let staging: Mutex<Staging>
  /// What a run left that did not come to its end.
  private let left: PendingWrites?
  /// Whether some files may be in their places, which no manifest lists yet.
  private let hasBegunToPublish = Atomic(false)

  init(of folder: ArtifactFolder, isAlone: Bool, staging: consuming sending Staging) throws(WorkspaceError) {
    self.folder = folder
    comparison = FolderComparison(with: folder)
    self.staging = Mutex(staging)
    // Without a lock somebody may still be at it.
    left = isAlone ? PendingWrites(leftIn: folder.path) : nil
    try left?.clearUp(in: folder.path)
  }

  @Sendable func take(_ artifacts: [Artifact]) throws(WorkspaceError) {
    let differing = try comparison.compare(artifacts)
    if differing.isEmpty { return }
    // First noted, then written: whatever happens in between, the next run knows what to look for.
    let files = try staging.withLock { staging throws(WorkspaceError) in
      try note(differing.map(\.path))
      return try staging.places(for: differing)
    }
    for (artifact, file) in zip(differing, files) { try Staging.write(artifact.bytes, to: file) }
  }

  /// Puts everything in its place.
  ///
  /// `services` says which services the artifacts are of. What `earlier` has of them stays as it is and did not come;
  /// nothing is written where it was touched meanwhile.
  func finish(
    _ services: [ServiceArtifacts] = [],
    keeping earlier: ServiceRecords = ServiceRecords()
  ) throws(WorkspaceError) -> FolderChanges {
    let kept = earlier.of(services)
    guard kept.untouched(in: folder).count == kept.count else { throw .changedMeanwhile(folder.path) }
    let differences = try comparison.differences(beside: kept.paths, about: left?.paths ?? [])
    let leftOver = differences.filter { $0.kind == .leftOver }.map(\.path)
    if !leftOver.isEmpty { try note(leftOver) }
    let replaced = TreeFingerprint(ofEntries: differences.map { folder.absolute($0.path) })
    let files = staging.withLock(\.all)
    hasBegunToPublish.store(true, ordering: .relaxed)
    try Staging.publish(files.filter { !ArtifactFolder.isManifest($0.path) })
    for path in leftOver { try folder.remove(path) }
    try Staging.publish(files.filter { ArtifactFolder.isManifest($0.path) })
    try forgetNote()
    let changed = Set(differences.lazy.filter { $0.kind != .leftOver }.map(\.path))
    return FolderChanges(
      differences: differences,
      replaced: replaced,
      new: TreeFingerprint(ofEntries: changed.map(folder.absolute)),
      services: kept.adding(services, seen: comparison.seen, changed: changed, in: folder)
    )
  }

  /// Takes back what is not in its place.
  func abandon() {
    staging.withLock { $0.discard() }
    // What an earlier run left is still to be looked for, and so is what took its place without a manifest that lists it.
    if left == nil, !hasBegunToPublish.load(ordering: .relaxed) { PendingWrites.abandon(in: folder.path) }
  }

  private func note(_ paths: [String]) throws(WorkspaceError) {
    do {
      try PendingWrites.note(paths, in: folder.path)
    } catch {
      throw .unwritable(folder.path, reason: error.reason)
    }
  }

  private func forgetNote() throws(WorkspaceError) {
    do {
      try PendingWrites.forget(in: folder.path)
    } catch {
      throw .unwritable(folder.path, reason: error.reason)
    }
  }
}
