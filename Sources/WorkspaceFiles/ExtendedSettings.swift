import Diagnostics
import NinesCompiler

/// The files that settings extend, each read once, and where they may lie.
struct ExtendedSettings {
  /// How many files in a row; an organisation, a division and a team are three.
  static let lengthLimit = 8

  enum Target {
    /// Absolute, without links.
    case file(String)
    case problem(BrokenExtension)
  }

  /// The repository, or the folder where there is none, without links.
  let bound: String
  /// By their absolute paths.
  var known: [String: SourceFile] = [:]

  init(bound: String) {
    self.bound = bound
  }

  /// What a file of settings extends; `root` is the folder that its path begins in.
  func target(of link: String, in file: String, root: String) throws(WorkspaceError) -> Target {
    let isPlain = link.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    guard isPlain, !link.hasPrefix("/"), !link.hasPrefix("~") else { return .problem(.notRelative) }
    let place = "\(root)/\(RelativePath.folder(of: file))/\(link)"
    // What lies outside is not even looked for, so that nobody learns what is there.
    guard RelativePath.isPath(RelativePath.normalized(place), below: bound) else { return .problem(.outside) }
    do {
      guard let target = try FileSystem.resolved(place) else { return .problem(.missing) }
      guard RelativePath.isPath(target, below: bound) else { return .problem(.outside) }
      guard case .file? = try FileSystem.status(of: target)?.kind else {
        return .problem(.unreadable(reason: "it is not a regular file"))
      }
      return .file(target)
    } catch {
      return .problem(.unreadable(reason: error.reason))
    }
  }
}
