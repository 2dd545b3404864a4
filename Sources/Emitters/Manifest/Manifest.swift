import StructuredText

/// The list of what a compilation read and wrote, by content: two runs with equal manifests did the same. It remembers what
/// each objective's ledger counts, so that the next compilation can tell a change.
package enum Manifest {
  /// Below the output folder of its workspace.
  package static let path = "manifest.json"

  /// Inputs and outputs are sorted by path, ledgers by name; the manifest does not list itself.
  package static func artifact(
    inputs: [FileDigest],
    outputs: [FileDigest],
    ledgers: [(objective: String, countHash: String)]? = nil,
    compilerVersion: String
  ) -> Artifact {
    let document: JSONValue = .record(
      [
        "format": 1,
        "compiler": ["name": "nines", "version": .string(compilerVersion)],
        "inputs": list(inputs),
        "outputs": list(outputs),
        "ledgers": ledgers.map(list),
      ]
    )
    return Artifact(path: path, document)
  }

  private static func list(_ files: [FileDigest]) -> JSONValue {
    let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    return .array(
      sorted.map { ["path": .string($0.path), "bytes": .integer($0.byteCount), "sha256": .string($0.sha256)] }
    )
  }

  private static func list(_ ledgers: [(objective: String, countHash: String)]) -> JSONValue {
    let sorted = ledgers.sorted { $0.objective.utf8.lexicographicallyPrecedes($1.objective.utf8) }
    return .array(sorted.map { ["objective": .string($0.objective), "sli": .string($0.countHash)] })
  }
}
