import Diagnostics
import NinesCompiler

/// A folder with specs, and where its artifacts go.
package struct WorkspaceFolder: Sendable {
  /// As it was given; what is read is named relative to it.
  package let path: String
  /// As it was given, or `generated` in the folder.
  package let outputPath: String
  private let hasOwnOutput: Bool

  package init(_ path: String, output: String? = nil) {
    self.path = path.isEmpty ? "." : path
    outputPath = output ?? Self.join(self.path, "generated")
    hasOwnOutput = output == nil
  }

  /// Its workspaces: the root's where it has specs, then those of the folders below with settings of their own.
  ///
  /// Files are numbered through all of them, so that one report can speak of every file.
  ///
  /// The overlay's files stand for those on disk.
  package func read(_ overlay: FileOverlay = FileOverlay()) throws(WorkspaceError) -> [Workspace] {
    let root = try resolvedFolder()
    var walk = SpecWalk(root: root, given: path, overlay: overlay)
    let specs = try walk.hasSpecsFolder() ? "specs" : ""
    let skipped = try resolvedPath(outputPath)
    let (main, nested) = try walk.workspaces(below: specs, skipping: skipped)
    let all = walk.withoutExtended([main] + nested)
    let workspaces = all[0].specs.isEmpty && !nested.isEmpty ? Array(all.dropFirst()) : all
    guard workspaces.contains(where: { !$0.specs.isEmpty }) else { throw .noSpecs(path) }
    guard let file = try walk.file(named: Baseline.fileName) else { return workspaces }
    let baseline = try baseline(in: file)
    return workspaces.map { $0.judged(by: baseline) }
  }

  private func baseline(in file: SourceFile) throws(WorkspaceError) -> Baseline {
    do throws(Baseline.Fault) {
      return try Baseline(reading: file)
    } catch {
      throw .unknownBaseline(Self.join(path, file.path), reason: error.reason)
    }
  }

  /// The place that artifacts are written to; one of its own that leads out of the folder is refused.
  package func artifacts() throws(WorkspaceError) -> ArtifactFolder {
    if hasOwnOutput, let target = try resolvedPath(outputPath) {
      let root = try resolvedFolder()
      guard target.hasPrefix(Self.join(root, "")) else { throw .linkLeaves(outputPath) }
    }
    return ArtifactFolder(outputPath)
  }

  /// The place that artifacts are written to, below this folder, as far as there is a way from here to there.
  package func artifactsPathInFolder() throws(WorkspaceError) -> String {
    if hasOwnOutput { return "generated" }
    guard let target = try resolvedPath(outputPath) else { return outputPath }
    return RelativePath.path(to: target, from: try resolvedFolder())
  }

  func resolvedFolder() throws(WorkspaceError) -> String {
    guard let root = try resolvedPath(path) else { throw .noSuchFolder(path) }
    return root
  }

  func resolvedPath(_ path: String) throws(WorkspaceError) -> String? {
    do {
      return try FileSystem.resolved(path)
    } catch {
      throw .unreadable(path, reason: error.reason)
    }
  }

  static func join(_ folder: String, _ name: String) -> String {
    if folder.isEmpty || folder == "." { return name }
    return folder.hasSuffix("/") ? "\(folder)\(name)" : "\(folder)/\(name)"
  }
}

// MARK: - New files

extension WorkspaceFolder {
  /// Makes the folder if it is not there, and returns its own name.
  package func makeFolder() throws(WorkspaceError) -> String {
    do {
      if try FileSystem.status(of: path) == nil { try FileSystem.makeFolder(path) }
    } catch {
      throw .unwritable(path, reason: error.reason)
    }
    return try resolvedFolder().split(separator: "/").last.map(String.init) ?? ""
  }

  /// Adds a spec, and returns its path; one of that name that is there already is left alone.
  package func add(_ text: String, named name: String) throws(WorkspaceError) -> String {
    let folder = Self.join(path, "specs")
    let file = Self.join(folder, name)
    let isThere: Bool
    do {
      isThere = try FileSystem.linkStatus(of: file) != nil
      if !isThere {
        if try FileSystem.status(of: folder) == nil { try FileSystem.makeFolder(folder) }
        try FileSystem.create(file, Array(text.utf8))
      }
    } catch {
      throw .unwritable(file, reason: error.reason)
    }
    if isThere { throw .alreadyThere(file) }
    return file
  }
}
