import Diagnostics
import Quantities
import YAMLSource

extension ValueReader where Value == Located<TimeSpan> {
  static let duration = ValueReader.quantity(
    Noun("a duration", "durations"),
    pattern: "^([0-9][0-9_]*(\\.[0-9_]+)?(us|ms|s|m|h|d|w|y))+$",
    examples: ["30s"]
  )

  /// A duration longer than nothing, such as an interval.
  static let interval = ValueReader(duration.shape) { node, context in
    guard let span = duration.read(node, &context) else { return nil }
    guard span.value > .zero else {
      context.report(.malformedValue, "\(context.subjectText) lasts longer than \(node.quotedText)", at: node.span)
      return nil
    }
    return span
  }
}

extension ValueReader where Value == Located<Ratio> {
  static let ratio = ValueReader.quantity(
    Noun("a percentage", "percentages"),
    pattern: "^[0-9]+(\\.[0-9]+)?%$",
    examples: ["99.5%"]
  )
}

extension ValueReader where Value == Located<EventRate> {
  static let eventRate = ValueReader.quantity(
    Noun("a rate of events", "rates of events"),
    examples: ["500_000 per month", "10/h"]
  )
}

extension ValueReader where Value == Located<CalendarDate> {
  static let date = ValueReader.quantity(
    Noun("a date", "dates"),
    pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    examples: ["2026-09-30"]
  )
}

extension ValueReader where Value == Located<Instant> {
  // A day begins and ends at two instants, and which of them was meant is for its author to say.
  static let instant = ValueReader.written(
    Noun("an instant", "instants"),
    examples: ["2026-10-01T08:00:00Z"],
    safety: .unsafe
  ) { (bytes) throws(QuantityError) in try Instant(readingUTF8: bytes) }
}

extension ValueReader where Value == Located<Quantity> {
  static let amount = ValueReader.written(
    Noun("a value with its unit", "values with their units"),
    examples: ["250ms", "2 TB"]
  ) { (bytes) throws(QuantityError) in try Quantity(bound: bytes) }
}

extension ValueReader where Value == Located<Rational> {
  static let count = ValueReader.written(Noun("a count", "counts"), examples: ["500_000"]) {
    (bytes) throws(QuantityError) in try Rational(countIn: bytes)
  }

  static let weight = ValueReader.written(Noun("a weight", "weights"), examples: ["3"]) {
    (bytes) throws(QuantityError) in
    let weight = try Rational(readingUTF8: bytes)
    guard weight > .zero else {
      throw QuantityError(.outOfRange, "weight \(bytes.quotedText) is not above zero", at: 0..<bytes.count)
    }
    return weight
  }
}

extension ValueReader {
  /// A figure that may be marked as rounded by `~`.
  static func stated<Content>(
    _ noun: Noun,
    examples: [String],
    read: @escaping @Sendable (WrittenBytes) throws(QuantityError) -> Content
  ) -> ValueReader where Value == Located<StatedSpec<Content>> {
    written(noun, examples: examples) { (bytes) throws(QuantityError) in try StatedSpec(bytes, read) }
  }

  /// A quantity that is read from the bytes of its scalar.
  static func written<Content: Sendable>(
    _ noun: Noun,
    pattern: String? = nil,
    examples: [String],
    safety: DiagnosticFix.Safety = .safe,
    read: @escaping @Sendable (WrittenBytes) throws(QuantityError) -> Content
  ) -> ValueReader where Value == Located<Content> {
    scalar(ScalarShape(noun, .text(pattern: pattern), examples: examples)) { node, context in
      do throws(QuantityError) {
        return try read(node.textBytes)
      } catch {
        context.report(error, in: node, example: examples.first, safety: safety)
        return nil
      }
    }
  }

  /// A quantity; the caret is put under the part of it that is at fault.
  static func quantity<Content: Readable>(
    _ noun: Noun,
    pattern: String? = nil,
    examples: [String]
  ) -> ValueReader where Value == Located<Content> {
    written(noun, pattern: pattern, examples: examples) { (bytes) throws(QuantityError) in
      try Content(readingUTF8: bytes)
    }
  }
}
