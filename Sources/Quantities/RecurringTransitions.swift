/// A rule by which clocks change in every year, as the last line of a time zone file states it: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// The form is POSIX' `TZ`, with hours from −167 to 167 as RFC 8536 adds.
struct RecurringTransitions: Sendable, Hashable {
  let standardOffset: Int
  let daylight: Daylight?

  struct Daylight: Sendable, Hashable {
    let offset: Int
    let start: Day
    let end: Day
  }

  /// A day of the year, and the second of it by the clock before the change.
  struct Day: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
      /// 1 to 365; the 29th of February is not counted.
      case withoutLeapDay(Int)
      /// 0 to 365; the 29th of February is counted.
      case withLeapDay(Int)
      /// The fifth week is the last in which the month has the weekday; 0 is Sunday.
      case weekday(month: Int, week: Int, weekday: Int)
    }

    let kind: Kind
    let second: Int

    /// The local time of the change, as seconds since 1970 by that clock.
    func localSecond(in year: Int) -> Int64 {
      Int64(dayNumber(in: year)) * 86_400 + Int64(second)
    }

    private func dayNumber(in year: Int) -> Int {
      let newYear = CalendarDate(year: year, month: 1, day: 1)?.dayNumber ?? 0
      switch kind {
      case .withoutLeapDay(let day):
        return newYear + day - (CalendarDate.isLeap(year) && day >= 60 ? 0 : 1)
      case .withLeapDay(let day):
        return newYear + day
      case .weekday(let month, let week, let weekday):
        guard let first = CalendarDate(year: year, month: month, day: 1) else { return newYear }
        let ahead = (weekday - first.isoWeekday % 7 + 7) % 7
        let day = ahead + (week - 1) * 7
        let length = CalendarDate.daysIn(month: month, of: year)
        return first.dayNumber + (day < length ? day : day - 7)
      }
    }
  }

  /// The offset at a moment, and when it next changes.
  func segment(at moment: Int64) -> (offset: Int, end: Int64?) {
    guard let daylight else { return (standardOffset, nil) }
    let year = Instant(unixSeconds: moment).utcDate.year
    // Hours may reach a week beyond the day, so neighbouring years count.
    let changes = (year - 1...year + 1).flatMap { year in
      [
        (at: daylight.start.localSecond(in: year) - Int64(standardOffset), offset: daylight.offset),
        (at: daylight.end.localSecond(in: year) - Int64(daylight.offset), offset: standardOffset),
      ]
    }.sorted { $0.at < $1.at }
    let next = changes.firstIndex { $0.at > moment }
    let current = (next ?? changes.endIndex) - 1
    return (current >= 0 ? changes[current].offset : standardOffset, next.map { changes[$0].at })
  }
}

// MARK: - Text

extension RecurringTransitions {
  /// Reads the footer of a time zone file; nil where it has another form.
  init?(posix text: some Collection<UInt8>) {
    var reader = RuleReader(bytes: Array(text))
    guard reader.takeName(), let standard = reader.takeTime(), standard.magnitude <= 25 * 3_600 else { return nil }
    // POSIX counts offsets west of Greenwich.
    standardOffset = -standard
    if reader.isAtEnd {
      daylight = nil
      return
    }
    guard reader.takeName() else { return nil }
    var offset = standardOffset + 3_600
    if !reader.startsWith(",") {
      guard let written = reader.takeTime(), written.magnitude <= 25 * 3_600 else { return nil }
      offset = -written
    }
    guard reader.take(","), let start = reader.takeDay(), reader.take(","), let end = reader.takeDay(), reader.isAtEnd
    else { return nil }
    daylight = Daylight(offset: offset, start: start, end: end)
  }
}

private struct RuleReader {
  let bytes: [UInt8]
  var position = 0

  var isAtEnd: Bool { position == bytes.count }

  func startsWith(_ sign: Unicode.Scalar) -> Bool {
    position < bytes.count && bytes[position] == UInt8(ascii: sign)
  }

  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard startsWith(sign) else { return false }
    position += 1
    return true
  }

  /// Letters, or anything in angle brackets.
  mutating func takeName() -> Bool {
    let isQuoted = take("<")
    let start = position
    while position < bytes.count, isQuoted ? bytes[position] != UInt8(ascii: ">") : bytes[position].isLetter {
      position += 1
    }
    let length = position - start
    return length > 0 && (!isQuoted || take(">"))
  }

  mutating func takeNumber(_ range: ClosedRange<Int>) -> Int? {
    let start = position
    var number = 0
    while position < bytes.count, bytes[position].isDigit, position - start < 4 {
      number = number * 10 + Int(bytes[position] - UInt8(ascii: "0"))
      position += 1
    }
    return position > start && range.contains(number) ? number : nil
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  mutating func takeTime() -> Int? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard let hours = takeNumber(0...167) else { return nil }
    var seconds = hours * 3_600
    for unit in [60, 1] where take(":") {
      guard let count = takeNumber(0...59) else { return nil }
      seconds += count * unit
    }
    return isNegative ? -seconds : seconds
  }

  mutating func takeDay() -> RecurringTransitions.Day? {
    guard let kind = takeKind() else { return nil }
    guard take("/") else { return RecurringTransitions.Day(kind: kind, second: 7_200) }
    return takeTime().map { RecurringTransitions.Day(kind: kind, second: $0) }
  }

  private mutating func takeKind() -> RecurringTransitions.Day.Kind? {
    if take("J") { return takeNumber(1...365).map { .withoutLeapDay($0) } }
    guard take("M") else { return takeNumber(0...365).map { .withLeapDay($0) } }
    guard let month = takeNumber(1...12), take("."), let week = takeNumber(1...5), take("."),
      let weekday = takeNumber(0...6)
    else { return nil }
    return .weekday(month: month, week: week, weekday: weekday)
  }
}
