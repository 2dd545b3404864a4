/// What runs are about to write, noted beside their artifacts until it is done, so that the next run can clear up behind
/// one that was killed.
///
/// A line for each file, with the process that is about to write it. Lines are only ever added, before what they tell
/// of is begun: one that was not written to its end tells of nothing.
struct PendingWrites: Sendable {
  private struct Entry {
    let process: Int
    /// Below the output folder.
    let path: String
  }

  private static let fileName = ".nines-pending"
  /// In bytes, as much as the largest manifest.
  private static let limit = 64 << 20

  private let entries: [Entry]

  var paths: [String] { entries.map(\.path) }

  /// Those of a run that did not come to its end; nil where there are none, or something else.
  init?(leftIn folder: String) {
    do {
      let file = WorkspaceFolder.join(folder, Self.fileName)
      guard let bytes = try FileSystem.contents(of: file, limit: Self.limit, followsLink: false) else { return nil }
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
      entries = lines.compactMap { line in
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
        guard words.count == 2, let process = Int(String(decoding: words[0], as: UTF8.self)) else { return nil }
        return Entry(process: process, path: String(decoding: words[1], as: UTF8.self))
      }
    } catch {
      // Mostly there is none; one that cannot be read says nothing that could be cleared up.
      return nil
    }
  }

  /// Adds paths, which have no line breaks in them.
  static func note(_ paths: [String], in folder: String) throws(SystemError) {
    let lines = paths.map { "\(FileSystem.processIdentifier) \($0)\n" }.joined()
    // A line that was not written to its end must not become one with the first of these.
    try FileSystem.add(Array("\n\(lines)".utf8), to: WorkspaceFolder.join(folder, fileName))
  }

  static func forget(in folder: String) throws(SystemError) {
    let file = WorkspaceFolder.join(folder, fileName)
    if try FileSystem.linkStatus(of: file) != nil { try FileSystem.remove(file) }
  }

  /// The same after a failure, which is the one to report.
  static func abandon(in folder: String) {
    do { try forget(in: folder) } catch { return }
  }

  /// Removes what was written and did not take its place, and folders that were made for it. What did take its place
  /// stays, for whoever compares it with what belongs there.
  func clearUp(in folder: String) throws(WorkspaceError) {
    var checked = CheckedFolders(root: folder)
    for entry in entries {
      try checked.check(entry.path)
      let file = Staging.File(path: WorkspaceFolder.join(folder, entry.path), process: entry.process)
      do {
        if try FileSystem.linkStatus(of: file.temporary) != nil { try FileSystem.remove(file.temporary) }
      } catch {
        throw .unwritable(file.temporary, reason: error.reason)
      }
      ArtifactFolder(folder).removeEmptyFolders(above: entry.path)
    }
  }
}
