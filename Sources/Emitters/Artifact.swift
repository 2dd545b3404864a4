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

  /// UTF-8, like everything that is emitted.
  package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The names of a service's files in the folder of one kind of artifact.
enum ServiceFile {
  /// The service's name, unless the folder needs that name itself: then an underscore follows, which no service's
  /// name contains, so that no two files of a workspace ever share a path.
  static func name(of service: String, reserved: String? = nil) -> String {
    service == reserved ? "\(service)_" : service
  }
}
