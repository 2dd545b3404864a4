/// A single file that a command is given, such as a snapshot.
package struct DocumentFile: Sendable {
  /// In bytes: 64 MiB.
  private static let limit = 64 << 20

  package let path: String

  package init(_ path: String) {
    self.path = path
  }

  package func read() throws(WorkspaceError) -> [UInt8] {
    let bytes: [UInt8]?
    do {
      bytes = try FileSystem.contents(of: path, limit: Self.limit)
    } catch {
      throw .unreadable(path, reason: error.reason)
    }
    guard let bytes else { throw .notAFile(path) }
    guard bytes.count <= Self.limit else { throw .tooMuch(path, limit: "\(Self.limit) bytes") }
    return bytes
  }

  /// Writes it beside its place before it takes it.
  package func write(_ bytes: [UInt8]) throws(WorkspaceError) {
    let temporary = "\(path).\(FileSystem.processIdentifier)"
    do {
      try FileSystem.create(temporary, bytes)
      try FileSystem.move(temporary, to: path)
    } catch {
      throw .unwritable(path, reason: error.reason)
    }
  }
}

extension ArtifactFolder {
  /// The files of one name in the root workspace's artifacts and in those of workspaces below, sorted.
  package func documents(named name: String) throws(WorkspaceError) -> [DocumentFile] {
    var found: [DocumentFile] = []
    try collect(name, in: "", depth: 0, into: &found)
    return found
  }

  private func collect(
    _ name: String,
    in folder: String,
    depth: Int,
    into found: inout [DocumentFile]
  ) throws(WorkspaceError) {
    let place = folder.isEmpty ? path : absolute(folder)
    do {
      let file = absolute(WorkspaceFolder.join(folder, name))
      if case .file? = try FileSystem.linkStatus(of: file)?.kind { found.append(DocumentFile(file)) }
      guard depth < 32, case .folder? = try FileSystem.linkStatus(of: place)?.kind else { return }
    } catch {
      throw .unreadable(place, reason: error.reason)
    }
    for entry in try folders(in: place) {
      try collect(name, in: WorkspaceFolder.join(folder, entry), depth: depth + 1, into: &found)
    }
  }

  private func folders(in place: String) throws(WorkspaceError) -> [String] {
    do {
      var names: [String] = []
      for bytes in try FileSystem.names(in: place) {
        let name = String(decoding: bytes, as: UTF8.self)
        if case .folder? = try FileSystem.linkStatus(of: WorkspaceFolder.join(place, name))?.kind { names.append(name) }
      }
      return names
    } catch {
      throw .unreadable(place, reason: error.reason)
    }
  }
}
