/// A day of the Gregorian calendar, without a time or a zone.
package struct CalendarDate: Sendable, Hashable, Comparable {
  package let year: Int
  /// 1 to 12.
  package let month: Int
  /// 1 to 31.
  package let day: Int

  /// The day, or nil where the calendar has no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard year.magnitude <= 1_000_000_000, (1...12).contains(month), day >= 1,
      day <= CalendarDate.daysIn(month: month, of: year)
    else { return nil }
    self.init(validYear: year, month: month, day: day)
  }

  /// The day so many days after 1970-01-01.
  package init(dayNumber: Int) {
    // Years are counted from March, so that a leap day is a year's last, in eras of 400 years or 146,097 days.
    let shifted = min(max(dayNumber, -300_000_000_000), 300_000_000_000) + 719_468
    let era = floorDivision(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    self.init(
      validYear: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
      month: month,
      day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    )
  }

  private init(validYear year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The days since 1970-01-01.
  package var dayNumber: Int {
    let yearFromMarch = month <= 2 ? year - 1 : year
    let era = floorDivision(yearFromMarch, 400)
    let yearOfEra = yearFromMarch - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// 1 for Monday to 7 for Sunday, as ISO 8601 numbers them.
  package var isoWeekday: Int {
    let remainder = (dayNumber + 3) % 7
    return (remainder < 0 ? remainder + 7 : remainder) + 1
  }

  /// How many days later `other` is.
  package func days(until other: CalendarDate) -> Int {
    other.dayNumber - dayNumber
  }

  package func adding(days: Int) -> CalendarDate {
    let sum = dayNumber.addingReportingOverflow(days)
    return CalendarDate(dayNumber: sum.overflow ? (days < 0 ? .min : .max) : sum.partialValue)
  }

  package static func daysIn(month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  package static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

/// The quotient rounded down; `divisor` is above zero.
func floorDivision(_ dividend: Int, _ divisor: Int) -> Int {
  let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? quotient - 1 : quotient
}

/// The number with zeros before it up to so many digits.
func padded(_ number: Int, to digits: Int) -> String {
  let text = String(number.magnitude)
  let zeros = String(repeating: "0", count: max(0, digits - text.utf8.count))
  return number < 0 ? "-\(zeros)\(text)" : "\(zeros)\(text)"
}

extension CalendarDate: CustomStringConvertible {
  /// `2025-01-15`.
  package var description: String { "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))" }
}

extension CalendarDate: Readable {
  /// `2025-01-15`, from year 1 to 9999.
  package init(_ text: WrittenText) throws(QuantityError) {
    var cursor = TextCursor(text)
    self = try cursor.takeDate()
    guard cursor.isAtEnd else { throw cursor.unexpected("the date") }
  }
}

extension TextCursor {
  /// A number of exactly so many digits, or nil.
  mutating func takeFixed(_ count: Int) -> Int? {
    let digits = takeDigits()
    return digits.count == count ? Int(string(digits)) : nil
  }

  mutating func takeDate() throws(QuantityError) -> CalendarDate {
    let start = rest
    guard !start.isEmpty else { throw QuantityError(.empty, "a date is missing", at: here) }
    guard let year = takeFixed(4), take("-"), let month = takeFixed(2), take("-"), let day = takeFixed(2) else {
      throw QuantityError(
        .malformed,
        "\(text.quoted(start)) is not a date such as 2025-01-15",
        at: start,
        suggestion: meantDate(start)
      )
    }
    let range = start.lowerBound..<position
    guard year >= 1 else { throw QuantityError(.outOfRange, "\(text.quoted(range)) is before year 1", at: range) }
    if let date = CalendarDate(year: year, month: month, day: day) { return date }
    let problem =
      (1...12).contains(month)
      ? "that month has \(CalendarDate.daysIn(month: month, of: year)) days" : "a year has 12 months"
    throw QuantityError(.outOfRange, "there is no day \(text.quoted(range)): \(problem)", at: range)
  }

  /// `2025-01-05` for `2025-1-5` or `2025/01/05`; other orders of the parts mean different days in different countries.
  private func meantDate(_ range: Range<Int>) -> String? {
    guard range.count <= 10 else { return nil }
    let parts = string(range).split(omittingEmptySubsequences: false) { "-/.".contains($0) }
    let numbers = parts.compactMap { $0.utf8.allSatisfy(\.isDigit) ? Int($0) : nil }
    guard parts.count == 3, numbers.count == 3, parts[0].utf8.count == 4 else { return nil }
    return CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2])?.description
  }
}
