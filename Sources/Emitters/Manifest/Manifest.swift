import ContentHash
import StructuredText

/// The list of what a compilation read and wrote, by content: two runs with equal manifests did the same.
package enum Manifest {
  /// `manifest.json`. Inputs and outputs are sorted by path; the manifest does not list itself.
  package static func artifact(
    inputs: [(path: String, bytes: [UInt8])],
    outputs: [Artifact],
    compilerVersion: String
  ) -> Artifact {
    let document: JSONValue = [
      "format": 1,
      "compiler": ["name": "nines", "version": .string(compilerVersion)],
      "inputs": list(inputs),
      "outputs": list(outputs.map { ($0.path, $0.bytes) }),
    ]
    return Artifact(path: "manifest.json", text: document.text(.pretty))
  }

  private static func list(_ files: [(path: String, bytes: [UInt8])]) -> JSONValue {
    let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    return .array(
      sorted.map { file in
        [
          "path": .string(file.path),
          "bytes": .integer(file.bytes.count),
          "sha256": .string(SHA256.hexadecimal(of: file.bytes)),
        ]
      }
    )
  }
}
