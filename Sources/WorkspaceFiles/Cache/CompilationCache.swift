import ContentHash
import Diagnostics
import NinesCompiler
import StructuredText

/// What the last compilation of a folder saw and left behind, so that one that would do the same is not made again.
///
/// Neither specs nor artifacts are read for that: they are what they were if none has been written, replaced, added or
/// removed since. The record lies in a folder of its own, which may be deleted at any time. It is replaced as a whole, so
/// that runs side by side never read half of one, and that of another program, day or call is no record.
package struct CompilationCache: Sendable {
  /// Beside the specs.
  package static let folderName = ".nines-cache"
  private static let recordName = "compilation.json"
  private static let format = "cache/v1"
  /// More than any record.
  private static let limit = 16 << 20

  private let folder: WorkspaceFolder
  private let root: String
  private let key: String

  /// What a compilation says that changes nothing.
  package struct Outcome: Sendable {
    /// On standard output.
    package let report: String
    package let artifactCount: Int

    package init(report: String, artifactCount: Int) {
      self.report = report
      self.artifactCount = artifactCount
    }
  }

  /// What was there before anything was read.
  package struct Sighting: Sendable {
    fileprivate let inputs: TreeFingerprint
    fileprivate let outputs: TreeFingerprint
    fileprivate let begun: TreeFingerprint.Moment
    /// Of the last compilation, where it would be the same again.
    package let outcome: Outcome?
  }

  /// `call` is all that decides about a run besides files: the day, and how findings are told. nil where the program or the
  /// folder cannot be told from others.
  package init?(of folder: WorkspaceFolder, call: [String]) {
    let program = FileSystem.program
    guard let root = Self.resolved(folder.path), let identity = Self.resolved(program) else { return nil }
    self.folder = folder
    self.root = root
    let parts =
      [
        Self.format, CompilerVersion.current, identity, TreeFingerprint(ofEntries: [identity]).text, root,
        folder.outputPath, Repository.root(around: root) ?? "",
      ] + call
    key = SHA256.hexadecimal(of: Array(parts.joined(separator: "\0").utf8))
  }

  private static func resolved(_ path: String) -> String? {
    // Where this fails a compilation says what is wrong; there is nothing to remember.
    do { return try FileSystem.resolved(path) } catch { return nil }
  }

  private var place: String { WorkspaceFolder.join(root, Self.folderName) }
  private var recordPath: String { WorkspaceFolder.join(place, Self.recordName) }

  /// Looks at everything that a compilation would read and write; nil where there is more than plain files.
  package func look() -> Sighting? {
    guard let (inputs, begun) = settledInputs(), inputs.isPlain else { return nil }
    let outputs = TreeFingerprint(of: folder.outputPath, withHidden: true) ?? TreeFingerprint()
    guard outputs.isPlain else { return nil }
    var outcome: Outcome?
    if let record = record(), record.key == key, record.outputs == outputs.text,
      record.inputs == (inputs + TreeFingerprint(ofEntries: record.extended)).text
    {
      outcome = record.outcome
    }
    return Sighting(inputs: inputs, outputs: outputs, begun: begun, outcome: outcome)
  }

  /// The inputs, at a time of which the file system's clock can tell that it is later than all of theirs: what is written
  /// from then on shows.
  private func settledInputs() -> (inputs: TreeFingerprint, begun: TreeFingerprint.Moment)? {
    for _ in 0..<2 {
      let begun = FileSystem.now
      guard let inputs = inputs() else { return nil }
      if inputs.newest < begun { return (inputs, begun) }
      FileSystem.wait(until: inputs.newest)
    }
    return nil
  }

  /// Remembers a compilation, if nothing that it read has been touched since it began.
  package func remember(
    _ outcome: Outcome,
    of workspaces: [Workspace],
    after sighting: Sighting,
    _ written: ArtifactFolder.Written
  ) {
    let extended = Set(workspaces.flatMap(\.inherited).map { WorkspaceFolder.join(root, $0.path) }).sorted()
    let others = TreeFingerprint(ofEntries: extended)
    let outputs = sighting.outputs.replacing(written.replaced, by: written.new)
    guard others.isPlain, others.newest < sighting.begun, outputs.isPlain else { return }
    let record = Record(
      key: key,
      inputs: (sighting.inputs + others).text,
      outputs: outputs.text,
      extended: extended,
      outcome: outcome
    )
    guard write(record) else { return }
    // From here on whatever changes one of these files gives it another time.
    FileSystem.wait(until: written.new.newest)
  }

  /// The specs, or the whole folder where it has no folder for them; the files beside it; and the time zones.
  private func inputs() -> TreeFingerprint? {
    let specs = WorkspaceFolder.join(root, "specs")
    let isOwnFolder: Bool
    do { isOwnFolder = try FileSystem.linkStatus(of: specs) != nil } catch { return nil }
    let output = Self.resolved(folder.outputPath)
    let tree = TreeFingerprint(of: isOwnFolder ? specs : root, withHidden: false) { path in
      path == output || path == WorkspaceFolder.join(root, "generated")
    }
    guard let tree else { return nil }
    let beside = ["nines.yaml", Baseline.fileName].map { WorkspaceFolder.join(root, $0) }
    return tree + TreeFingerprint(ofEntries: beside + ZoneDatabase.folders)
  }
}

