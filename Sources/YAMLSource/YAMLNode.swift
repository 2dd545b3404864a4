import Diagnostics

/// How a scalar is written.
package enum ScalarStyle: Sendable, Hashable {
  case plain
  case singleQuoted
  case doubleQuoted
  /// `|`, which keeps line breaks.
  case literal
  /// `>`, which folds line breaks into spaces.
  case folded
}

/// A scalar, a sequence or a mapping of a YAML document, and its place in the file.
///
/// A node is a handle of two words into its file. What an alias names is the node of the anchor itself, with the
/// anchor's place; merge keys are already followed.
package struct YAMLNode: Sendable {
  package enum Kind: Sendable, Hashable {
    case scalar(ScalarStyle)
    case sequence
    case mapping
  }

  let tree: YAMLTree
  let index: Int32

  init(_ index: Int32, in tree: YAMLTree) {
    self.tree = tree
    self.index = index
  }

  var record: YAMLRecord { tree.records[Int(index)] }

  package var kind: Kind {
    switch record.shape {
    case .plain, .unresolved: .scalar(.plain)
    case .singleQuoted: .scalar(.singleQuoted)
    case .doubleQuoted: .scalar(.doubleQuoted)
    case .literal: .scalar(.literal)
    case .folded: .scalar(.folded)
    case .sequence: .sequence
    case .mapping: .mapping
    }
  }

  /// The bytes of the node itself, without its anchor and tag.
  ///
  /// Quotes and brackets belong to it; a block collection ends with its last child, and a block scalar with its
  /// last line that is not empty. A value that is not written is an empty span where it would stand.
  package var span: SourceSpan {
    let record = record
    return SourceSpan(file: tree.file.id, start: Int(record.start), end: Int(record.end))
  }

  package var isScalar: Bool {
    switch kind {
    case .scalar: true
    case .sequence, .mapping: false
    }
  }

  /// Whether the node is a scalar without quotes, the only kind that can be null.
  package var isPlain: Bool { kind == .scalar(.plain) }

  /// Whether the node stands for nothing: plain and empty, `~` or `null`.
  package var isNull: Bool {
    guard isPlain else { return false }
    return textBytes.isEmpty || hasText("~") || hasText("null") || hasText("Null") || hasText("NULL")
  }

  /// Whether the node is an alias without an anchor, which has been reported; its text is the alias as written.
  package var isUnresolved: Bool { record.shape == .unresolved }
}

extension YAMLNode: Equatable {
  /// Whether both are the same node of the same file, not whether they say the same.
  package static func == (left: YAMLNode, right: YAMLNode) -> Bool {
    left.tree === right.tree && left.index == right.index
  }
}

extension YAMLNode {
  /// The decoded text of a scalar in UTF-8, without a copy; empty for collections.
  package var textBytes: ArraySlice<UInt8> {
    guard isScalar else { return [] }
    let record = record
    return record.isDecoded ? tree.decoded[record.content] : tree.file.bytes[record.content]
  }

  package func withTextBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    try textBytes.withUnsafeBufferPointer(body)
  }

  /// The decoded text of a scalar; empty for collections.
  package var text: String { String(decoding: textBytes, as: UTF8.self) }

  /// Whether the node is a scalar that reads as the given text, in any style.
  package func hasText(_ text: String) -> Bool {
    isScalar && withTextBytes { $0.elementsEqual(text.utf8) }
  }
}

extension YAMLNode {
  /// The items of a sequence; empty for every other node.
  package var elements: Elements {
    Elements(tree: tree, range: record.shape == .sequence ? record.content : 0..<0)
  }

  /// The keys and values of a mapping in source order, then those that `<<` brings in; empty for every other node.
  ///
  /// Keys are scalars and each is there once.
  package var entries: Entries {
    Entries(tree: tree, range: record.shape == .mapping ? record.content : 0..<0)
  }

  /// The value of a key; takes time in proportion to the number of entries.
  package subscript(key key: String) -> YAMLNode? {
    entries.first { $0.key.hasText(key) }?.value
  }

  package struct Elements: RandomAccessCollection, Sendable {
    fileprivate let tree: YAMLTree
    fileprivate let range: Range<Int>

    package var startIndex: Int { 0 }
    package var endIndex: Int { range.count }

    package subscript(position: Int) -> YAMLNode {
      precondition(position >= 0 && position < range.count, "an element lies inside its sequence")
      return YAMLNode(tree.children[range.lowerBound + position], in: tree)
    }
  }

  package struct Entries: RandomAccessCollection, Sendable {
    package typealias Element = (key: YAMLNode, value: YAMLNode)

    fileprivate let tree: YAMLTree
    fileprivate let range: Range<Int>

    package var startIndex: Int { 0 }
    package var endIndex: Int { range.count / 2 }

    package subscript(position: Int) -> Element {
      precondition(position >= 0 && position < endIndex, "an entry lies inside its mapping")
      let place = range.lowerBound + 2 * position
      return (YAMLNode(tree.children[place], in: tree), YAMLNode(tree.children[place + 1], in: tree))
    }
  }
}
