import Emitters
import Parallelism

/// Folders below the output folder that were found to be real: none of them is a link that leads elsewhere.
struct CheckedFolders {
  private let root: String
  private var known: Set<String> = [""]

  init(root: String) {
    self.root = root
  }

  /// Refuses a path that is not plainly below the folder.
  mutating func check(_ path: String) throws(WorkspaceError) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && part != "." && part != ".." && part.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
    guard isPlain else { throw .pathLeaves(path) }
    var folder = ""
    for part in parts.dropLast() {
      folder = WorkspaceFolder.join(folder, String(part))
      guard known.insert(folder).inserted else { continue }
      let place = WorkspaceFolder.join(root, folder)
      let status: FileStatus?
      do {
        status = try FileSystem.linkStatus(of: place)
      } catch {
        throw .unreadable(place, reason: error.reason)
      }
      switch status?.kind {
      case .folder, nil: continue
      case .link: throw .pathLeaves(path)
      case .file, .other: throw .notAFolder(place)
      }
    }
  }
}

/// Files that are written but not yet in their places.
struct Staging: Sendable {
  struct File: Sendable {
    let path: String
    /// Where it is written before it takes its place. Hidden, so that nothing that watches the folder takes it for an
    /// artifact.
    let temporary: String

    init(path: String, process: Int) {
      self.path = path
      temporary = WorkspaceFolder.join(Self.folder(of: path), ".\(Self.name(of: path)).\(process)")
    }

    static func folder(of path: String) -> String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }

    private static func name(of path: String) -> Substring {
      path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    }
  }

  private let root: String
  private var files: [File] = []
  private var madeFolders: [String] = []
  private var known: Set<String> = []

  init(root: String) {
    self.root = root
  }

  /// Where files go before they take their places, in folders that are there. What is written there is taken back with
  /// the rest, whether it was written or not.
  mutating func places(for artifacts: [Artifact]) throws(WorkspaceError) -> [File] {
    var places: [File] = []
    for artifact in artifacts {
      let target = WorkspaceFolder.join(root, artifact.path)
      do {
        try makeFolders(File.folder(of: target))
      } catch {
        throw .unwritable(target, reason: error.reason)
      }
      places.append(File(path: target, process: Int(FileSystem.processIdentifier)))
    }
    files += places
    return places
  }

  /// The same, and writes it.
  mutating func stage(_ artifact: Artifact) throws(WorkspaceError) {
    for place in try places(for: [artifact]) { try Self.write(artifact.bytes, to: place) }
  }

  static func write(_ bytes: [UInt8], to file: File) throws(WorkspaceError) {
    do throws(SystemError) {
      try FileSystem.create(file.temporary, bytes)
    } catch {
      throw .unwritable(file.path, reason: error.reason)
    }
  }

  /// The folder that everything goes to, if it is not there.
  mutating func makeRoot() throws(WorkspaceError) {
    do {
      try makeFolders(root)
    } catch {
      throw .unwritable(root, reason: error.reason)
    }
  }

  /// Stages a file that takes the place of one with known contents, and keeps its permissions.
  mutating func stage(_ artifact: Artifact, replacing contents: [UInt8]) throws(WorkspaceError) {
    let target = WorkspaceFolder.join(root, artifact.path)
    let found: [UInt8]?
    do {
      found = try FileSystem.contents(of: target, limit: contents.count, followsLink: false)
    } catch {
      throw .unreadable(target, reason: error.reason)
    }
    guard found == contents else { throw .changedMeanwhile(artifact.path) }
    for place in try places(for: [artifact]) {
      try Self.write(artifact.bytes, to: place)
      do {
        try FileSystem.copyPermissions(of: target, to: place.temporary)
      } catch {
        throw .unwritable(target, reason: error.reason)
      }
    }
  }

  var all: [File] { files }

  /// Takes back all that was staged.
  mutating func discard() {
    for file in files {
      // Nothing was promised of these files, and the failure that led here is the one to report.
      do { try FileSystem.remove(file.temporary) } catch { continue }
    }
    for folder in madeFolders.reversed() where !FileSystem.removeIfEmpty(folder: folder) { continue }
    files = []
    madeFolders = []
  }

  static func publish(_ files: [File]) throws(WorkspaceError) {
    _ = try ParallelWork.map(
      files,
      throwing: { (file) throws(WorkspaceError) in
        do throws(SystemError) {
          try FileSystem.move(file.temporary, to: file.path)
        } catch {
          throw .unwritable(file.path, reason: error.reason)
        }
      }
    )
  }

  private mutating func makeFolders(_ folder: String) throws(SystemError) {
    guard !folder.isEmpty, known.insert(folder).inserted else { return }
    if try FileSystem.status(of: folder) != nil { return }
    if let slash = folder.lastIndex(of: "/"), slash > folder.startIndex { try makeFolders(String(folder[..<slash])) }
    do {
      try FileSystem.makeFolder(folder)
    } catch {
      // Somebody else made it meanwhile, and it is not for this run to take back.
      if error.isTaken { return }
      throw error
    }
    madeFolders.append(folder)
  }
}
