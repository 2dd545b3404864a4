import Diagnostics
import NinesCompiler

/// Which findings somebody asks for.
package enum LintRequest: Sendable {
  case everything
  /// Those in some files and folders, by paths from where the program runs.
  case paths([String])
  /// Those in files that have changed since a commit, and those that the changes cause elsewhere.
  case changes(since: String)
  /// Those in one file, whose text is not on disk yet.
  case text([UInt8], path: String)
}

extension WorkspaceFolder {
  /// The workspaces with what the request puts in the place of files, and the findings that it asks for.
  package func read(
    for request: LintRequest,
    by compiler: Compiler
  ) throws(WorkspaceError) -> (workspaces: [Workspace], focus: Focus) {
    switch request {
    case .everything: return (try read(), .everything)
    case .paths(let arguments):
      let workspaces = try read()
      return (workspaces, try focus(on: arguments, in: workspaces))
    case .text(let bytes, let argument):
      let path = try pathInFolder(of: argument)
      var overlay = FileOverlay()
      overlay.replace(path, with: bytes)
      let workspaces = try read(overlay)
      guard workspaces.contains(where: { $0.files.contains { $0.path == path } }) else {
        throw .notAmongSpecs(argument)
      }
      return (workspaces, .files([path]))
    case .changes(let reference):
      let changes = try changes(since: reference)
      let workspaces = try read()
      let changed = try files(of: workspaces, among: changes.paths)
      let before = try fingerprints(before: changes, by: compiler)
      return (workspaces, .changes(changed, since: reference, before: before))
    }
  }

  /// What was found before the changes.
  private func fingerprints(before changes: Changes, by compiler: Compiler) throws(WorkspaceError) -> Set<String> {
    let workspaces = try read(before: changes).map { $0.judged(by: nil) }
    return Set(Analysis.report(of: workspaces.map(compiler.analyze)).fingerprints)
  }

  private func focus(on arguments: [String], in workspaces: [Workspace]) throws(WorkspaceError) -> Focus {
    let known = Set(workspaces.flatMap(\.files).map(\.path))
    var asked: Set<String> = []
    for argument in arguments {
      var found = try below(pathInFolder(of: argument), known)
      if found.isEmpty {
        // A link, or a path through one, is known by where it leads.
        guard let target = try resolvedPath(argument) else { throw .noSuchFile(argument) }
        found = below(RelativePath.path(to: target, from: try resolvedFolder()), known)
      }
      if found.isEmpty { throw .notAmongSpecs(argument) }
      asked.formUnion(found)
    }
    return .files(asked)
  }

  private func below(_ path: String, _ known: Set<String>) -> Set<String> {
    known.filter { RelativePath.isPath($0, below: path) }
  }

  /// A path from where the program runs, as it is below this folder.
  private func pathInFolder(of argument: String) throws(WorkspaceError) -> String {
    guard let here = try resolvedPath(".") else { throw .noSuchFolder(".") }
    let target = RelativePath.normalized(argument.hasPrefix("/") ? argument : "\(here)/\(argument)")
    return RelativePath.path(to: target, from: try resolvedFolder())
  }
}
