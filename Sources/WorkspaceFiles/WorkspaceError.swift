import StructuredText

/// What keeps a workspace from being read or its artifacts from being written: a matter of files, not of specs.
package enum WorkspaceError: Error, Sendable, Hashable {
  case noSuchFolder(String)
  case noSpecs(String)
  /// The operating system refused, with its reason.
  case unreadable(String, reason: String)
  case unwritable(String, reason: String)
  /// A folder, a pipe or a device where a file is expected.
  case notAFile(String)
  case notAFolder(String)
  /// A symbolic link to something outside the folder, or to nothing.
  case linkLeaves(String)
  /// A symbolic link to a folder that contains it.
  case linkCycle(String)
  /// Control characters, or bytes that are not UTF-8.
  case awkwardName(String)
  case tooLarge(String, bytes: Int, limit: Int)
  case tooMuch(String, limit: String)
  /// Settings of the root workspace both beside and inside `specs/`.
  case settingsTwice(String, String)
  /// A workspace whose artifacts would go to a folder that another one writes.
  case reservedFolder(String, name: String)
  /// An artifact's path that leads out of the output folder.
  case pathLeaves(String)
  /// A file that would have to be written over.
  case alreadyThere(String)
  /// A spec that somebody else wrote to since it was read.
  case changedMeanwhile(String)
  /// A manifest that is not one that `nines` writes.
  case unknownManifest(String, reason: String)
  /// A baseline that is not one that `nines` writes.
  case unknownBaseline(String, reason: String)
  case noSuchFile(String)
  /// A file or folder that was asked about and holds none of the specs.
  case notAmongSpecs(String)
  /// What git could not do, in words for the person who asked.
  case git(String)
}

extension WorkspaceError: CustomStringConvertible {
  package var description: String { VisibleText.of(message) }

  private var message: String {
    switch self {
    case .noSuchFolder(let path): "there is no folder '\(path)'"
    case .noSpecs(let path):
      "no specs in '\(path)': neither 'specs/**/*.yaml' nor '*.yaml'; 'nines init' writes a first one"
    case .unreadable(let path, let reason): "cannot read '\(path)': \(reason)"
    case .unwritable(let path, let reason): "cannot write '\(path)': \(reason)"
    case .notAFile(let path): "'\(path)' is not a regular file"
    case .notAFolder(let path): "'\(path)' is not a folder"
    case .linkLeaves(let path): "'\(path)' is a symbolic link that leaves the workspace"
    case .linkCycle(let path): "'\(path)' is a symbolic link to a folder around it"
    case .awkwardName(let path): "the name of '\(path)' has control characters or is not UTF-8"
    case .tooLarge(let path, let bytes, let limit): "'\(path)' is \(bytes) bytes long, more than the limit of \(limit)"
    case .tooMuch(let path, let limit): "'\(path)' holds more than the limit of \(limit)"
    case .settingsTwice(let one, let other): "the same workspace has settings in '\(one)' and in '\(other)'"
    case .reservedFolder(let path, let name):
      "the workspace '\(path)' would write to a folder '\(name)', which artifacts of the workspace around it need"
    case .pathLeaves(let path): "the artifact path '\(path)' leaves the output folder"
    case .alreadyThere(let path): "'\(path)' is already there"
    case .changedMeanwhile(let path): "'\(path)' has changed since it was read; nothing was written"
    case .unknownManifest(let path, let reason): "'\(path)' is no manifest of nines: \(reason)"
    case .unknownBaseline(let path, let reason): "'\(path)' is no baseline of nines: \(reason)"
    case .noSuchFile(let path): "there is no file '\(path)'"
    case .notAmongSpecs(let path): "'\(path)' is none of the specs, and no folder that holds any"
    case .git(let reason): reason
    }
  }
}
