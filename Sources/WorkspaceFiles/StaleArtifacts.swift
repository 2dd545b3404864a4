import Diagnostics
import NinesCompiler

extension DiagnosticReport {
  /// The report with a finding for everything that differs from what the specs compile to.
  ///
  /// `folder` is the path by which files in it are told, below the folder that other paths begin in.
  package func adding(_ differences: [ArtifactFolder.Difference], in folder: String) -> DiagnosticReport {
    let first = (files.map(\.id.index).max() ?? 0) + 1
    var stale: [SourceFile] = []
    var found: [Diagnostic] = []
    for (offset, difference) in differences.enumerated() {
      let file = SourceFile(
        id: FileID(Int(first) + offset),
        path: WorkspaceFolder.join(folder, difference.path),
        text: ""
      )
      stale.append(file)
      found.append(difference.diagnostic(at: SourceSpan(file: file.id, start: 0, end: 0)))
    }
    return DiagnosticReport(
      files: files + stale,
      diagnostics: diagnostics + found,
      omitted: omitted,
      withheld: withheld,
      checked: checked
    )
  }
}

extension ArtifactFolder {
  /// `3 written, 1 removed, 40 unchanged`.
  package static func summary(of differences: [Difference], among count: Int) -> String {
    let leftOver = differences.count { $0.kind == .leftOver }
    let changed = differences.count - leftOver
    return "\(changed) changed, \(leftOver) left over, \(count - changed) as they were"
  }
}

extension ArtifactFolder.Difference {
  fileprivate func diagnostic(at span: SourceSpan) -> Diagnostic {
    let message =
      switch kind {
      case .missing: "'\(path)' has not been compiled"
      case .changed: "'\(path)' is not what the specs compile to"
      case .leftOver: "nothing in the specs asks for '\(path)' any more"
      }
    return Diagnostic(.staleArtifact, message, at: span, fix: DiagnosticFix("run 'nines compile'"))
  }
}
