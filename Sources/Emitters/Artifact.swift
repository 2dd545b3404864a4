import StructuredText

/// A file ready to write: its place below the output folder, and its bytes.
package struct Artifact: Sendable, Hashable {
  /// Relative, with forward slashes.
  package let path: String
  package let bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  package init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  init(path: String, _ document: YAMLValue) {
    var writer = TextWriter()
    document.write(into: &writer)
    self.init(path: path, bytes: writer.bytes)
  }

  /// With a line for each member and element.
  init(path: String, _ document: JSONValue) {
    var writer = TextWriter()
    document.write(.pretty, into: &writer)
    self.init(path: path, bytes: writer.bytes)
  }

  init(path: String, html document: MarkupNode) {
    var writer = TextWriter()
    document.writeHTML(into: &writer)
    self.init(path: path, bytes: writer.bytes)
  }

  /// UTF-8, like everything that is emitted.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package var digest: FileDigest { FileDigest(path: path, bytes: bytes) }
}

/// The names of a service's files in the folder of one kind of artifact.
enum ServiceFile {
  /// The service's name, unless the folder needs that name itself: then an underscore follows, which no service's
  /// name contains, so that no two files of a workspace ever share a path.
  static func name(of service: String, reserved: String? = nil) -> String {
    service == reserved ? "\(service)_" : service
  }
}
