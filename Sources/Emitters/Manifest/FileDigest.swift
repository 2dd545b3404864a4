import ContentHash

/// What tells a file from others, without its bytes.
package struct FileDigest: Sendable, Hashable {
  /// Relative to the folder that it is listed for.
  package let path: String
  package let byteCount: Int
  /// 64 lower-case hexadecimal digits.
  package let sha256: String

  package init(path: String, byteCount: Int, sha256: String) {
    self.path = path
    self.byteCount = byteCount
    self.sha256 = sha256
  }

  package init(path: String, bytes: [UInt8]) {
    self.init(path: path, byteCount: bytes.count, sha256: SHA256.hexadecimal(of: bytes))
  }
}
