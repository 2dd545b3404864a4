/// A moment, in whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
package struct Instant: Sendable, Hashable, Comparable {
  package let unixSeconds: Int64

  package init(unixSeconds: Int64) {
    self.unixSeconds = unixSeconds
  }

  /// The day that it is in UTC.
  package var utcDate: CalendarDate {
    CalendarDate(dayNumber: floorDivision(Int(unixSeconds), 86_400))
  }

  package static func < (left: Instant, right: Instant) -> Bool { left.unixSeconds < right.unixSeconds }

  /// The moment later by the whole seconds of a span; saturates.
  package static func + (instant: Instant, span: TimeSpan) -> Instant {
    let sum = instant.unixSeconds.addingReportingOverflow(span.microseconds / 1_000_000)
    return Instant(unixSeconds: sum.overflow ? (span < .zero ? .min : .max) : sum.partialValue)
  }

  package static func - (instant: Instant, span: TimeSpan) -> Instant {
    instant + (TimeSpan.zero - span)
  }

  /// How much later `left` is than `right`; saturates.
  package static func - (left: Instant, right: Instant) -> TimeSpan {
    TimeSpan(roundingSeconds: Rational(Int128(left.unixSeconds) - Int128(right.unixSeconds)))
  }
}

extension Instant: CustomStringConvertible {
  /// ISO 8601 in UTC: `2025-01-15T10:00:00Z`.
  package var description: String {
    let date = utcDate
    let remainder = Int(unixSeconds % 86_400)
    let second = remainder < 0 ? remainder + 86_400 : remainder
    let clock = [second / 3_600, second / 60 % 60, second % 60].map { padded($0, to: 2) }
    return "\(date)T\(clock.joined(separator: ":"))Z"
  }
}

extension Instant: Readable {
  /// `2025-01-15T10:00:00Z` or `2025-01-15T11:00:00+01:00`.
  package init(_ text: WrittenText) throws(QuantityError) {
    var cursor = TextCursor(text)
    let start = cursor.rest
    let date = try cursor.takeDate()
    guard !cursor.isAtEnd else {
      throw QuantityError(
        .malformed,
        "\(text.quoted(start)) is a day, not a moment",
        at: start,
        suggestion: "\(text.string(start))T00:00:00Z"
      )
    }
    let separator = cursor.position..<cursor.position + 1
    let seconds = try cursor.takeClock(within: start, after: separator)
    let offset = try cursor.takeOffset(within: start)
    guard cursor.isAtEnd else { throw cursor.unexpected("the moment") }
    unixSeconds = Int64(date.dayNumber * 86_400 + seconds - offset)
  }
}

extension TextCursor {
  /// The seconds since midnight that `T10:00:00` says.
  fileprivate mutating func takeClock(within whole: Range<Int>, after separator: Range<Int>) throws(QuantityError)
    -> Int
  {
    guard take("T") else {
      let isClose = take("t") || take(" ") || take("_")
      throw QuantityError(
        .malformed,
        "\(text.quoted(whole)) is not a moment such as 2025-01-15T10:00:00Z",
        at: separator,
        suggestion: isClose && current?.isDigit == true ? text.replacing(separator, with: "T") : nil
      )
    }
    let start = position
    guard let hour = takeFixed(2), take(":"), let minute = takeFixed(2) else {
      throw QuantityError(
        .malformed,
        "\(text.quoted(whole)) is not a moment such as 2025-01-15T10:00:00Z",
        at: start..<rest.upperBound
      )
    }
    let minuteEnd = position
    guard take(":"), let second = takeFixed(2) else {
      throw QuantityError(
        .malformed,
        "\(text.quoted(start..<minuteEnd)) has no seconds",
        at: start..<minuteEnd,
        suggestion: position == minuteEnd ? text.replacing(minuteEnd..<minuteEnd, with: ":00") : nil
      )
    }
    let range = start..<position
    // 24:00:00 and leap seconds exist in ISO 8601, but name moments that have another name as well, or none here.
    guard hour < 24, minute < 60, second < 60 else {
      throw QuantityError(.outOfRange, "there is no time \(text.quoted(range)) in a day", at: range)
    }
    if current == UInt8(ascii: ".") || current == UInt8(ascii: ",") {
      let fraction = position..<rest.upperBound
      throw QuantityError(.tooPrecise, "\(text.quoted(fraction)) is finer than a second", at: fraction)
    }
    return hour * 3_600 + minute * 60 + second
  }

  /// The seconds by which `Z` or `+01:00` is ahead of UTC.
  fileprivate mutating func takeOffset(within whole: Range<Int>) throws(QuantityError) -> Int {
    let start = position
    if take("Z") { return 0 }
    guard !isAtEnd else {
      throw QuantityError(
        .missingUnit,
        "\(text.quoted(whole)) does not say in which zone: Z, or an offset such as +01:00",
        at: here
      )
    }
    if take("z") {
      throw QuantityError(
        .malformed,
        "\(text.quoted(whole)) has a small z",
        at: start..<position,
        suggestion: text.replacing(start..<position, with: "Z")
      )
    }
    let isEast = take("+")
    guard isEast || take("-"), let hours = takeFixed(2), take(":"), let minutes = takeFixed(2) else {
      let range = text.trimmed(start..<rest.upperBound)
      throw QuantityError(.malformed, "\(text.quoted(range)) is not Z or an offset such as +01:00", at: range)
    }
    guard hours < 24, minutes < 60 else {
      let range = start..<position
      throw QuantityError(.outOfRange, "the offset \(text.quoted(range)) is not within a day", at: range)
    }
    let offset = hours * 3_600 + minutes * 60
    return isEast ? offset : -offset
  }
}
