import StructuredText

/// What a run is about to write, noted beside its artifacts until it is done, so that the next run can clear up behind
/// one that was killed.
struct PendingWrites: Sendable {
  private static let fileName = ".nines-pending"
  private static let version = "pending/v1"
  /// In bytes, as much as the largest manifest.
  private static let limit = 64 << 20

  private let process: Int
  /// Below the output folder.
  let paths: [String]

  init(paths: [String]) {
    process = Int(FileSystem.processIdentifier)
    self.paths = paths
  }

  /// Those of a run that did not come to its end; nil where there are none, or something else.
  init?(leftIn folder: String) {
    do {
      let file = WorkspaceFolder.join(folder, Self.fileName)
      guard let bytes = try FileSystem.contents(of: file, limit: Self.limit, followsLink: false) else { return nil }
      let document = try JSONParser.parse(bytes)
      guard document["nines"]?.string == Self.version, let process = document["process"]?.number?.integer,
        let paths = document["paths"]?.array?.compactMap(\.string)
      else { return nil }
      self.process = process
      self.paths = paths
    } catch {
      // Mostly there is none; one that cannot be read says nothing that could be cleared up.
      return nil
    }
  }

  /// Replaced as a whole, so that a run that is killed now leaves the note before it or this one.
  func note(in folder: String) throws(SystemError) {
    let file = WorkspaceFolder.join(folder, Self.fileName)
    let document: JSONValue = [
      "nines": .string(Self.version),
      "process": .integer(process),
      "paths": .array(paths.map { .string($0) }),
    ]
    try FileSystem.create(Self.unfinished(file), Array(document.text(.compact).utf8))
    try FileSystem.move(Self.unfinished(file), to: file)
  }

  static func forget(in folder: String) throws(SystemError) {
    let file = WorkspaceFolder.join(folder, fileName)
    for name in [unfinished(file), file] where try FileSystem.linkStatus(of: name) != nil {
      try FileSystem.remove(name)
    }
  }

  /// The same after a failure, which is the one to report.
  static func abandon(in folder: String) {
    do { try forget(in: folder) } catch { return }
  }

  private static func unfinished(_ file: String) -> String { "\(file).new" }

  /// Removes what was written and did not take its place, and folders that were made for it. What did take its place
  /// stays, for whoever compares it with what belongs there.
  func clearUp(in folder: String) throws(WorkspaceError) {
    var checked = CheckedFolders(root: folder)
    for path in paths {
      try checked.check(path)
      let file = Staging.File(path: WorkspaceFolder.join(folder, path), process: process)
      do {
        if try FileSystem.linkStatus(of: file.temporary) != nil { try FileSystem.remove(file.temporary) }
      } catch {
        throw .unwritable(file.temporary, reason: error.reason)
      }
      ArtifactFolder(folder).removeEmptyFolders(above: path)
    }
  }
}
