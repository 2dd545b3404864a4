/// A file of lines that only ever grows, until it is full: then it becomes `<path>.1`, what was `.1` becomes `.2`, and so on.
package struct JournalFile: Sendable {
  package let path: String
  /// The bytes after which a new file is begun.
  private let limit: Int
  /// How many full files are kept.
  private let kept: Int
  /// Longer lines than that are not looked for at the end of a file.
  private static let tailLimit = 4 << 20

  package init(_ path: String, limit: Int, kept: Int) {
    self.path = path
    self.limit = limit
    self.kept = kept
  }

  /// How the file was left.
  package struct Ending: Sendable, Equatable {
    /// The last whole line, without its end; nil where there is none.
    package var lastLine: [UInt8]?
    /// What was written of a line that has no end.
    package var torn: [UInt8]
  }

  /// Cuts off a line that was not written to its end, and says how the file was left.
  package func mend() throws(WorkspaceError) -> Ending {
    do {
      guard let status = try FileSystem.linkStatus(of: path) else { return Ending(lastLine: nil, torn: []) }
      guard case .file = status.kind else { throw WorkspaceError.notAFile(path) }
      let tail = try FileSystem.tail(of: path, limit: Self.tailLimit)
      let lines = tail.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let torn = Array(lines.last ?? [])
      if !torn.isEmpty { try FileSystem.truncate(path, to: status.size - torn.count) }
      return Ending(lastLine: lines.dropLast().last.map(Array.init), torn: torn)
    } catch let error as WorkspaceError {
      throw error
    } catch let error as SystemError {
      throw .unwritable(path, reason: error.reason)
    } catch {
      throw .unwritable(path, reason: "\(error)")
    }
  }

  /// Adds whole lines. Where that fails, none of them is left in the file.
  package func add(_ lines: [UInt8]) throws(WorkspaceError) {
    guard !lines.isEmpty else { return }
    do {
      let before = try FileSystem.linkStatus(of: path)?.size ?? 0
      if before > 0, before + lines.count > limit { try rotate() }
      let length = try FileSystem.linkStatus(of: path)?.size ?? 0
      do {
        try FileSystem.add(lines, to: path)
      } catch {
        if try FileSystem.linkStatus(of: path)?.size != length { try FileSystem.truncate(path, to: length) }
        throw error
      }
    } catch let error as SystemError {
      throw .unwritable(path, reason: error.reason)
    } catch {
      throw .unwritable(path, reason: "\(error)")
    }
  }

  private func rotate() throws(SystemError) {
    guard kept > 0 else { return try FileSystem.remove(path) }
    for number in stride(from: kept - 1, through: 1, by: -1)
    where try FileSystem.linkStatus(of: "\(path).\(number)") != nil {
      try FileSystem.move("\(path).\(number)", to: "\(path).\(number + 1)")
    }
    try FileSystem.move(path, to: "\(path).1")
  }
}
