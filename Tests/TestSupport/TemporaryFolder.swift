import Foundation

/// A folder of its own for one test, gone when the test is.
package final class TemporaryFolder: Sendable {
  package let url: URL

  package var path: String { url.path }

  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("nines-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  package func absolute(_ name: String) -> String { "\(path)/\(name)" }

  package func write(_ text: String, to name: String) throws {
    let target = URL(fileURLWithPath: absolute(name))
    try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: target)
  }

  package func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: absolute(name), withDestinationPath: target)
  }

  package func text(of name: String) throws -> String {
    try String(contentsOfFile: absolute(name), encoding: .utf8)
  }

  package func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: absolute(name)) }

  /// Every file below the folder with its bytes and the time at which it was written.
  package func files() throws -> [String: FileState] {
    var states: [String: FileState] = [:]
    for name in FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? [] {
      let attributes = try FileManager.default.attributesOfItem(atPath: absolute(name))
      guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
      let bytes = try Data(contentsOf: URL(fileURLWithPath: absolute(name)))
      states[name] = FileState(bytes: bytes, written: attributes[.modificationDate] as? Date)
    }
    return states
  }

  package struct FileState: Equatable, Sendable {
    package let bytes: Data
    package let written: Date?

    package var text: String { String(decoding: bytes, as: UTF8.self) }
  }
}
