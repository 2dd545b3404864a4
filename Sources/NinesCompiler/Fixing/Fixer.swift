import Diagnostics

/// Makes the fixes of findings until there is none left to make.
///
/// Fixes are made stage by stage, because what could not be read hides findings of later stages, and in the order of
/// files and places. Each is made whole or not at all; one whose edits meet those of another waits for the next round. After
/// each round everything is read and judged again: fixes that bring in an error of their own stage or an earlier one,
/// or leave their finding where it is, are taken back.
package struct Fixer: Sendable {
  /// A fix may uncover the next; this many times in a row is more than any spec has shown.
  private static let mostRounds = 50

  private let compiler: Compiler
  private let allowsUnsafe: Bool
  private let focus: Focus

  /// Only findings in the files that the focus asks about are fixed.
  package init(_ compiler: Compiler, allowsUnsafe: Bool, focus: Focus = .everything) {
    self.compiler = compiler
    self.allowsUnsafe = allowsUnsafe
    self.focus = focus
  }

  package func fix(_ workspace: Workspace) -> FixedWorkspace {
    var current = compiler.analyze(workspace)
    var refusals: [FixedWorkspace.Refusal] = []
    var fixedCount = 0
    for _ in 0..<Self.mostRounds {
      let refused = Set(refusals.map { FixKey($0.finding, $0.file) })
      let fixes = candidates(in: current).filter { !refused.contains($0.key) }
      guard let stage = fixes.map(\.stage).min() else { break }
      var round = FixRound(compiler: compiler, before: current)
      let made = round.largestSound(of: Self.apart(fixes.filter { $0.stage == stage }))
      refusals += round.refusals
      if let made {
        current = made.analysis
        fixedCount += made.fixes.count
      } else if round.refusals.isEmpty {
        break
      }
    }
    return FixedWorkspace(
      analysis: current,
      changes: Self.changes(from: workspace, to: current.workspace),
      fixedCount: fixedCount,
      refusals: refusals.filter { $0.reason != .untried || fixedCount == 0 }
    )
  }

  /// Findings with a fix that may be made, in the order of the report.
  private func candidates(in analysis: Analysis) -> [PendingFix] {
    let report = analysis.report
    return report.diagnostics.compactMap { finding in
      guard let fix = finding.fix, !fix.edits.isEmpty, allowsUnsafe || fix.safety == .safe else { return nil }
      let file = report.file(finding.span.file)
      return focus.asks(about: file.path) ? PendingFix(finding: finding, edits: fix.edits, file: file) : nil
    }
  }

  /// The first of those whose edits meet; the same edit of two findings is one edit.
  private static func apart(_ fixes: [PendingFix]) -> [PendingFix] {
    var taken: [FileID: DisjointEdits] = [:]
    return fixes.filter { fix in
      var changed = taken
      for edit in fix.edits {
        guard changed[edit.span.file, default: DisjointEdits()].insert(edit) else { return false }
      }
      taken = changed
      return true
    }
  }

  private static func changes(from old: Workspace, to new: Workspace) -> [FixedWorkspace.Change] {
    zip(old.files, new.files).compactMap { before, after in
      before.bytes == after.bytes ? nil : FixedWorkspace.Change(before: before, after: after)
    }
  }
}

/// A fix that may be made.
struct PendingFix {
  let finding: Diagnostic
  let edits: [TextEdit]
  let file: SourceFile

  var key: FixKey { FixKey(finding, file) }
  var stage: CompilerStage { CompilerStage(of: finding.descriptor) }
}

/// Tells a finding from others of its code, whatever happens to the lines above it.
struct FixKey: Hashable {
  private let code: String
  private let path: String
  private let message: String
  private let text: String

  init(_ finding: Diagnostic, _ file: SourceFile) {
    code = finding.descriptor.code
    path = file.path
    message = finding.message
    text = file.text(in: finding.span.range)
  }
}

/// Edits of one file that lie apart from each other.
struct DisjointEdits {
  /// In the order of the file.
  private(set) var edits: [TextEdit] = []

  /// False where the edit meets another; one that is already there is there.
  mutating func insert(_ edit: TextEdit) -> Bool {
    var (low, high) = (0, edits.count)
    while low < high {
      let middle = (low + high) / 2
      if edits[middle].span.start < edit.span.start { low = middle + 1 } else { high = middle }
    }
    if low < edits.count {
      if edits[low] == edit { return true }
      guard edits[low].isApart(from: edit) else { return false }
    }
    if low > 0, !edits[low - 1].isApart(from: edit) { return false }
    edits.insert(edit, at: low)
    return true
  }
}
