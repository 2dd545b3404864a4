import Diagnostics
import PromQL
import YAMLSource

/// A parsed piece of PromQL and the text that it was read from.
package struct QueryText<Value: Sendable>: Sendable {
  package let value: Value
  /// The query as written, after YAML's own quoting and folding.
  package let text: String
  private let node: YAMLNode
  /// Where the query begins in the text of the scalar.
  private let start: Int

  init(_ value: Value, text: String, in node: YAMLNode, from start: Int) {
    self.value = value
    self.text = text
    self.node = node
    self.start = start
  }

  /// The whole scalar that holds the query.
  package var span: SourceSpan { node.span }
  package var located: Located<Value> { Located(value, at: span) }

  /// Where a part of the query stands in the file; the whole query for a part without a place.
  package func span(of place: SourcePlace) -> SourceSpan {
    place.bytes.map { node.span(ofText: start + $0.lowerBound..<start + $0.upperBound) } ?? span
  }
}
