import YAMLSource

/// A spec that somebody pipes into a command.
package enum StandardInput {
  /// All that comes, up to the size that a spec may have.
  package static func read() throws(WorkspaceError) -> [UInt8] {
    let name = "standard input"
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.contents(ofDescriptor: 0, limit: YAMLLimits.fileSize)
    } catch {
      throw .unreadable(name, reason: error.reason)
    }
    guard bytes.count <= YAMLLimits.fileSize else { throw .tooMuch(name, limit: "\(YAMLLimits.fileSize) bytes") }
    return bytes
  }
}
