/// A length of time, exact to the microsecond.
///
/// Arithmetic saturates at about 292,000 years either way.
package struct TimeSpan: Sendable, Hashable, Comparable {
  package let microseconds: Int64

  package static let zero = TimeSpan(microseconds: 0)
  /// The longest that can be written in a spec: a hundred years of 365 days.
  package static let longestWritten = TimeSpan.days(36_500)

  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// So many seconds, halves of a microsecond rounded to the even one.
  package init(roundingSeconds seconds: Rational) {
    microseconds = Int64((seconds * 1_000_000).roundedHalfEven)
  }

  package static func milliseconds(_ count: Int) -> TimeSpan { TimeSpan(count, times: 1_000) }
  package static func seconds(_ count: Int) -> TimeSpan { TimeSpan(count, times: 1_000_000) }
  package static func minutes(_ count: Int) -> TimeSpan { TimeSpan(count, times: 60_000_000) }
  package static func hours(_ count: Int) -> TimeSpan { TimeSpan(count, times: 3_600_000_000) }
  package static func days(_ count: Int) -> TimeSpan { TimeSpan(count, times: 86_400_000_000) }
  package static func weeks(_ count: Int) -> TimeSpan { TimeSpan(count, times: 604_800_000_000) }

  private init(_ count: Int, times unit: Int64) {
    microseconds = Int64(clamping: Int128(count) * Int128(unit))
  }

  package var seconds: Rational { Rational(numerator: Int128(microseconds), denominator: 1_000_000) }

  /// The span in milliseconds, the finest that PromQL can write; nil where it is finer.
  package var wholeMilliseconds: Int64? { whole(in: .milliseconds(1)) }
  /// The span in seconds, or nil where it is finer.
  package var wholeSeconds: Int64? { whole(in: .seconds(1)) }

  private func whole(in unit: TimeSpan) -> Int64? {
    microseconds.isMultiple(of: unit.microseconds) ? microseconds / unit.microseconds : nil
  }
}

// MARK: - Arithmetic

extension TimeSpan {
  package static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.microseconds < right.microseconds }

  package static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
    TimeSpan(microseconds: Int64(clamping: Int128(left.microseconds) + Int128(right.microseconds)))
  }

  package static func - (left: TimeSpan, right: TimeSpan) -> TimeSpan {
    TimeSpan(microseconds: Int64(clamping: Int128(left.microseconds) - Int128(right.microseconds)))
  }

  /// The multiple, halves of a microsecond rounded to the even one.
  package static func * (span: TimeSpan, factor: Rational) -> TimeSpan {
    TimeSpan(microseconds: Int64((Rational(Int128(span.microseconds)) * factor).roundedHalfEven))
  }

  /// How many times one span holds another, which is not zero.
  package static func / (left: TimeSpan, right: TimeSpan) -> Rational {
    Rational(numerator: Int128(left.microseconds), denominator: Int128(right.microseconds))
  }
}

// MARK: - Text

extension TimeSpan: CustomStringConvertible {
  /// The shortest text in days and smaller units: `30d`, `1h30m`, `500ms`.
  ///
  /// Weeks and years are not used, because windows are known by their days: `28d`, `365d`.
  package var description: String {
    guard microseconds != 0 else { return "0s" }
    var text = microseconds < 0 ? "-" : ""
    var rest = microseconds.magnitude
    for unit in TimeUnit.allCases where unit != .year && unit != .week {
      let (count, remainder) = rest.quotientAndRemainder(dividingBy: unit.span.microseconds.magnitude)
      if count > 0 { text.append("\(count)\(unit.symbol)") }
      rest = remainder
    }
    return text
  }
}

extension TimeSpan {
  /// As people write what is shorter than a minute: `2.5s`, `1.5ms`; longer ones as `description` has them.
  package var decimalText: String {
    switch microseconds.magnitude {
    case 1_000_000..<60_000_000: "\(seconds.decimalText)s"
    case 1_000..<1_000_000: "\((seconds * 1_000).decimalText)ms"
    default: description
    }
  }
}

extension TimeSpan: Readable {
  /// `150ms`, `15s`, `2m`, `1h30m`, `7d`, `2w`, `0.5s`: numbers with units from long to short, each unit once.
  package init(_ text: WrittenText) throws(QuantityError) {
    var cursor = TextCursor(text)
    var phrase = DurationPhrase(text)
    repeat {
      try phrase.takePart(&cursor)
    } while !cursor.isAtEnd
    self = try phrase.span()
  }
}

/// The parts of a duration as they were written, kept so that a slip in one can be answered with all of it mended.
private struct DurationPhrase {
  struct Part {
    let number: Rational
    let numberRange: Range<Int>
    let unitRange: Range<Int>
    let unit: TimeUnit?
    let meant: TimeUnit?
  }

  let text: WrittenText
  var parts: [Part] = []
  var spaces: Range<Int>?

  init(_ text: WrittenText) {
    self.text = text
  }

