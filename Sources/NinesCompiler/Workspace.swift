import Diagnostics

/// The specs that are compiled together, as they were read; their names are known only among themselves.
package struct Workspace: Sendable {
  /// The folder below `specs/` that is the workspace, with forward slashes; empty for the root workspace.
  package let name: String
  /// The folder's own name, which is the title where the settings state none.
  package let folderName: String
  /// `nines.yaml`, where there is one.
  package let settings: SourceFile?
  /// In the order of their paths.
  package let specs: [SourceFile]

  package init(name: String, folderName: String, settings: SourceFile?, specs: [SourceFile]) {
    self.name = name
    self.folderName = folderName
    self.settings = settings
    self.specs = specs
  }

  /// The settings first, as they decide how the rest is read.
  package var files: [SourceFile] { (settings.map { [$0] } ?? []) + specs }

  /// The workspace with each of its files as `edit` leaves it.
  func editing(_ edit: (SourceFile) -> SourceFile) -> Workspace {
    Workspace(name: name, folderName: folderName, settings: settings.map(edit), specs: specs.map(edit))
  }

  /// Where an artifact belongs below the output folder.
  package func outputPath(of path: String) -> String { name.isEmpty ? path : "\(name)/\(path)" }
}
