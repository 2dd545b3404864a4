import Diagnostics

/// Which of a run's findings are told.
package enum Focus: Sendable {
  case everything
  /// Those in some files, by their paths.
  case files(Set<String>)
  /// Those in files that have changed, and those in other files that were not there before.
  case changes(Set<String>, since: String, before: Set<String>)

  func asks(about path: String) -> Bool {
    switch self {
    case .everything: true
    case .files(let paths), .changes(let paths, since: _, before: _): paths.contains(path)
    }
  }
}

extension DiagnosticReport {
  /// The findings that a focus asks for, and how many others there are.
  package func focused(on focus: Focus) -> DiagnosticReport {
    switch focus {
    case .everything: return self
    case .files(let paths): return narrowed(to: paths, knowing: nil)
    case .changes(let paths, let reference, let before):
      let note = DiagnosticNote("this file is as it was at '\(reference)': the finding follows from a change elsewhere")
      return narrowed(to: paths, knowing: (before, note))
    }
  }

  private func narrowed(
    to paths: Set<String>,
    knowing past: (fingerprints: Set<String>, note: DiagnosticNote)?
  ) -> DiagnosticReport {
    let asked = Set(files.filter { paths.contains($0.path) }.map(\.id))
    let names = past == nil ? [] : fingerprints
    let told = diagnostics.enumerated().compactMap { index, diagnostic -> Diagnostic? in
      if asked.contains(diagnostic.span.file) { return diagnostic }
      guard let past, !past.fingerprints.contains(names[index]) else { return nil }
      return diagnostic.adding(past.note)
    }
    return DiagnosticReport(
      files: files,
      diagnostics: told,
      omitted: omitted,
      withheld: Withheld(inBaseline: withheld.inBaseline, elsewhere: diagnostics.count - told.count),
      checked: asked
    )
  }
}

extension Diagnostic {
  fileprivate func adding(_ note: DiagnosticNote) -> Diagnostic {
    Diagnostic(descriptor, severity: severity, message, at: span, notes: notes + [note], fix: fix)
  }
}
