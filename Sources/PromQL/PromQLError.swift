/// Why a text is no PromQL, and where.
package struct PromQLError: Error, Hashable, Sendable {
  /// UTF-8 byte offsets into the text; empty at its end.
  package let range: Range<Int>
  /// Lower case, no full stop, user text in single quotes.
  package let message: String

  package init(_ message: String, at range: Range<Int>) {
    self.message = message
    self.range = range
  }
}
