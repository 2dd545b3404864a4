/// Which file of a run a span lies in: its place in the list of files that the run read.
package struct FileID: Hashable, Sendable {
  package let index: UInt32

  package init(_ index: Int) {
    self.index = UInt32(index)
  }
}

/// A file's path, relative to the workspace, and its exact bytes.
package struct SourceFile: Sendable, Equatable {
  package let id: FileID
  package let path: String
  package let bytes: [UInt8]

  package init(id: FileID, path: String, bytes: [UInt8]) {
    self.id = id
    self.path = path
    self.bytes = bytes
  }

  package init(id: FileID, path: String, text: String) {
    self.init(id: id, path: path, bytes: Array(text.utf8))
  }

  /// The text between two byte offsets; malformed UTF-8 is shown as U+FFFD.
  package func text(in range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }
}