// MARK: - The record

extension CompilationCache {
  private struct Record {
    let key: String
    let inputs: String
    let outputs: String
    /// Settings outside the folder of the specs.
    let extended: [String]
    let outcome: Outcome
  }

  /// nil where there is none, or something else.
  private func record() -> Record? {
    do {
      guard try isRealFolder(),
        let bytes = try FileSystem.contents(of: recordPath, limit: Self.limit, followsLink: false)
      else { return nil }
      let value = try JSONParser.parse(bytes)
      guard let key = value["key"]?.string, let inputs = value["inputs"]?.string,
        let outputs = value["outputs"]?.string, let extended = value["extended"]?.array,
        let report = value["report"]?.string, let count = value["artifacts"]?.number?.integer
      else { return nil }
      return Record(
        key: key,
        inputs: inputs,
        outputs: outputs,
        extended: extended.compactMap(\.string),
        outcome: Outcome(report: report, artifactCount: count)
      )
    } catch {
      // What cannot be read is nothing to rely on, and the next compilation replaces it.
      return nil
    }
  }

  /// Whether the record is in its place; a folder that cannot be written to has none.
  private func write(_ record: Record) -> Bool {
    let document: JSONValue = [
      "nines": .string(Self.format),
      "key": .string(record.key),
      "inputs": .string(record.inputs),
      "outputs": .string(record.outputs),
      "extended": .array(record.extended.map { .string($0) }),
      "artifacts": .integer(record.outcome.artifactCount),
      "report": .string(record.outcome.report),
    ]
    do {
      if try FileSystem.linkStatus(of: place) == nil {
        try FileSystem.makeFolder(place)
        // Nobody should have to think of leaving the folder out of commits.
        try FileSystem.create(WorkspaceFolder.join(place, ".gitignore"), Array("*\n".utf8))
      }
      guard try isRealFolder() else { return false }
      let temporary = WorkspaceFolder.join(place, ".\(Self.recordName).\(FileSystem.processIdentifier)")
      try FileSystem.create(temporary, Array(document.text(.pretty).utf8))
      try FileSystem.move(temporary, to: recordPath)
      return true
    } catch {
      return false
    }
  }

  /// A link could lead out of the workspace, to where nothing is to be written.
  private func isRealFolder() throws(SystemError) -> Bool {
    switch try FileSystem.linkStatus(of: place)?.kind {
    case .folder: true
    case .file, .link, .other, nil: false
    }
  }
}
