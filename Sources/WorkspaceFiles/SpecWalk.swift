import Diagnostics
import NinesCompiler
import PlanModel
import YAMLSource

/// The walk through a folder that finds specs and settings.
struct SpecWalk {
  /// Limits for a folder that strangers may send; far above what people write.
  private enum Limit {
    static let files = 20_000
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
  private let overlay: FileOverlay
  private var extensions: ExtendedSettings
  private var fileCount = 0
  private var byteCount = 0
  private var skipped: String?
  /// The folders that the walk is in, to see links that lead back.
  private var open: [FileStatus.Identity] = []

  /// `root` without symbolic links; `given` is how people know it.
  init(root: String, given: String, overlay: FileOverlay) {
    self.root = root
    self.overlay = overlay
    folderName = root.split(separator: "/").last.map(String.init) ?? given
    extensions = ExtendedSettings(bound: Repository.root(around: root) ?? root)
  }

  func hasSpecsFolder() throws(WorkspaceError) -> Bool {
    guard let kind = try kind(of: "specs") else { return false }
    guard case .folder = kind else { throw .notAFolder("specs") }
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
    let main = try workspace("", folderName, outer ?? inner, found.specs, in: folder)
    return (main, found.nested)
  }

  /// A workspace with what its settings extend, which is none of its specs.
  private mutating func workspace(
    _ name: String,
    _ folderName: String,
    _ settings: SourceFile?,
    _ specs: [SourceFile],
    in folder: String
  ) throws(WorkspaceError) -> Workspace {
    let chain = try settings.map { (file) throws(WorkspaceError) in try extended(by: file) }
    return Workspace(
      name: name,
      folderName: folderName,
      settings: settings,
      inherited: chain?.files ?? [],
      brokenExtension: chain?.problem,
      specs: specs,
      specsFolder: folder
    )
  }

  /// `workspace` is the folder's path below the folder of all specs.
  private mutating func walk(_ folder: String, workspace: String, depth: Int) throws(WorkspaceError) -> Found {
    guard depth <= Limit.depth else { throw .tooMuch(folder, limit: "\(Limit.depth) folders inside each other") }
    guard try kind(of: folder) != nil else { throw .noSuchFolder(folder) }
    let identity = try status(of: folder)?.identity
    if let identity {
      if open.contains(identity) { throw .linkCycle(folder) }
      open.append(identity)
    }
    defer { if identity != nil { open.removeLast() } }
    var found = Found()
    for name in try names(in: folder) {
      if name.first == UInt8(ascii: ".") { continue }
      let (path, text) = try checked(name, in: folder)
      switch try kind(of: path) {
      case nil: continue
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
      found.nested.append(try self.workspace(workspace, parts.last ?? workspace, settings, below.specs, in: path))
    } else {
      found.specs += below.specs
    }
    found.nested += below.nested
  }

  // MARK: Names

  private static func isSpec(_ name: [UInt8]) -> Bool {
    name.suffix(5).elementsEqual(".yaml".utf8) || name.suffix(4).elementsEqual(".yml".utf8)
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
      let onDisk = try FileSystem.linkStatus(of: absolute(folder)) == nil ? [] : FileSystem.names(in: absolute(folder))
      return overlay.names(in: folder, onDisk: onDisk)
    } catch {
      throw .unreadable(folder, reason: error.reason)
    }
  }

  private func kind(of path: String) throws(WorkspaceError) -> FileStatus.Kind? {
    switch overlay.answer(at: path) {
    case .file: return .file
    case .nothing: return nil
    case .folder: return try status(of: path)?.kind ?? .folder
    case nil: return try status(of: path)?.kind
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
    return try kind(of: path) == nil ? nil : try read(path)
  }

  /// A file that is no spec, such as a baseline; nil where there is none.
  mutating func file(named path: String) throws(WorkspaceError) -> SourceFile? {
    try kind(of: path) == nil ? nil : try read(path)
  }

  private mutating func read(_ path: String) throws(WorkspaceError) -> SourceFile {
    if let replaced = try replacement(of: path) { return try numbered(path, replaced) }
    guard let status = try status(of: path), case .file = status.kind else { throw .notAFile(path) }
    guard status.size <= YAMLLimits.fileSize else {
      throw .tooLarge(path, bytes: status.size, limit: YAMLLimits.fileSize)
    }
    return try numbered(path, contents(of: absolute(path), as: path))
  }

  /// What is read in place of a file, by its own path or by the one that a link leads to.
  private func replacement(of path: String) throws(WorkspaceError) -> [UInt8]? {
    if overlay.isEmpty { return nil }
    if let contents = try overlay.contents(of: path) { return contents }
    guard let target = try resolved(path) else { return nil }
    return try overlay.contents(of: RelativePath.path(to: target, from: root))
  }

  private func contents(of file: String, as path: String) throws(WorkspaceError) -> [UInt8] {
    let contents: [UInt8]?
    do {
      contents = try FileSystem.contents(of: file, limit: YAMLLimits.fileSize)
    } catch {
      throw .unreadable(path, reason: error.reason)
    }
    guard let contents else { throw .notAFile(path) }
    return contents
  }

  private mutating func numbered(_ path: String, _ contents: [UInt8]) throws(WorkspaceError) -> SourceFile {
    guard contents.count <= YAMLLimits.fileSize else {
      throw .tooLarge(path, bytes: contents.count, limit: YAMLLimits.fileSize)
    }
    byteCount += contents.count
    guard byteCount <= Limit.bytes else { throw .tooMuch(path, limit: "\(Limit.bytes) bytes of specs") }
    guard fileCount < Limit.files else { throw .tooMuch(path, limit: "\(Limit.files) specs") }
    defer { fileCount += 1 }
    return SourceFile(id: FileID(fileCount), path: path, bytes: contents)
  }

  private func absolute(_ path: String) -> String { path.isEmpty ? root : WorkspaceFolder.join(root, path) }

  // MARK: What settings extend

  /// The files that settings extend in a row, and why the row ends before its end.
  private mutating func extended(
    by settings: SourceFile
  ) throws(WorkspaceError) -> (files: [SourceFile], problem: BrokenExtension?) {
    var files: [SourceFile] = []
    var visited = [try resolved(settings.path) ?? absolute(settings.path)]
    var last = settings
    while let link = Workspace.extendedPath(in: last) {
      if files.count == ExtendedSettings.lengthLimit { return (files, .tooMany(limit: ExtendedSettings.lengthLimit)) }
      switch try extensions.target(of: link, in: last.path, root: root) {
      case .problem(let problem): return (files, problem)
      case .file(let target):
        if visited.contains(target) { return (files, .cycle) }
        visited.append(target)
        if let known = extensions.known[target] {
          last = known
        } else {
          let path = RelativePath.path(to: target, from: root)
          if let replaced = try overlay.contents(of: path) {
            last = try numbered(path, replaced)
          } else {
            last = try numbered(path, contents(of: target, as: path))
          }
          extensions.known[target] = last
        }
        files.append(last)
      }
    }
    return (files, nil)
  }

  /// Workspaces without the specs that are settings which one of them extends.
  func withoutExtended(_ workspaces: [Workspace]) -> [Workspace] {
    let extended = Set(extensions.known.values.map(\.path))
    return workspaces.map { $0.leavingOut { extended.contains($0) } }
  }
}
