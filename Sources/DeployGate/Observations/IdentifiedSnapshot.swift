import ContentHash
import StructuredText

/// A snapshot with its identity, which takes longer to work out than a decision: many rest on the same observations.
package struct IdentifiedSnapshot: Sendable {
  package let snapshot: Snapshot
  /// SHA-256 of the snapshot without white space, as hexadecimal digits.
  let identity: String

  package init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    identity = SHA256.hexadecimal(of: Array(snapshot.json.text(.compact).utf8))
  }
}
