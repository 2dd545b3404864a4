/// How many events happen in a span of time, zero or more.
///
/// Rates are equal where they are equally fast, however they are written: `60/h` and `1/m`.
package struct EventRate: Sendable {
  /// Events in one span; it need not be whole.
  package let count: Rational
  /// Longer than nothing. A month is 30 days, a quarter 90, a year 365.
  package let span: TimeSpan
  /// What is counted, where the author says it.
  package let noun: String?

  /// The rate, or nil where the count is below zero or the span not above it.
  package init?(_ count: Rational, per span: TimeSpan, noun: String? = nil) {
    guard !count.isNegative, span > .zero else { return nil }
    self.count = count
    self.span = span
    self.noun = noun
  }

  package var eventsPerSecond: Rational { count / span.seconds }

  /// The events expected in another span; not rounded.
  package func events(in other: TimeSpan) -> Rational {
    count * (other / span)
  }
}

extension EventRate: Hashable, Comparable {
  package static func == (left: EventRate, right: EventRate) -> Bool {
    left.eventsPerSecond == right.eventsPerSecond
  }

  package static func < (left: EventRate, right: EventRate) -> Bool {
    left.eventsPerSecond < right.eventsPerSecond
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(eventsPerSecond) }
}

extension EventRate: CustomStringConvertible {
  /// `10/h`, `500_000 per month`.
  package var description: String {
    let number = count.groupedText(separator: "_")
    let period = RatePeriod(span)
    let counted = noun.map { "\(number) \($0)" } ?? number
    return period.isSpeltOut || period.symbol == "day"
      ? "\(counted) per \(period.symbol)" : "\(counted)/\(period.symbol)"
  }
}

extension EventRate: Readable {
  /// `10/h`, `500_000 per month`, `120 requests/s`, `50 rps`, `3 per 5m`.
  package init(_ text: WrittenText) throws(QuantityError) {
    var cursor = TextCursor(text)
    let start = cursor.position
    count = try cursor.takeNumber()
    let number = start..<cursor.position
    guard !count.isNegative else {
      throw QuantityError(.outOfRange, "\(text.quoted(number)) is below zero", at: number)
    }
    cursor.takeSpaces()
    let word = text.string(cursor.rest)
    if let unit = UnitTable.units[word], unit.dimension == .eventRate {
      span = .seconds(1)
      noun = ["rps": "requests", "qps": "queries"][word]
      return
    }
    guard let split = Unit.split(text, cursor.rest) else {
      guard cursor.isAtEnd else { throw EventRate.notPerTime(cursor, count, number) }
      throw QuantityError(.missingUnit, "\(text.quoted(number)) does not say per what, as in '10/h'", at: number)
    }
    noun = try Count.noun(text, split.counted, of: count, at: number)
    span = try RatePeriod(text, split.period).span
  }

  private static func notPerTime(
    _ cursor: TextCursor,
    _ count: Rational,
    _ number: Range<Int>
  ) -> QuantityError {
    do {
      _ = try Count.noun(cursor.text, cursor.rest, of: count, at: number)
    } catch {
      return QuantityError(error.reason, error.message, at: error.range)
    }
    let range = cursor.rest
    return QuantityError(
      .missingUnit,
      "\(cursor.text.quoted(range)) does not say per what, as in '10/h'",
      at: range
    )
  }
}
