import Emitters
import NinesCompiler
import Parallelism
import PlanModel
import StructuredText

/// What services compiled to, and what their artifacts looked like when they lay in their places.
package struct ServiceRecords: Sendable {
  private struct Record: Sendable {
    let artifacts: ServiceArtifacts
    let fingerprint: String
  }

  /// By the keys of the services.
  private var records: [String: Record] = [:]
  /// When the youngest file of those that were looked at was last changed.
  private(set) var newest: TreeFingerprint.Moment = .min

  package init() {}

  /// With services whose artifacts are in place now. What was `seen` before it was compared with an artifact is what was
  /// compared, whoever writes there meanwhile; `changed` has the paths of what was written since.
  func adding(
    _ services: [ServiceArtifacts],
    seen: [String: TreeFingerprint],
    changed: Set<String>,
    in folder: ArtifactFolder
  ) -> ServiceRecords {
    var all = self
    let added = services.filter { records[$0.key] == nil }
    let fingerprints = ParallelWork.map(added) { service in
      service.paths.reduce(TreeFingerprint()) { sum, path in
        if !changed.contains(path), let seen = seen[path] { return sum + seen }
        return sum + TreeFingerprint(ofFewEntries: [folder.absolute(path)])
      }
    }
    for (service, fingerprint) in zip(added, fingerprints) {
      all.records[service.key] = Record(artifacts: service, fingerprint: fingerprint.text)
      all.newest = max(all.newest, fingerprint.newest)
    }
    return all
  }

  package var isEmpty: Bool { records.isEmpty }

  package var kept: KeptArtifacts { KeptArtifacts(records.values.map(\.artifacts)) }

  /// Those of which every artifact lies in the folder, untouched.
  func untouched(in folder: ArtifactFolder) -> ServiceRecords {
    let all = Array(records)
    let fingerprints = ParallelWork.map(all) { _, record in
      TreeFingerprint(ofFewEntries: record.artifacts.paths.map(folder.absolute)).text
    }
    var untouched = ServiceRecords()
    for ((key, record), fingerprint) in zip(all, fingerprints) where record.fingerprint == fingerprint {
      untouched.records[key] = record
    }
    return untouched
  }

  /// Those of some services.
  func of(_ services: [ServiceArtifacts]) -> ServiceRecords {
    var some = ServiceRecords()
    for service in services { some.records[service.key] = records[service.key] }
    return some
  }

  var count: Int { records.count }

  /// Below the output folder.
  var paths: [String] { records.values.flatMap(\.artifacts.paths) }

}

// MARK: - On disk

extension ServiceRecords {
  /// What cannot be understood is left out.
  init(_ entries: [JSONValue]) {
    for entry in entries {
      guard let key = entry["key"]?.string, let workspace = entry["workspace"]?.string,
        let fingerprint = entry["fingerprint"]?.string, let listed = entry["artifacts"]?.array
      else { continue }
      let digests = listed.compactMap(FileDigest.init)
      guard digests.count == listed.count, let facts = RuleFacts(entry) else { continue }
      let artifacts = ServiceArtifacts(key: key, workspace: workspace, digests: digests, facts: facts)
      records[key] = Record(artifacts: artifacts, fingerprint: fingerprint)
    }
  }

  var entries: [JSONValue] {
    records.values.sorted { $0.artifacts.key < $1.artifacts.key }.map { record in
      [
        "key": .string(record.artifacts.key),
        "workspace": .string(record.artifacts.workspace),
        "fingerprint": .string(record.fingerprint),
        "artifacts": .array(record.artifacts.digests.map(\.entry)),
        "channels": .array(record.artifacts.facts.channels.map { .string($0) }),
        "counts": .object(
          record.artifacts.facts.countHashes.sorted { $0.key < $1.key }.map { JSONMember($0.key, .string($0.value)) }
        ),
      ]
    }
  }
}

extension RuleFacts {
  fileprivate init?(_ entry: JSONValue) {
    guard let channels = entry["channels"]?.array, let counts = entry["counts"]?.object else { return nil }
    let hashes = counts.compactMap { count in count.value.string.map { (count.name, $0) } }
    guard hashes.count == counts.count else { return nil }
    self.init(
      channels: channels.compactMap(\.string),
      countHashes: Dictionary(hashes, uniquingKeysWith: { first, _ in first })
    )
  }
}

extension FileDigest {
  fileprivate init?(_ entry: JSONValue) {
    guard let path = entry["path"]?.string, let count = entry["bytes"]?.number?.integer,
      let hash = entry["sha256"]?.string
    else { return nil }
    self.init(path: path, byteCount: count, sha256: hash)
  }

  fileprivate var entry: JSONValue {
    ["path": .string(path), "bytes": .integer(byteCount), "sha256": .string(sha256)]
  }
}
