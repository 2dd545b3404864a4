/// The stretch of time over which an objective is judged.
package enum TimeWindow: Sendable, Hashable {
  /// Ends now, at every moment; longer than nothing.
  case rolling(TimeSpan)
  /// Starts afresh with each period in a zone of the IANA time zone database, `UTC` or such as `Europe/Berlin`.
  case calendar(CalendarPeriod, zone: String = "UTC")

  /// The length where one number is needed: a calendar month counts as 30 days.
  package var nominalLength: TimeSpan {
    switch self {
    case .rolling(let span): span
    case .calendar(let period, zone: _): period.nominalLength
    }
  }

  /// The shortest that the window can be: 28 days for a calendar month.
  package var shortestLength: TimeSpan {
    switch self {
    case .rolling(let span): span
    case .calendar(let period, zone: _): period.shortestLength
    }
  }

  /// The longest that the window can be: 31 days for a calendar month.
  package var longestLength: TimeSpan {
    switch self {
    case .rolling(let span): span
    case .calendar(let period, zone: _): period.longestLength
    }
  }

  /// Whether a target held over this window says something about one over `other`, as an objective does about the
  /// agreement that it guards.
  ///
  /// Rolling windows always compare. Calendar windows compare in one zone and where one is made of whole others: months
  /// make quarters and years, weeks make neither. A rolling window ends at every moment, also with each period, so it
  /// compares with periods at least as long as itself.
  package func isComparable(with other: TimeWindow) -> Bool {
    switch (self, other) {
    case (.rolling, .rolling): true
    case (.calendar(let period, let zone), .calendar(let otherPeriod, let otherZone)):
      zone == otherZone && (period == otherPeriod || (period != .week && otherPeriod != .week))
    case (.rolling(let span), .calendar(let period, zone: _)), (.calendar(let period, zone: _), .rolling(let span)):
      span <= period.longestLength
    }
  }

  /// For names of series and files: `30d`, `calendar_month`.
  package var label: String {
    switch self {
    case .rolling(let span): span.description
    case .calendar(let period, zone: _): "calendar_\(period)"
    }
  }
}

extension TimeWindow: CustomStringConvertible {
  /// As it is written: `30d`, `calendar month`, `calendar week in Europe/Berlin`.
  package var description: String {
    switch self {
    case .rolling(let span): span.description
    case .calendar(let period, zone: "UTC"): "calendar \(period)"
    case .calendar(let period, let zone): "calendar \(period) in \(zone)"
    }
  }
}

extension TimeWindow: Readable {
  /// The name of a zone is held to the form of one; whether there is such a zone is for those to say who have the database.
  package init(_ text: WrittenText) throws(QuantityError) {
    var cursor = TextCursor(text)
    let whole = cursor.rest
    guard !whole.isEmpty else { throw QuantityError(.empty, "a window is missing", at: whole) }
    if let current = cursor.current, !current.isLetter {
      self = try .rolling(TimeWindow.length(text))
      return
    }
    let first = cursor.takeWord()
    guard text.string(first) == "calendar", cursor.takeSpaces(), !cursor.isAtEnd else {
      throw TimeWindow.unknown(text, whole)
    }
    let periodRange = cursor.takeUntilSpace()
    guard let period = CalendarPeriod(rawValue: text.string(periodRange)) else {
      throw TimeWindow.unknownPeriod(text, periodRange)
    }
    self = try .calendar(period, zone: TimeWindow.zone(&cursor))
  }

  private static func length(_ text: WrittenText) throws(QuantityError) -> TimeSpan {
    let span = try TimeSpan(text)
    guard span > .zero else {
      throw QuantityError(.outOfRange, "a window of \(text.quoted) holds nothing", at: text.whole)
    }
    return span
  }

  private static func zone(_ cursor: inout TextCursor) throws(QuantityError) -> String {
    cursor.takeSpaces()
    guard !cursor.isAtEnd else { return "UTC" }
    let text = cursor.text
    let start = cursor.position
    let word = cursor.takeUntilSpace()
    guard text.string(word) == "in" else {
      let isZone = cursor.isAtEnd && TimeZoneRules.isName(text.bytes[word])
      throw QuantityError(
        .malformed,
        "\(text.quoted(start..<cursor.rest.upperBound)) after the window",
        at: start..<cursor.rest.upperBound,
        suggestion: isZone ? text.replacing(start..<start, with: "in ") : nil
      )
    }
    cursor.takeSpaces()
    let name = cursor.rest
    guard !name.isEmpty else {
      throw QuantityError(.malformed, "'in' is not followed by a time zone such as Europe/Berlin", at: word)
    }
    guard TimeZoneRules.isName(text.bytes[name]) else {
      throw QuantityError(
        .malformed,
        "\(text.quoted(name)) is not the name of a time zone such as Europe/Berlin",
        at: name
      )
    }
    return text.string(name)
  }

  /// The error for a window that does not start with a number or the word "calendar".
  private static func unknown(_ text: WrittenText, _ range: Range<Int>) -> QuantityError {
    QuantityError(
      .malformed,
      "\(text.quoted(range)) is not a window such as 30d or calendar month",
      at: range,
      suggestion: range.count <= 60 ? meant(text, range) : nil
    )
  }

  /// `calendar month` for `month`, `calendar-month` or `monthly`; `30d` for `rolling 30d`.
  private static func meant(_ text: WrittenText, _ range: Range<Int>) -> String? {
    var words = text.string(range).lowercased().split { " \t-_".contains($0) }
    guard let first = words.first else { return nil }
    if first == "rolling" || first == "last" {
      var length = text.string(range)[...].drop { $0 != " " }
      length = length.drop { $0 == " " }
      do { return try TimeSpan(reading: length).description } catch { return error.suggestion }
    }
    if nearestSpelling(to: String(first), among: ["calendar"]) != nil { words.removeFirst() }
    guard words.count == 1, let word = words.first else { return nil }
    return nearestSpelling(to: adjective(String(word)), among: periods).map { "calendar \($0)" }
  }

  private static func unknownPeriod(_ text: WrittenText, _ range: Range<Int>) -> QuantityError {
    let nearest = nearestSpelling(to: adjective(text.string(range).lowercased()), among: periods)
    return QuantityError(
      .malformed,
      "\(text.quoted(range)) is not one of week, month, quarter and year",
      at: range,
      suggestion: nearest.map { text.replacing(range, with: $0) }
    )
  }

  private static let periods = CalendarPeriod.allCases.map(\.rawValue)

  /// `month` for `monthly`.
  private static func adjective(_ word: String) -> String {
    word.hasSuffix("ly") ? String(word.dropLast(2)) : word
  }
}
