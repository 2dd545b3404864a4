import StructuredText

/// A folder beside the specs, with records that may be deleted at any time.
///
/// Each record is replaced as a whole, so that runs side by side never read half of one.
struct CacheFolder: Sendable {
  private static let name = ".nines-cache"
  /// More than any record, in bytes.
  private static let limit = 256 << 20

  private let path: String

  init(in root: String) {
    path = WorkspaceFolder.join(root, Self.name)
  }

  /// nil where there is none, or nothing that could be read.
  func record(_ name: String) -> JSONValue? {
    do {
      guard try isReal(),
        let bytes = try FileSystem.contents(of: WorkspaceFolder.join(path, name), limit: Self.limit, followsLink: false)
      else { return nil }
      return try JSONParser.parse(bytes)
    } catch {
      // What cannot be read is nothing to rely on, and the next compilation replaces it.
      return nil
    }
  }

  /// Whether the record is in its place; a folder that cannot be written to has none.
  func keep(_ record: JSONValue, as name: String) -> Bool {
    do {
      if try FileSystem.linkStatus(of: path) == nil {
        try FileSystem.makeFolder(path)
        // Nobody should have to think of leaving the folder out of commits.
        try FileSystem.create(WorkspaceFolder.join(path, ".gitignore"), Array("*\n".utf8))
      }
      guard try isReal() else { return false }
      let temporary = WorkspaceFolder.join(path, ".\(name).\(FileSystem.processIdentifier)")
      try FileSystem.create(temporary, Array(record.text(.pretty).utf8))
      try FileSystem.move(temporary, to: WorkspaceFolder.join(path, name))
      return true
    } catch {
      return false
    }
  }

  /// A link could lead out of the workspace, to where nothing is to be written.
  private func isReal() throws(SystemError) -> Bool {
    switch try FileSystem.linkStatus(of: path)?.kind {
    case .folder: true
    case .file, .link, .other, nil: false
    }
  }
}
