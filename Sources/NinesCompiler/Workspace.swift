import Diagnostics

/// The specs that are compiled together, as they were read; their names are known only among themselves.
package struct Workspace: Sendable {
  /// The folder below `specs/` that is the workspace, with forward slashes; empty for the root workspace.
  package let name: String
  /// The folder's own name, which is the title where the settings state none.
  package let folderName: String
  /// `nines.yaml`, where there is one.
  package let settings: SourceFile?
  /// What the settings extend, the nearest first.
  package let inherited: [SourceFile]
  /// Why the last of them extends nothing although it says so.
  package let brokenExtension: BrokenExtension?
  /// In the order of their paths.
  package let specs: [SourceFile]
  /// The folder below which globs know the specs, as the paths of files have it.
  package let specsFolder: String
  /// Findings that were there when the workspace was taken over.
  package let baseline: Baseline?

  package init(
    name: String,
    folderName: String,
    settings: SourceFile?,
    inherited: [SourceFile] = [],
    brokenExtension: BrokenExtension? = nil,
    specs: [SourceFile],
    specsFolder: String = "specs",
    baseline: Baseline? = nil
  ) {
    self.name = name
    self.folderName = folderName
    self.settings = settings
    self.inherited = inherited
    self.brokenExtension = brokenExtension
    self.specs = specs
    self.specsFolder = specsFolder
    self.baseline = baseline
  }

  /// The settings first, as they decide how the rest is read.
  package var files: [SourceFile] { settingsFiles + specs }

  /// Without what the settings extend.
  var ownFiles: [SourceFile] { (settings.map { [$0] } ?? []) + specs }

  /// The workspace's own settings and those that they extend, the nearest first.
  package var settingsFiles: [SourceFile] { (settings.map { [$0] } ?? []) + inherited }

  /// The paths by which globs know the specs.
  var globPaths: [FileID: String] {
    let prefix = specsFolder.isEmpty ? "" : "\(specsFolder)/"
    return Dictionary(
      specs.map { ($0.id, $0.path.hasPrefix(prefix) ? String($0.path.dropFirst(prefix.count)) : $0.path) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The same workspace with a baseline, or judged as if it had none.
  package func judged(by baseline: Baseline?) -> Workspace {
    Workspace(
      name: name,
      folderName: folderName,
      settings: settings,
      inherited: inherited,
      brokenExtension: brokenExtension,
      specs: specs,
      specsFolder: specsFolder,
      baseline: baseline
    )
  }

  /// The same workspace without the specs at some paths.
  package func leavingOut(_ isLeftOut: (String) -> Bool) -> Workspace {
    Workspace(
      name: name,
      folderName: folderName,
      settings: settings,
      inherited: inherited,
      brokenExtension: brokenExtension,
      specs: specs.filter { !isLeftOut($0.path) },
      specsFolder: specsFolder,
      baseline: baseline
    )
  }

  /// The workspace with each of its own files as `edit` leaves it; what its settings extend is others' too.
  func editing(_ edit: (SourceFile) -> SourceFile) -> Workspace {
    Workspace(
      name: name,
      folderName: folderName,
      settings: settings.map(edit),
      inherited: inherited,
      brokenExtension: brokenExtension,
      specs: specs.map(edit),
      specsFolder: specsFolder,
      baseline: baseline
    )
  }

  /// Where an artifact belongs below the output folder.
  package func outputPath(of path: String) -> String { Self.outputPath(of: path, in: name) }

  /// The same for the workspace of a name.
  static func outputPath(of path: String, in workspace: String) -> String {
    workspace.isEmpty ? path : "\(workspace)/\(path)"
  }
}
