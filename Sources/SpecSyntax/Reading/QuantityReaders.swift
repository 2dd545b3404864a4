import Diagnostics
import Quantities
import YAMLSource

extension ValueReader where Value == Located<TimeSpan> {
  static let duration = ValueReader.quantity(
    Noun("a duration", "durations"),
    pattern: Pattern.duration,
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

extension ValueReader where Value == Located<TimeSpan> {
  /// The same with another example, where half a minute would be none.
  func suchAs(_ example: String) -> ValueReader {
    let noun = Noun("a duration", "durations")
    return described(as: .scalar(ScalarShape(noun, .text(pattern: Pattern.duration), examples: [example])))
  }
}

extension ValueReader where Value == Located<Ratio> {
  static let ratio = ValueReader.quantity(
    Noun("a percentage", "percentages"),
    pattern: Pattern.percentage,
    examples: ["99.5%"]
  )
}

extension ValueReader where Value == Located<EventRate> {
  static let eventRate = ValueReader.quantity(
    Noun("a rate of events", "rates of events"),
    pattern: Pattern.eventRate,
    examples: ["500_000 per month", "10/h"]
  )
}

extension ValueReader where Value == Located<CalendarDate> {
  static let date = ValueReader.quantity(
    Noun("a date", "dates"),
    pattern: Pattern.date,
    examples: ["2026-09-30"]
  )
}

extension ValueReader where Value == Located<Instant> {
  // A day begins and ends at two instants, and which of them was meant is for its author to say.
  static let instant = ValueReader.written(
    Noun("an instant", "instants"),
    .text(pattern: Pattern.instant),
    examples: ["2026-10-01T08:00:00Z"],
    safety: .unsafe
  ) { (bytes) throws(QuantityError) in try Instant(readingUTF8: bytes) }
}

extension ValueReader where Value == Located<Quantity> {
  static let amount = ValueReader.written(
    Noun("a value with its unit", "values with their units"),
    .text(pattern: Pattern.amount, as: .number),
    examples: ["250ms", "2 TB"]
  ) { (bytes) throws(QuantityError) in try Quantity(bound: bytes) }
}

extension ValueReader where Value == Located<Rational> {
  static let count = ValueReader.written(
    Noun("a count", "counts"),
    .text(pattern: Pattern.count, as: .number),
    examples: ["500_000"]
  ) {
    (bytes) throws(QuantityError) in try Rational(countIn: bytes)
  }

  static let weight = positive("weight", example: "3")

  static let factor = positive("factor", example: "1.5")

  private static func positive(_ name: String, example: String) -> ValueReader {
    written(Noun("a \(name)", "\(name)s"), .text(pattern: Pattern.count, as: .number), examples: [example]) {
      (bytes) throws(QuantityError) in
      let number = try Rational(readingUTF8: bytes)
      guard number > .zero else {
        throw QuantityError(.outOfRange, "\(name) \(bytes.quotedText) is not above zero", at: 0..<bytes.count)
      }
      return number
    }
  }
}

extension ValueReader {
  /// A figure that may be marked as rounded by `~`.
  static func stated<Content>(
    _ noun: Noun,
    _ form: ScalarShape.Form,
    examples: [String],
    read: @escaping @Sendable (WrittenBytes) throws(QuantityError) -> Content
  ) -> ValueReader where Value == Located<StatedSpec<Content>> {
    written(noun, form, examples: examples) { (bytes) throws(QuantityError) in try StatedSpec(bytes, read) }
  }

  /// A quantity that is read from the bytes of its scalar.
  static func written<Content: Sendable>(
    _ noun: Noun,
    _ form: ScalarShape.Form,
    examples: [String],
    safety: DiagnosticFix.Safety = .safe,
    read: @escaping @Sendable (WrittenBytes) throws(QuantityError) -> Content
  ) -> ValueReader where Value == Located<Content> {
    scalar(ScalarShape(noun, form, examples: examples)) { node, context in
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
    pattern: String,
    examples: [String]
  ) -> ValueReader where Value == Located<Content> {
    written(noun, .text(pattern: pattern), examples: examples) { (bytes) throws(QuantityError) in
      try Content(readingUTF8: bytes)
    }
  }
}
