import Emitters
import NinesCompiler
import Parallelism
import StructuredText

/// What services compiled to, and what their artifacts looked like when they lay in their places.
package struct ServiceRecords: Sendable {
  private struct Record: Sendable {
    let artifacts: ServiceArtifacts
    let fingerprint: String
  }

  /// By the keys of the services.
  private var records: [String: Record] = [:]

  package init() {}

  /// Of services whose artifacts are in place now; `earlier` has those that nobody looked into.
  init(_ services: [ServiceArtifacts], in folder: ArtifactFolder, after earlier: ServiceRecords) {
    let new = services.filter { earlier.records[$0.key] == nil }
    let fingerprints = Self.fingerprints(of: new, in: folder)
    for service in services { records[service.key] = earlier.records[service.key] }
    for (service, fingerprint) in zip(new, fingerprints) {
      records[service.key] = Record(artifacts: service, fingerprint: fingerprint)
    }
  }

  package var isEmpty: Bool { records.isEmpty }

  package var kept: KeptArtifacts { KeptArtifacts(records.values.map(\.artifacts)) }

  /// Those of which every artifact lies in the folder, untouched.
  func untouched(in folder: ArtifactFolder) -> ServiceRecords {
    let all = Array(records)
    let fingerprints = Self.fingerprints(of: all.map(\.value.artifacts), in: folder)
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

  private static func fingerprints(of services: [ServiceArtifacts], in folder: ArtifactFolder) -> [String] {
    ParallelWork.map(services) { service in
      TreeFingerprint(ofFewEntries: service.paths.map(folder.absolute)).text
    }
  }
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
      guard digests.count == listed.count else { continue }
      let artifacts = ServiceArtifacts(key: key, workspace: workspace, digests: digests)
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
      ]
    }
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
