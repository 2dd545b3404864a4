/// A file as it is written: besides what `YAMLNode` tells those who read, what those need who lay it out anew.
///
/// Aliases are not followed, merge keys are keys, and every comment is there. Ranges are bytes of the file.
package struct WrittenFile: Sendable {
  package let documents: [WrittenDocument]
  /// In the order of the file, from the `#` to the end of the line without blanks.
  package let comments: [Range<Int>]
}

package struct WrittenDocument: Sendable {
  /// `%YAML` and `%TAG` lines.
  package let directives: [Range<Int>]
  /// The `---`, where it is written.
  package let startMarker: Range<Int>?
  package let root: WrittenNode
  /// The `...`, where it is written.
  package let endMarker: Range<Int>?
}

package struct WrittenNode: Sendable {
  package indirect enum Content: Sendable {
    /// With its text.
    case scalar(ScalarStyle, [UInt8])
    case alias
    case sequence([WrittenNode], isFlow: Bool)
    case mapping([WrittenEntry], isFlow: Bool)
  }

  /// Anchor and tag.
  package let properties: [Range<Int>]
  /// The node without its properties. A block collection ends where its last child does, a block scalar behind the
  /// empty lines at its end, and a value that is not written is empty.
  package let range: Range<Int>
  package let content: Content

  /// The first byte of the properties or the node.
  package var start: Int { properties.first?.lowerBound ?? range.lowerBound }
}

package struct WrittenEntry: Sendable {
  package let key: WrittenNode
  package let value: WrittenNode
}
