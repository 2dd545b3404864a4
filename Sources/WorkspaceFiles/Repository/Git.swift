import YAMLSource

/// Questions to git about the repository that a folder lies in. Nothing of it is changed.
struct Git {
  /// What git may say at most in answer to one question, in bytes.
  private static let answerLimit = 256 << 20

  /// A commit by its full name, which no option and no other name looks like.
  struct Commit {
    fileprivate let name: String
  }

  /// A file that is not as a commit has it.
  struct Change {
    /// Below the root of the repository.
    let path: String
    /// Whether the commit has no such file.
    let isNew: Bool
  }

  private let folder: String
  /// The folder's path below the root of the repository, empty or with a slash at its end.
  let prefix: String

  /// `folder` without links.
  init(in folder: String) throws(WorkspaceError) {
    self.folder = folder
    let answer = try Self.run(["rev-parse", "--show-prefix"], in: folder)
    guard answer.status == 0 else {
      // Such as a repository that belongs to somebody else.
      let reason = Self.line(answer.errors)
      throw .git("'\(folder)' is in no git repository that could tell what changed: \(reason)")
    }
    prefix = Self.line(answer.output)
  }

  /// The commit that a branch grew from: the newest that both it and the work at hand hold.
  func commonAncestor(with reference: String) throws(WorkspaceError) -> Commit {
    // No name of a commit begins with a hyphen; an option does.
    let isName =
      !reference.isEmpty && !reference.hasPrefix("-") && reference.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    guard isName else { throw .git("'\(reference)' is no name of a commit") }
    let found = try ask(["rev-parse", "--verify", "--quiet", "--end-of-options", "\(reference)^{commit}"])
    guard found.status == 0, Self.isObjectName(Self.line(found.output)) else {
      throw .git("git knows no commit '\(reference)'; it may have to be fetched first")
    }
    let ancestor = try ask(["merge-base", "HEAD", Self.line(found.output)])
    guard ancestor.status == 0, Self.isObjectName(Self.line(ancestor.output)) else {
      throw .git("'\(reference)' and HEAD have no commit in common; a shallow clone has to fetch more history")
    }
    return Commit(name: Self.line(ancestor.output))
  }

  /// What differs between a commit and the files as they lie there now, files that git does not know among them.
  func changes(since commit: Commit) throws(WorkspaceError) -> [Change] {
    let known = try answer(
      to: ["diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", commit.name, "--"]
    )
    let unknown = try answer(to: ["ls-files", "--others", "--exclude-standard", "--full-name", "-z"])
    var changes: [Change] = []
    var words = known.split(separator: 0)[...]
    while let status = words.popFirst(), let path = words.popFirst() {
      let isNew = status.first == UInt8(ascii: "A")
      changes.append(Change(path: String(decoding: path, as: UTF8.self), isNew: isNew))
    }
    for path in unknown.split(separator: 0) {
      changes.append(Change(path: String(decoding: path, as: UTF8.self), isNew: true))
    }
    return changes
  }

  /// A file as a commit has it, by its path below the root of the repository.
  func contents(of path: String, at commit: Commit) throws(WorkspaceError) -> [UInt8] {
    try answer(to: ["cat-file", "blob", "\(commit.name):\(path)"])
  }

  // MARK: Asking

  private func answer(to arguments: [String]) throws(WorkspaceError) -> [UInt8] {
    let answer = try ask(arguments)
    guard answer.status == 0 else {
      throw .git("git \(arguments[0]) failed: \(Self.line(answer.errors))")
    }
    guard answer.output.count < Self.answerLimit else {
      throw .tooMuch("git \(arguments[0])", limit: "\(Self.answerLimit) bytes")
    }
    return answer.output
  }

  private func ask(_ arguments: [String]) throws(WorkspaceError) -> Subprocess { try Self.run(arguments, in: folder) }

  private static func run(_ arguments: [String], in folder: String) throws(WorkspaceError) -> Subprocess {
    do {
      return try Subprocess.run(["git", "--no-optional-locks", "-C", folder] + arguments, limit: answerLimit)
    } catch {
      throw .git(error.isMissing ? "git is not there, which tells what changed" : "cannot run git: \(error.reason)")
    }
  }

  private static func line(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  private static func isObjectName(_ text: String) -> Bool {
    text.utf8.count >= 40
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
