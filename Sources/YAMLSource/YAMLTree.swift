import Diagnostics

/// What one node is, where it lies and where its text or its children are kept.
struct YAMLRecord: Sendable {
  enum Shape: UInt8, Sendable {
    case plain
    case singleQuoted
    case doubleQuoted
    case literal
    case folded
    case sequence
    case mapping
    /// An alias that has been reported because nothing answers to it.
    case unresolved
  }

  let shape: Shape
  /// Whether `lower..<upper` counts in the decoded bytes rather than in the file.
  let isDecoded: Bool
  let start: UInt32
  let end: UInt32
  /// Of a scalar its text, as bytes; of a collection its children, as places in the list of children.
  let lower: UInt32
  let upper: UInt32

  var content: Range<Int> { Int(lower)..<Int(upper) }
}

/// Every node of a file in flat arrays, so that a node is an index and the whole file one reference.
///
/// A scalar that reads as it is written is a range of the file; only the others have bytes of their own.
final class YAMLTree: Sendable {
  let file: SourceFile
  let records: [YAMLRecord]
  /// The elements of sequences; of mappings keys and values in turn. Aliases repeat the index of what they name.
  let children: [Int32]
  let decoded: [UInt8]

  init(file: SourceFile, records: [YAMLRecord], children: [Int32], decoded: [UInt8]) {
    self.file = file
    self.records = records
    self.children = children
    self.decoded = decoded
  }
}
