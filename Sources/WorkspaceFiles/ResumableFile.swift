/// A file that is written in parts by a program that may be stopped at any moment.
///
/// Until it is finished, the parts are in `<path>.part`, and `<path>.state` says how far they are good. Both are on the disk
/// before the next part is begun.
package struct ResumableFile: Sendable {
  /// In bytes.
  private static let stateLimit = 64 << 20

  package let path: String

  package init(_ path: String) {
    self.path = path
  }

  package var statePath: String { "\(path).state" }
  private var partPath: String { "\(path).part" }

  /// The state that a run before this one noted last; nil where there was none. A finished file is not written again.
  package func noted() throws(WorkspaceError) -> [UInt8]? {
    let isFinished: Bool
    let bytes: [UInt8]?
    do {
      isFinished = try FileSystem.linkStatus(of: path) != nil
      let hasState = try FileSystem.linkStatus(of: statePath) != nil
      bytes = hasState ? try FileSystem.contents(of: statePath, limit: Self.stateLimit, followsLink: false) : nil
    } catch {
      throw .unreadable(statePath, reason: error.reason)
    }
    if isFinished { throw .alreadyThere(path) }
    return bytes
  }

  /// Starts with no parts.
  package func begin(noting state: [UInt8]) throws(WorkspaceError) {
    try writing(partPath) { () throws(SystemError) in try FileSystem.create(partPath, []) }
    try note(state)
  }

  /// Drops what was written after the state was noted.
  package func resume(at length: Int) throws(WorkspaceError) {
    try writing(partPath) { () throws(SystemError) in try FileSystem.truncate(partPath, to: length) }
  }

  package func append(_ bytes: [UInt8]) throws(WorkspaceError) {
    guard !bytes.isEmpty else { return }
    try writing(partPath) { () throws(SystemError) in try FileSystem.append(bytes, to: partPath) }
  }

  /// A part of what was written, by its place in bytes.
  package func text(from start: Int, to end: Int) throws(WorkspaceError) -> [UInt8] {
    do {
      return try FileSystem.contents(of: partPath, from: start, to: end)
    } catch {
      throw .unreadable(partPath, reason: error.reason)
    }
  }

  package func note(_ state: [UInt8]) throws(WorkspaceError) {
    let temporary = "\(statePath).\(FileSystem.processIdentifier)"
    try writing(statePath) { () throws(SystemError) in
      try FileSystem.create(temporary, [])
      try FileSystem.append(state, to: temporary)
      try FileSystem.move(temporary, to: statePath)
    }
  }

  /// Gives the file its name.
  package func finish() throws(WorkspaceError) {
    try writing(path) { () throws(SystemError) in
      try FileSystem.move(partPath, to: path)
      try FileSystem.remove(statePath)
    }
  }

  private func writing(_ path: String, _ body: () throws(SystemError) -> Void) throws(WorkspaceError) {
    do {
      try body()
    } catch {
      throw .unwritable(path, reason: error.reason)
    }
  }
}
