import NinesCompiler

extension ArtifactFolder {
  /// Compiles workspaces and brings the folder in line with them, where they have no error; services of which `earlier`
  /// has what they compile to stay as they are.
  package func compile(
    _ workspaces: [Workspace],
    with compiler: Compiler,
    keeping earlier: ServiceRecords = ServiceRecords()
  ) throws(WorkspaceError) -> (compilation: Compilation, written: Written?) {
    let counts = try recordedCounts(of: workspaces)
    let compilation = compiler.compile(workspaces, after: counts, keeping: earlier.kept)
    guard let artifacts = compilation.artifacts else { return (compilation, nil) }
    do throws(WorkspaceError) {
      return (compilation, try update(to: artifacts, of: compilation.services, keeping: earlier))
    } catch {
      guard case .changedMeanwhile = error, !earlier.isEmpty else { throw error }
      // Somebody was at what was to stay, so nothing is taken for granted any more.
      return try compile(workspaces, with: compiler)
    }
  }
}
