import Diagnostics
import NinesCompiler
import PlanModel
import YAMLSource

/// The walk through a folder that finds specs and settings.
struct SpecWalk {
  /// Limits for a folder that strangers may send; far above what people write.
  private enum Limit {
    static let files = 10_000
    static let depth = 32
    static let bytes = 256 << 20
  }

  /// What a folder holds for the workspace that it belongs to, and the workspaces below it.
  private struct Found {
    var specs: [SourceFile] = []
    var nested: [Workspace] = []
  }

  private static let settingsName = "nines.yaml"
  /// Folders that the artifacts of a workspace need, and the folder of the rule pages.
  private static let reserved = Set(OutputKind.allCases.map(\.rawValue) + ["rules"])

  private let root: String
  private let folderName: String
  private var fileCount = 0
  private var byteCount = 0
  private var skipped: String?
  /// The folders that the walk is in, to see links that lead back.
  private var open: [FileStatus.Identity] = []

  /// `root` without symbolic links; `given` is how people know it.
  init(root: String, given: String) {
    self.root = root
    folderName = root.split(separator: "/").last.map(String.init) ?? given
  }

  func hasSpecsFolder() throws(WorkspaceError) -> Bool {
    guard let status = try status(of: "specs") else { return false }
    guard case .folder = status.kind else { throw .notAFolder("specs") }
    return true
  }

  /// The root workspace, and those below it in the order of their paths.
  mutating func workspaces(
    below folder: String,
    skipping output: String?
  ) throws(WorkspaceError) -> (main: Workspace, nested: [Workspace]) {
    skipped = output
    let outer = folder.isEmpty ? nil : try settings(in: "")
    let inner = try settings(in: folder)
    if let outer, let inner { throw .settingsTwice(outer.path, inner.path) }
    let found = try walk(folder, workspace: "", depth: 0)
    let main = Workspace(name: "", folderName: folderName, settings: outer ?? inner, specs: found.specs)
    return (main, found.nested)
  }

  /// `workspace` is the folder's path below the folder of all specs.
  private mutating func walk(_ folder: String, workspace: String, depth: Int) throws(WorkspaceError) -> Found {
    guard depth <= Limit.depth else { throw .tooMuch(folder, limit: "\(Limit.depth) folders inside each other") }
    guard let identity = try status(of: folder)?.identity else { throw .noSuchFolder(folder) }
    if open.contains(identity) { throw .linkCycle(folder) }
    open.append(identity)
    defer { open.removeLast() }
    var found = Found()
    for name in try names(in: folder) {
      if name.first == UInt8(ascii: ".") { continue }
      let (path, text) = try checked(name, in: folder)
      guard let status = try status(of: path) else { continue }
      switch status.kind {
      case .folder:
        if try isSkipped(path) { continue }
        try visit(path, WorkspaceFolder.join(workspace, text), depth, into: &found)
      case .file, .other, .link:
        if Self.isSpec(name), text != Self.settingsName { found.specs.append(try read(path)) }
      }
    }
    return found
  }

  private mutating func visit(
    _ path: String,
    _ workspace: String,
    _ depth: Int,
    into found: inout Found
  ) throws(WorkspaceError) {
    let settings = try settings(in: path)
    let below = try walk(path, workspace: workspace, depth: depth + 1)
    if let settings {
      let parts = workspace.split(separator: "/").map(String.init)
      if let name = parts.first(where: Self.reserved.contains) { throw .reservedFolder(path, name: name) }
      let own = Workspace(
        name: workspace,
        folderName: parts.last ?? workspace,
        settings: settings,
        specs: below.specs
      )
      found.nested.append(own)
    } else {
      found.specs += below.specs
    }
    found.nested += below.nested
  }

  // MARK: Names

  private static func isSpec(_ name: [UInt8]) -> Bool {
    name.reversed().starts(with: ".yaml".utf8.reversed()) || name.reversed().starts(with: ".yml".utf8.reversed())
  }

  /// The name as text; only names of folders and specs matter, so others may be as they like.
  private func checked(_ name: [UInt8], in folder: String) throws(WorkspaceError) -> (path: String, name: String) {
    let isPrintable = name.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    guard isPrintable, let text = String(validating: name, as: UTF8.self) else {
      throw .awkwardName(WorkspaceFolder.join(folder, String(decoding: name, as: UTF8.self)))
    }
    return (WorkspaceFolder.join(folder, text), text)
  }

  /// Whether artifacts lie there, which are no specs.
  private func isSkipped(_ path: String) throws(WorkspaceError) -> Bool {
    if path == "generated" { return true }
    guard let skipped else { return false }
    return try resolved(path) == skipped
  }

  // MARK: Files

  private func names(in folder: String) throws(WorkspaceError) -> [[UInt8]] {
    do {
      return try FileSystem.names(in: absolute(folder))
    } catch {
      throw .unreadable(folder, reason: error.reason)
    }
  }

  /// Of what a path leads to; nil where there is nothing. A link that leads out of the folder is refused.
  private func status(of path: String) throws(WorkspaceError) -> FileStatus? {
    do {
      guard let own = try FileSystem.linkStatus(of: absolute(path)) else { return nil }
      guard case .link = own.kind else { return own }
    } catch {
      throw .unreadable(path, reason: error.reason)
    }
    guard let target = try resolved(path), target == root || target.hasPrefix(WorkspaceFolder.join(root, "")) else {
      throw .linkLeaves(path)
    }
    do {
      return try FileSystem.status(of: target)
    } catch {
      throw .unreadable(path, reason: error.reason)
    }
  }

  private func resolved(_ path: String) throws(WorkspaceError) -> String? {
    do {
      return try FileSystem.resolved(absolute(path))
    } catch {
      throw .unreadable(path, reason: error.reason)
    }
  }

  private mutating func settings(in folder: String) throws(WorkspaceError) -> SourceFile? {
    let path = WorkspaceFolder.join(folder, Self.settingsName)
    return try status(of: path) == nil ? nil : try read(path)
  }

  private mutating func read(_ path: String) throws(WorkspaceError) -> SourceFile {
    guard let status = try status(of: path), case .file = status.kind else { throw .notAFile(path) }
    guard status.size <= YAMLLimits.fileSize else {
      throw .tooLarge(path, bytes: status.size, limit: YAMLLimits.fileSize)
    }
    let contents: [UInt8]?
    do {
      contents = try FileSystem.contents(of: absolute(path), limit: YAMLLimits.fileSize)
    } catch {
      throw .unreadable(path, reason: error.reason)
    }
    guard let contents else { throw .notAFile(path) }
    byteCount += contents.count
    guard byteCount <= Limit.bytes else { throw .tooMuch(path, limit: "\(Limit.bytes) bytes of specs") }
    guard fileCount < Limit.files else { throw .tooMuch(path, limit: "\(Limit.files) specs") }
    defer { fileCount += 1 }
    return SourceFile(id: FileID(fileCount), path: path, bytes: contents)
  }

  private func absolute(_ path: String) -> String { path.isEmpty ? root : WorkspaceFolder.join(root, path) }
}
