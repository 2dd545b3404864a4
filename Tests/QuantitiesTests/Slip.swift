import Quantities
import Testing

/// A text that does not read, and all that its author is told.
struct Slip: Sendable, CustomTestStringConvertible {
  let text: String
  let reason: QuantityError.Reason
  let atFault: String
  let message: String
  let suggestion: String?

  init(
    _ text: String,
    _ reason: QuantityError.Reason,
    _ atFault: String,
    _ message: String,
    _ suggestion: String?
  ) {
    self.text = text
    self.reason = reason
    self.atFault = atFault
    self.message = message
    self.suggestion = suggestion
  }

  var testDescription: String { "'\(text)'" }

  /// Expects the error, and that what it suggests reads.
  func expect<Value: Readable>(_ type: Value.Type, sourceLocation: SourceLocation = #_sourceLocation) {
    do {
      let value = try Value(reading: text)
      Issue.record("read as \(value)", sourceLocation: sourceLocation)
    } catch {
      #expect(error.reason == reason, sourceLocation: sourceLocation)
      #expect(error.message == message, sourceLocation: sourceLocation)
      #expect(error.suggestion == suggestion, sourceLocation: sourceLocation)
      let marked = Array(text.utf8)[error.range]
      #expect(String(decoding: marked, as: UTF8.self) == atFault, sourceLocation: sourceLocation)
    }
    if let suggestion {
      #expect(throws: Never.self, sourceLocation: sourceLocation) { try Value(reading: suggestion) }
    }
  }
}
