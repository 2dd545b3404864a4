/// How much time is lost in a span of time: `30s/h`, a share of that time.
///
/// Rates are equal where the shares are: `30s/h` and `12m per day`.
package struct TimeRate: Sendable {
  /// Zero or longer, and no longer than `span`.
  package let time: TimeSpan
  /// Longer than nothing. A month is 30 days, a quarter 90, a year 365.
  package let span: TimeSpan

  /// The rate, or nil where the time is below zero or beyond the span.
  package init?(_ time: TimeSpan, per span: TimeSpan) {
    guard time >= .zero, span > .zero, time <= span else { return nil }
    self.time = time
    self.span = span
  }

  /// The time lost as a share of the time passed.
  package var share: Rational { time / span }

  /// The time lost in another span, to the microsecond.
  package func time(in other: TimeSpan) -> TimeSpan { other * share }
}

extension TimeRate: Hashable, Comparable {
  package static func == (left: TimeRate, right: TimeRate) -> Bool { left.share == right.share }
  package static func < (left: TimeRate, right: TimeRate) -> Bool { left.share < right.share }
  package func hash(into hasher: inout Hasher) { hasher.combine(share) }
}

extension TimeRate: CustomStringConvertible {
  /// `30s/h`, `43m12s per month`.
  package var description: String {
    let period = RatePeriod(span)
    return period.isSpeltOut || period.symbol == "day"
      ? "\(time) per \(period.symbol)" : "\(time)/\(period.symbol)"
  }
}

extension TimeRate: Readable {
  package init(_ text: WrittenText) throws(QuantityError) {
    let whole = TextCursor(text).rest
    guard let split = Unit.split(text, whole) else {
      let span = try TimeSpan(text)
      throw QuantityError(.missingUnit, "'\(span)' does not say per what, as in '30s/h'", at: whole)
    }
    time = try TimeSpan(text, part: split.counted)
    span = try RatePeriod(text, split.period).span
    guard time <= span else {
      throw QuantityError(.outOfRange, "\(text.quoted(whole)) is more time than passes", at: whole)
    }
  }
}
