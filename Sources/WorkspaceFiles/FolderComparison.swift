import Emitters
import Synchronization

/// Holds artifacts against what lies in their places, as they come and from any thread, and remembers no bytes.
final class FolderComparison: Sendable {
  private struct State {
    var checked: CheckedFolders
    /// By the paths of all artifacts: what lay there, before it was compared.
    var seen: [String: TreeFingerprint] = [:]
    var differences: [ArtifactFolder.Difference] = []
  }

  private let folder: ArtifactFolder
  private let state: Mutex<State>

  init(with folder: ArtifactFolder) {
    self.folder = folder
    state = Mutex(State(checked: CheckedFolders(root: folder.path)))
  }

  /// Returns those that differ. Paths are refused before anything is looked at.
  @discardableResult
  func compare(_ artifacts: [Artifact]) throws(WorkspaceError) -> [Artifact] {
    try check(artifacts.map(\.path))
    let seen = artifacts.map { TreeFingerprint(ofFewEntries: [folder.absolute($0.path)]) }
    var differing: [Artifact] = []
    var differences: [ArtifactFolder.Difference] = []
    for artifact in artifacts {
      guard let kind = try difference(of: artifact) else { continue }
      differing.append(artifact)
      differences.append(ArtifactFolder.Difference(path: artifact.path, kind: kind))
    }
    let found = differences
    state.withLock { state in
      for (artifact, seen) in zip(artifacts, seen) { state.seen[artifact.path] = seen }
      state.differences += found
    }
    return differing
  }

  @Sendable func take(_ artifacts: [Artifact]) throws(WorkspaceError) { try compare(artifacts) }

  private func check(_ paths: [String]) throws(WorkspaceError) {
    try state.withLock { state throws(WorkspaceError) in
      for path in paths { try state.checked.check(path) }
    }
  }

  private func difference(of artifact: Artifact) throws(WorkspaceError) -> ArtifactFolder.Difference.Kind? {
    let file = folder.absolute(artifact.path)
    switch try folder.kind(of: file) {
    case nil: return .missing
    case .folder: throw .notAFile(file)
    case .link, .other: return .changed
    case .file:
      let isSame = try folder.contents(of: file, limit: artifact.bytes.count) == artifact.bytes
      return isSame ? nil : .changed
    }
  }

  /// What lay in the places of artifacts before they were compared.
  var seen: [String: TreeFingerprint] { state.withLock(\.seen) }

  /// In the order of their paths, when all artifacts have come.
  ///
  /// Only what the last manifest lists, or a run that did not come to its end was `about` to write, is ever left over; a file
  /// that nobody listed is somebody else's. `kept` are paths of files that are as they should be.
  func differences(
    beside kept: [String] = [],
    about: [String]
  ) throws(WorkspaceError) -> [ArtifactFolder.Difference] {
    try check(kept)
    let (differences, made) = state.withLock { ($0.differences, Set($0.seen.keys)) }
    var candidates = about
    for path in made where ArtifactFolder.isManifest(path) {
      let file = folder.absolute(path)
      guard try folder.kind(of: file) == .file else { continue }
      let listed = try ManifestReader.outputs(of: folder.contents(of: file, limit: ManifestReader.limit), at: file)
      candidates += listed.map { "\(path.dropLast(Manifest.path.utf8.count))\($0)" }
    }
    let wanted = made.union(kept)
    var leftOver: Set<String> = []
    for path in candidates where !wanted.contains(path) {
      try check([path])
      switch try folder.kind(of: folder.absolute(path)) {
      case .file, .link: leftOver.insert(path)
      case .folder, .other, nil: continue
      }
    }
    return (differences + leftOver.map { ArtifactFolder.Difference(path: $0, kind: .leftOver) })
      .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
