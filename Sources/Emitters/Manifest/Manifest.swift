import ContentHash
import Parallelism
import StructuredText

/// The list of what a compilation read and wrote, by content: two runs with equal manifests did the same. It remembers what
/// each objective's ledger counts, so that the next compilation can tell a change.
package enum Manifest {
  /// `manifest.json`. Inputs and outputs are sorted by path, ledgers by name; the manifest does not list itself.
  package static func artifact(
    inputs: [(path: String, bytes: [UInt8])],
    outputs: [Artifact],
    ledgers: [(objective: String, countHash: String)]? = nil,
    compilerVersion: String
  ) -> Artifact {
    let document: JSONValue = .record(
      [
        "format": 1,
        "compiler": ["name": "nines", "version": .string(compilerVersion)],
        "inputs": list(inputs),
        "outputs": list(outputs.map { ($0.path, $0.bytes) }),
        "ledgers": ledgers.map(list),
      ]
    )
    return Artifact(path: "manifest.json", document)
  }

  private static func list(_ files: [(path: String, bytes: [UInt8])]) -> JSONValue {
    let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    return .array(
      ParallelWork.map(sorted) { file in
        [
          "path": .string(file.path),
          "bytes": .integer(file.bytes.count),
          "sha256": .string(SHA256.hexadecimal(of: file.bytes)),
        ]
      }
    )
  }

  private static func list(_ ledgers: [(objective: String, countHash: String)]) -> JSONValue {
    let sorted = ledgers.sorted { $0.objective.utf8.lexicographicallyPrecedes($1.objective.utf8) }
    return .array(sorted.map { ["objective": .string($0.objective), "sli": .string($0.countHash)] })
  }
}
