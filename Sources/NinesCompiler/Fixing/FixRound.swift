import Diagnostics

/// One round of fixes: all of one stage at once, and fewer where they do not hold together.
struct FixRound {
  /// Fixes with what the workspace is found to be after them.
  struct Made {
    let fixes: [PendingFix]
    let analysis: Analysis
  }

  /// Each attempt reads and judges the workspace anew; fixes that hold are mostly found by the first.
  private static let mostAttempts = 200

  let compiler: Compiler
  let before: Analysis
  private(set) var refusals: [FixedWorkspace.Refusal] = []
  private var attempts = 0

  init(compiler: Compiler, before: Analysis) {
    self.compiler = compiler
    self.before = before
  }

  /// The fixes without those that do not hold by themselves; where halves hold and the whole does not, the first half.
  mutating func largestSound(of fixes: [PendingFix]) -> Made? {
    if fixes.isEmpty { return nil }
    guard attempts < Self.mostAttempts else {
      refusals += fixes.map { FixedWorkspace.Refusal(finding: $0.finding, file: $0.file, reason: .untried) }
      return nil
    }
    attempts += 1
    let analysis = compiler.analyze(before.workspace.applying(fixes.flatMap(\.edits)))
    let objection = FixReview(before: before, after: analysis, fixes: fixes).objection
    guard let objection else { return Made(fixes: fixes, analysis: analysis) }
    if fixes.count == 1 {
      refusals.append(FixedWorkspace.Refusal(finding: fixes[0].finding, file: fixes[0].file, reason: objection))
      return nil
    }
    let middle = fixes.count / 2
    let first = largestSound(of: Array(fixes[..<middle]))
    let second = largestSound(of: Array(fixes[middle...]))
    guard let first, let second else { return first ?? second }
    let joined = first.fixes + second.fixes
    if joined.count == fixes.count || attempts >= Self.mostAttempts { return first }
    return largestSound(of: joined)
  }
}

extension Workspace {
  /// The workspace with edits made in its files.
  fileprivate func applying(_ edits: [TextEdit]) -> Workspace {
    let byFile = Dictionary(grouping: Set(edits), by: \.span.file)
    return editing { file in byFile[file.id].map { file.applying($0) } ?? file }
  }
}
