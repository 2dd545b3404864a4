import ContentHash
import StructuredText

extension DiagnosticReport {
  /// A name for each diagnostic that stays when lines move: the hash of its code, path and message, and how many
  /// alike came before it.
  package var fingerprints: [String] {
    var seen: [String: Int] = [:]
    return diagnostics.map { diagnostic in
      let identity = JSONValue.array([
        .string(diagnostic.descriptor.code), .string(file(diagnostic.span.file).path), .string(diagnostic.message),
      ]).text(.compact)
      let before = seen[identity, default: 0]
      seen[identity] = before + 1
      return SHA256.hexadecimal(of: Array("\(identity)#\(before)".utf8))
    }
  }
}
