import StructuredText

/// Reads back what an earlier compilation wrote down as its outputs.
enum ManifestReader {
  /// In bytes; a manifest of ten thousand artifacts has two million.
  static let limit = 64 << 20

  /// Paths beside the manifest.
  static func outputs(of bytes: [UInt8], at path: String) throws(WorkspaceError) -> [String] {
    let document: JSONValue
    do {
      document = try JSONParser.parse(bytes)
    } catch {
      throw .unknownManifest(path, reason: error.description)
    }
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
}
