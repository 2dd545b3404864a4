/// A small file that is replaced whole: whoever reads it finds what was there before or what is there after, and a program
/// that is killed leaves one of the two.
package struct ReplacedFile: Sendable {
  /// In bytes: 64 MiB.
  private static let limit = 64 << 20

  package let path: String

  package init(_ path: String) {
    self.path = path
  }

  /// What it holds; nil where there is none.
  package func contents() throws(WorkspaceError) -> [UInt8]? {
    do {
      guard try FileSystem.linkStatus(of: path) != nil else { return nil }
    } catch {
      throw .unreadable(path, reason: error.reason)
    }
    return try DocumentFile(path).read()
  }

  /// Returns when the bytes are on the disk.
  package func replace(with bytes: [UInt8]) throws(WorkspaceError) {
    let temporary = "\(path).\(FileSystem.processIdentifier)"
    do {
      try FileSystem.create(temporary, [])
      try FileSystem.append(bytes, to: temporary)
      try FileSystem.move(temporary, to: path)
    } catch {
      throw .unwritable(path, reason: error.reason)
    }
  }
}