  mutating func takePart(_ cursor: inout TextCursor) throws(QuantityError) {
    let start = cursor.position
    if parts.isEmpty, cursor.current?.isLetter == true { throw wordsInstead() }
    // A duration has at most one part for each unit; more are hostile or a slip.
    guard parts.count < TimeUnit.allCases.count else { throw cursor.unexpected("the duration") }
    let number = try cursor.takeNumber()
    let numberRange = start..<cursor.position
    guard !number.isNegative else {
      throw QuantityError(.outOfRange, "\(text.quoted(numberRange)) is below zero, and no duration is", at: numberRange)
    }
    cursor.takeSpaces()
    let unitRange = cursor.takeWord()
    if !unitRange.isEmpty, numberRange.upperBound < unitRange.lowerBound {
      spaces = spaces ?? numberRange.upperBound..<unitRange.lowerBound
    }
    let word = text.string(unitRange)
    let unit = TimeUnit(symbol: word)
    let meant = unit ?? (unitRange.isEmpty ? parts.last?.unit?.implied : TimeUnit(meantBy: word))
    parts.append(
      Part(number: number, numberRange: numberRange, unitRange: unitRange, unit: unit, meant: meant)
    )
    let end = cursor.position
    if cursor.takeSpaces(), !cursor.isAtEnd { spaces = spaces ?? end..<cursor.position }
    if !cursor.isAtEnd, cursor.current?.isDigit != true {
      // `-` and `.` may start a number that the next part then finds at fault.
      guard cursor.current == UInt8(ascii: "-") || cursor.current == UInt8(ascii: ".") else {
        throw unitRange.isEmpty ? missingUnit(parts[parts.count - 1]) : cursor.unexpected("the duration")
      }
    }
  }

  func span() throws(QuantityError) -> TimeSpan {
    var total = Rational.zero
    var previous: TimeUnit?
    for part in parts {
      guard let unit = part.unit else {
        throw part.unitRange.isEmpty ? missingUnit(part) : unknownUnit(part)
      }
      if let previous, unit.span >= previous.span {
        let range = part.numberRange.lowerBound..<part.unitRange.upperBound
        throw QuantityError(
          .malformed,
          "\(text.quoted(range)) does not come before '\(previous.symbol)' in a duration",
          at: range,
          suggestion: mended
        )
      }
      previous = unit
      total += part.number * unit.span.seconds
    }
    let range = TextCursor(text).rest
    if let spaces {
      throw QuantityError(
        .malformed,
        "the duration \(text.quoted(range)) has a space in it",
        at: spaces,
        suggestion: mended
      )
    }
    guard total <= TimeSpan.longestWritten.seconds else {
      throw QuantityError(.outOfRange, "\(text.quoted(range)) is longer than 100 years", at: range)
    }
    guard (total * 1_000_000).isWhole else {
      throw QuantityError(.tooPrecise, "\(text.quoted(range)) is finer than a microsecond", at: range)
    }
    return TimeSpan(roundingSeconds: total)
  }

  /// `daily`, `half a year`.
  private func wordsInstead() -> QuantityError {
    let range = TextCursor(text).rest
    let meant: String? =
      switch text.string(range).lowercased() {
      case "hourly", "an hour", "hour": "1h"
      case "daily", "a day", "day": "1d"
      case "weekly", "a week", "week": "7d"
      case "a minute", "minute": "1m"
      default: nil
      }
    return QuantityError(
      .notANumber,
      "\(text.quoted(range)) is not a duration such as 30s, 2h or 7d",
      at: range,
      suggestion: meant
    )
  }

  private func missingUnit(_ part: Part) -> QuantityError {
    QuantityError(
      .missingUnit,
      "\(text.quoted(part.numberRange)) has no unit such as s, m, h or d",
      at: part.numberRange,
      suggestion: mended
    )
  }

  private func unknownUnit(_ part: Part) -> QuantityError {
    let word = text.string(part.unitRange)
    let quoted = text.quoted(part.unitRange)
    switch word.lowercased() {
    case "mo", "mon", "month", "months", "quarter", "quarters", "q":
      return QuantityError(
        .unknownUnit,
        "a duration in \(quoted) has no fixed length; days have",
        at: part.unitRange
      )
    case "ns", "nanosecond", "nanoseconds":
      return QuantityError(.tooPrecise, "\(quoted) is finer than a microsecond", at: part.unitRange)
    default:
      return QuantityError(
        .unknownUnit,
        "\(quoted) is not a unit of time: us, ms, s, m, h, d, w and y are",
        at: part.unitRange,
        suggestion: mended
      )
    }
  }

  /// The same duration well written, where every unit can be told and none is there twice.
  private var mended: String? {
    var written: [(unit: TimeUnit, text: String)] = []
    for part in parts {
      guard let unit = part.meant, !written.contains(where: { $0.unit == unit }) else { return nil }
      written.append((unit, "\(text.string(part.numberRange))\(unit.symbol)"))
    }
    return written.sorted { $0.unit.span > $1.unit.span }.map(\.text).joined()
  }
}
