import ContentHash
import Diagnostics
import NinesCompiler
import StructuredText

/// What the last compilation of a folder saw and left behind, so that one that would do the same is not made again, and
/// one that would do nearly the same prints what is new.
///
/// Neither specs nor artifacts are read for that: they are what they were if none has been written, replaced, added or
/// removed since. A record of another program is no record, and that the whole run may be left out is one for the same day
/// and call only.
package struct CompilationCache: Sendable {
  private static let recordName = "compilation.json"
  private static let servicesName = "services.json"
  private static let format = "cache/v3"

  private let folder: WorkspaceFolder
  private let root: String
  private let cache: CacheFolder
  /// This program and the folders that it works on.
  private let place: String
  /// The same, and all that decides about a run besides files.
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
    /// Of the time zones, whose rules are in the artifacts.
    fileprivate let zones: String
    /// Of the last compilation, where it would be the same again.
    package let outcome: Outcome?
    /// What is in its place of services, where the outcome is not known.
    package let services: ServiceRecords
  }

  /// `call` is all that decides about a run besides files: the day, and how findings are told. nil where the program or the
  /// folder cannot be told from others.
  package init?(of folder: WorkspaceFolder, call: [String]) {
    let program = FileSystem.program
    guard let root = Self.resolved(folder.path), let identity = Self.resolved(program) else { return nil }
    self.folder = folder
    self.root = root
    cache = CacheFolder(in: root)
    let parts = [
      Self.format, CompilerVersion.current, identity, TreeFingerprint(ofEntries: [identity]).text, root,
      folder.outputPath, Repository.root(around: root) ?? "",
    ]
    place = Self.hash(parts)
    key = Self.hash(parts + call)
  }

  private static func hash(_ parts: [String]) -> String {
    SHA256.hexadecimal(of: Array(parts.joined(separator: "\0").utf8))
  }

  private static func resolved(_ path: String) -> String? {
    // Where this fails a compilation says what is wrong; there is nothing to remember.
    do { return try FileSystem.resolved(path) } catch { return nil }
  }

  /// Looks at everything that a compilation would read and write; nil where there is more than plain files.
  package func look() -> Sighting? {
    guard let (inputs, begun) = settledInputs(), inputs.isPlain else { return nil }
    let outputs = TreeFingerprint(of: folder.outputPath, withHidden: true) ?? TreeFingerprint()
    guard outputs.isPlain else { return nil }
    let zones = TreeFingerprint(ofEntries: ZoneDatabase.folders).text
    var outcome: Outcome?
    if let record = record(), record.key == key, record.outputs == outputs.text,
      record.inputs == (inputs + TreeFingerprint(ofEntries: record.extended)).text
    {
      outcome = record.outcome
    }
    return Sighting(
      inputs: inputs,
      outputs: outputs,
      begun: begun,
      zones: zones,
      outcome: outcome,
      services: outcome == nil ? services(with: zones) : ServiceRecords()
    )
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

  /// Remembers what was written of services; and, where there is an outcome, the compilation as a whole, if nothing that
  /// it read has been touched since it began.
  package func remember(
    _ outcome: Outcome?,
    of workspaces: [Workspace],
    after sighting: Sighting,
    _ changes: FolderChanges
  ) {
    var isKept = write(changes.services, sighting.zones)
    if let outcome { isKept = remember(outcome, of: workspaces, after: sighting, outputs: changes) || isKept }
    // From here on whatever changes one of these files gives it another time.
    if isKept { FileSystem.wait(until: max(changes.new.newest, changes.services.newest)) }
  }

  private func remember(
    _ outcome: Outcome,
    of workspaces: [Workspace],
    after sighting: Sighting,
    outputs changes: FolderChanges
  ) -> Bool {
    let extended = Set(workspaces.flatMap(\.inherited).map { WorkspaceFolder.join(root, $0.path) }).sorted()
    let others = TreeFingerprint(ofEntries: extended)
    let outputs = sighting.outputs.replacing(changes.replaced, by: changes.new)
    guard others.isPlain, others.newest < sighting.begun, outputs.isPlain else { return false }
    let record = Record(
      key: key,
      inputs: (sighting.inputs + others).text,
      outputs: outputs.text,
      extended: extended,
      outcome: outcome
    )
    return write(record)
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
    guard let value = cache.record(Self.recordName),
      let key = value["key"]?.string, let inputs = value["inputs"]?.string,
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
  }

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
    return cache.keep(document, as: Self.recordName)
  }

  // MARK: Services

  /// What was left of each service, as far as it still lies there. What a service compiles to follows from no day and no
  /// format of findings, so a record of another call serves as well.
  private func services(with zones: String) -> ServiceRecords {
    guard let document = cache.record(Self.servicesName), document["place"]?.string == place,
      document["zones"]?.string == zones
    else { return ServiceRecords() }
    return ServiceRecords(document["services"]?.array ?? []).untouched(in: ArtifactFolder(folder.outputPath))
  }

  private func write(_ services: ServiceRecords, _ zones: String) -> Bool {
    let document: JSONValue = [
      "place": .string(place), "zones": .string(zones), "services": .array(services.entries),
    ]
    return cache.keep(document, as: Self.servicesName)
  }
}
