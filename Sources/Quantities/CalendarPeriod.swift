/// A stretch of the calendar that budgets can start afresh in.
package enum CalendarPeriod: String, Sendable, Hashable, CaseIterable {
  /// Monday to Sunday, as in ISO 8601.
  case week
  case month
  /// January to March, and so on.
  case quarter
  case year

  /// The first day of the period that a day lies in.
  package func firstDay(containing date: CalendarDate) -> CalendarDate {
    switch self {
    case .week: date.adding(days: 1 - date.isoWeekday)
    case .month: date.adding(days: 1 - date.day)
    case .quarter: firstDay(ofMonth: (date.month - 1) / 3 * 3 + 1, date)
    case .year: firstDay(ofMonth: 1, date)
    }
  }

  /// The first day of the period after the one that a day lies in.
  package func firstDay(after date: CalendarDate) -> CalendarDate {
    // The longest period but no other is that long, and no period is short enough to be skipped.
    firstDay(containing: firstDay(containing: date).adding(days: longestDays))
  }

  private func firstDay(ofMonth month: Int, _ date: CalendarDate) -> CalendarDate {
    let days = (month..<date.month).reduce(date.day - 1) { $0 + CalendarDate.daysIn(month: $1, of: date.year) }
    return date.adding(days: -days)
  }

  /// The moment at which the period begins that `instant` lies in, in a zone.
  package func start(containing instant: Instant, in zone: TimeZoneRules) -> Instant {
    let first = firstDay(containing: zone.date(at: instant))
    let start = zone.start(of: first)
    // Where the clock goes back over midnight, a moment may read as the day before after the period has begun.
    let next = zone.start(of: firstDay(after: first))
    return next <= instant ? next : start
  }

  /// The moment at which the period after it begins.
  package func end(containing instant: Instant, in zone: TimeZoneRules) -> Instant {
    let start = start(containing: instant, in: zone)
    return zone.start(of: firstDay(after: zone.date(at: start)))
  }

  /// Where each period begins that begins in one of the years, in order.
  package func starts(inYears years: ClosedRange<Int>, zone: TimeZoneRules) -> [Instant] {
    guard let newYear = CalendarDate(year: years.lowerBound, month: 1, day: 1) else { return [] }
    var starts: [Instant] = []
    var day = firstDay(containing: newYear)
    while day.year <= years.upperBound {
      if day >= newYear { starts.append(zone.start(of: day)) }
      day = firstDay(after: day)
    }
    return starts
  }

  /// The length for arithmetic that needs one: 7, 30, 90 or 365 days.
  package var nominalLength: TimeSpan {
    switch self {
    case .week: .days(7)
    case .month: .days(30)
    case .quarter: .days(90)
    case .year: .days(365)
    }
  }

  /// The shortest that the period can be in days, changes of the clock aside: 28 for a month.
  package var shortestLength: TimeSpan {
    switch self {
    case .week: .days(7)
    case .month: .days(28)
    case .quarter: .days(90)
    case .year: .days(365)
    }
  }

  /// The longest that the period can be in days, changes of the clock aside: 31 for a month.
  package var longestLength: TimeSpan { .days(longestDays) }

  private var longestDays: Int {
    switch self {
    case .week: 7
    case .month: 31
    case .quarter: 92
    case .year: 366
    }
  }
}

extension CalendarPeriod: CustomStringConvertible {
  package var description: String { rawValue }
}

/// Three months of a year, as forecasts name them: `2026-Q1`.
package struct CalendarQuarter: Sendable, Hashable, Comparable {
  package let year: Int
  /// 1 to 4.
  package let number: Int

  package init?(year: Int, number: Int) {
    guard (1...9_999).contains(year), (1...4).contains(number) else { return nil }
    self.year = year
    self.number = number
  }

  /// The quarter that a day lies in.
  package init(containing date: CalendarDate) {
    year = date.year
    number = (date.month - 1) / 3 + 1
  }

  /// How many quarters later `other` is.
  package func quarters(until other: CalendarQuarter) -> Int {
    (other.year - year) * 4 + other.number - number
  }

  package static func < (left: CalendarQuarter, right: CalendarQuarter) -> Bool {
    (left.year, left.number) < (right.year, right.number)
  }
}

extension CalendarQuarter: CustomStringConvertible {
  package var description: String { "\(padded(year, to: 4))-Q\(number)" }
}

extension CalendarQuarter: Readable {
  package init(_ text: WrittenText) throws(QuantityError) {
    var cursor = TextCursor(text)
    let range = cursor.rest
    guard !range.isEmpty else { throw QuantityError(.empty, "a quarter is missing", at: range) }
    let start = cursor
    if let year = cursor.takeFixed(4), cursor.take("-"), cursor.take("Q"), let number = cursor.takeFixed(1),
      cursor.isAtEnd
    {
      guard let quarter = CalendarQuarter(year: year, number: number) else {
        throw QuantityError(.outOfRange, "there is no quarter \(text.quoted(range)): a year has Q1 to Q4", at: range)
      }
      self = quarter
      return
    }
    throw QuantityError(
      .malformed,
      "\(text.quoted(range)) is not a quarter such as 2026-Q1",
      at: range,
      suggestion: CalendarQuarter.meant(start)
    )
  }

  /// `2026-Q1` for `2026Q1`, `2026-q1`, `2026 Q1`, `Q1 2026`.
  private static func meant(_ start: TextCursor) -> String? {
    guard start.rest.count <= 12 else { return nil }
    let letters = start.string(start.rest).lowercased().utf8.filter { $0.isDigit || $0.isLetter }
    let text = String(decoding: letters, as: UTF8.self)
    guard text.utf8.count == 6 else { return nil }
    let (year, quarter) = text.hasPrefix("q") ? (text.suffix(4), text.prefix(2)) : (text.prefix(4), text.suffix(2))
    guard let yearNumber = Int(year), quarter.hasPrefix("q"), let number = Int(quarter.dropFirst()) else { return nil }
    return CalendarQuarter(year: yearNumber, number: number)?.description
  }
}
