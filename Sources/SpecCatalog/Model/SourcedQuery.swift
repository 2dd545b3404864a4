import Diagnostics
import PromQL
import SpecSyntax

/// A piece of PromQL with the place that says it: written by an author, or given by a preset.
package struct SourcedQuery<Value: Sendable>: Sendable {
  package let value: Value
  /// The scalar that holds the query, or the name of the preset.
  package let span: SourceSpan
  private let written: QueryText<Value>?

  init(_ written: QueryText<Value>) {
    value = written.value
    span = written.span
    self.written = written
  }

  init(_ value: Value, givenAt span: SourceSpan) {
    self.value = value
    self.span = span
    written = nil
  }

  /// Where a part of the query stands in the file; the whole query for a part without a place.
  package func span(of place: SourcePlace) -> SourceSpan {
    written?.span(of: place) ?? span
  }

  /// As the author wrote it; nil for what a preset gives.
  package var text: String? { written?.text }

  /// Whether the author wrote the query, rather than a preset.
  package var isWritten: Bool { written != nil }
}
