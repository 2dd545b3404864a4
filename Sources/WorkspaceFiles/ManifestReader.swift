import StructuredText

/// Reads back what an earlier compilation wrote down as its outputs.
enum ManifestReader {
  /// In bytes; a manifest of ten thousand artifacts has two million.
  static let limit = 64 << 20

  /// Paths beside the manifest.
  static func outputs(of bytes: [UInt8], at path: String) throws(WorkspaceError) -> [String] {
    let document = try document(bytes, at: path)
    guard let outputs = document["outputs"]?.array else {
      throw .unknownManifest(path, reason: "it has no list 'outputs'")
    }
    var paths: [String] = []
    for output in outputs {
      guard let listed = output["path"]?.string else {
        throw .unknownManifest(path, reason: "an output without a 'path'")
      }
      paths.append(listed)
    }
    return paths
  }

  /// What the ledgers of objectives counted, by full name; empty where the manifest is from before they were listed.
  static func ledgers(of bytes: [UInt8], at path: String) throws(WorkspaceError) -> [String: String] {
    var ledgers: [String: String] = [:]
    for ledger in try document(bytes, at: path)["ledgers"]?.array ?? [] {
      guard let objective = ledger["objective"]?.string, let hash = ledger["sli"]?.string else {
        throw .unknownManifest(path, reason: "a ledger without an 'objective' or 'sli'")
      }
      ledgers[objective] = hash
    }
    return ledgers
  }

  private static func document(_ bytes: [UInt8], at path: String) throws(WorkspaceError) -> JSONValue {
    do {
      return try JSONParser.parse(bytes)
    } catch {
      throw .unknownManifest(path, reason: error.description)
    }
  }
}
