import Diagnostics
import Emitters
import NinesCompiler

/// What came of compiling to a folder, or of comparing one with what it should hold.
package enum FolderOutcome<Findings: Sendable>: Sendable {
  /// The specs have errors; nothing was written, or compared.
  case refused(DiagnosticReport)
  case compiled(Compilation, Findings)
}

extension ArtifactFolder {
  /// Brings the folder in line with what workspaces ask for, where they have no error; services of which `earlier` has
  /// what they compile to stay as they are.
  package func compile(
    _ workspaces: [Workspace],
    with compiler: Compiler,
    keeping earlier: ServiceRecords = ServiceRecords()
  ) throws(WorkspaceError) -> FolderOutcome<FolderChanges> {
    let counts = try recordedCounts(of: workspaces)
    let judgement = compiler.judge(workspaces)
    if judgement.hasErrors { return .refused(judgement.report) }
    do throws(WorkspaceError) {
      return try update(to: judgement, after: counts, with: compiler, keeping: earlier)
    } catch {
      guard case .changedMeanwhile = error, !earlier.isEmpty else { throw error }
      // Somebody was at what was to stay, so nothing is taken for granted any more.
      return try update(to: judgement, after: counts, with: compiler, keeping: ServiceRecords())
    }
  }

  private func update(
    to judgement: Judgement,
    after counts: RecordedCounts,
    with compiler: Compiler,
    keeping earlier: ServiceRecords
  ) throws(WorkspaceError) -> FolderOutcome<FolderChanges> {
    try updating { update throws(WorkspaceError) in
      let compilation = try compiler.compile(judgement, after: counts, keeping: earlier.kept, into: update.take)
      return .compiled(compilation, try update.finish(compilation.services, keeping: earlier))
    }
  }

  /// What compiling would change; no record is trusted.
  package func compare(
    _ workspaces: [Workspace],
    with compiler: Compiler
  ) throws(WorkspaceError) -> FolderOutcome<[Difference]> {
    let counts = try recordedCounts(of: workspaces)
    let judgement = compiler.judge(workspaces)
    if judgement.hasErrors { return .refused(judgement.report) }
    let comparison = FolderComparison(with: self)
    let compilation = try compiler.compile(judgement, after: counts, into: comparison.take)
    return .compiled(compilation, try comparison.differences(about: PendingWrites(leftIn: path)?.paths ?? []))
  }
}
