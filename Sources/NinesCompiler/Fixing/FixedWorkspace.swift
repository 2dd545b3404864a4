import Diagnostics

/// A workspace with the fixes of its findings made, as far as they hold.
package struct FixedWorkspace: Sendable {
  /// A finding whose fix was not made, and why.
  package struct Refusal: Sendable {
    package enum Reason: Sendable, Hashable {
      /// The fix would bring in an error, whose message this is.
      case addsError(String)
      /// The finding would be there all the same.
      case silencesNothing
      /// There were more fixes that hold each other up than are tried one by one.
      case untried
    }

    package let finding: Diagnostic
    /// The file as it was when the fix was tried.
    package let file: SourceFile
    package let reason: Reason
  }

  /// A file before and after.
  package struct Change: Sendable {
    package let before: SourceFile
    package let after: SourceFile
  }

  /// What remains to be said of the workspace.
  package let analysis: Analysis
  package let changes: [Change]
  /// How many findings were fixed.
  package let fixedCount: Int
  package let refusals: [Refusal]
}

extension FixedWorkspace.Refusal: CustomStringConvertible {
  /// `specs/shop.yaml:3:5: SLO115 is not fixed: …`.
  package var description: String {
    let place = LineTable(file).position(of: Int(finding.span.start))
    let why =
      switch reason {
      case .addsError(let message): "with the fix there would be an error: \(message)"
      case .silencesNothing: "the fix does not silence it"
      case .untried: "too many fixes depend on each other; run it again"
      }
    return "\(file.path):\(place.line):\(place.column): \(finding.descriptor.code) is not fixed: \(why)"
  }
}

/// What came of fixing several workspaces.
package struct FixSummary: Sendable {
  private let workspaces: [FixedWorkspace]

  package init(_ workspaces: [FixedWorkspace]) {
    self.workspaces = workspaces
  }

  package var report: DiagnosticReport { Analysis.report(of: workspaces.map(\.analysis)) }
  package var changes: [FixedWorkspace.Change] { workspaces.flatMap(\.changes) }

  /// What was done, as a unified diff.
  package var diff: String { changes.map { UnifiedDiff(from: $0.before, to: $0.after).text }.joined() }

  /// `fixed 3 of 5 findings in 2 files`, after a line for each fix that was not made.
  package var text: String {
    let fixed = workspaces.reduce(0) { $0 + $1.fixedCount }
    let remaining = workspaces.reduce(0) { $0 + $1.analysis.bag.diagnostics.count + $1.analysis.bag.omitted }
    let refusals = workspaces.flatMap(\.refusals).map { "\($0)\n" }.joined()
    let places = changes.isEmpty ? "" : " in \(changes.count) \(changes.count == 1 ? "file" : "files")"
    let total = fixed + remaining
    return "\(refusals)fixed \(fixed) of \(total) \(total == 1 ? "finding" : "findings")\(places)\n"
  }
}
