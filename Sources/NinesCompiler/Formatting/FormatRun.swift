import Diagnostics
import SpecFormatting

/// What laying out the files of some workspaces has come to.
package struct FormatRun: Sendable {
  /// Files that are not laid out as they belong, before and after.
  package private(set) var changes: [FixedWorkspace.Change] = []
  /// Files that keep the layout that they have, since another could not say the same.
  package private(set) var kept: [SourceFile] = []
  /// How many files were looked at.
  package let fileCount: Int
  private var unreadable: [SourceFile] = []
  private var bag = DiagnosticBag()

  /// `isWanted` says by its path whether a file is asked for.
  package init(_ workspaces: [Workspace], where isWanted: (String) -> Bool = { _ in true }) {
    let files = workspaces.flatMap { workspace in
      // What settings extend is others' too, and may lie outside of the folder.
      workspace.ownFiles.map { (file: $0, isSettings: $0.id == workspace.settings?.id) }
    }.filter { isWanted($0.file.path) }
    fileCount = files.count
    for (file, isSettings) in files { add(file, isSettings: isSettings) }
  }

  /// A single text that lies in no workspace.
  package init(_ file: SourceFile) {
    fileCount = 1
    add(file, isSettings: file.path == "nines.yaml" || file.path.hasSuffix("/nines.yaml"))
  }

  private mutating func add(_ file: SourceFile, isSettings: Bool) {
    switch SpecFormatter.format(file, isSettings: isSettings) {
    case .laidOut(let result):
      if result.bytes != file.bytes { changes.append(FixedWorkspace.Change(before: file, after: result)) }
    case .unreadable(let problems):
      unreadable.append(file)
      bag.add(problems)
    case .beyond: kept.append(file)
    }
  }

  /// What is wrong with the files that are no YAML; nil where all are.
  package var problems: DiagnosticReport? {
    unreadable.isEmpty ? nil : DiagnosticReport(files: unreadable, bag)
  }

  /// What was or would be done, as a unified diff.
  package var diff: String { changes.map { UnifiedDiff(from: $0.before, to: $0.after).text }.joined() }
}
