/// What a rate is counted per: `h`, `month`.
///
/// A month of a rate is 30 days, a quarter 90 and a year 365, so that a rate is one number and not one for each month.
struct RatePeriod {
  let span: TimeSpan

  init(_ span: TimeSpan) {
    self.span = span
  }

  /// `h`, `month`, `5m`: what stands after the slash.
  var symbol: String {
    Self.named.first { $0.span == span }?.symbol ?? span.description
  }

  /// Whether the period is told better by the word "per" than by a slash: `per month`.
  var isSpeltOut: Bool { span >= .days(7) && symbol.utf8.count > 1 }

  /// A unit of time, one of its names, or a duration.
  init(_ text: WrittenText, _ range: Range<Int>) throws(QuantityError) {
    guard let first = text.bytes[range].first else {
      throw QuantityError(.missingUnit, "the rate does not say per what", at: range)
    }
    if first.isDigit {
      span = try TimeSpan(text, part: range)
      guard span > .zero else {
        throw QuantityError(.outOfRange, "a rate per \(text.quoted(range)) is per nothing", at: range)
      }
      return
    }
    let word = text.string(range)
    guard let period = Self.bySpelling[word] else {
      let meant = range.count <= 40 ? TimeUnit(meantBy: word)?.symbol ?? Self.meantMonth(word) : nil
      throw QuantityError(
        .unknownUnit,
        "\(text.quoted(range)) is not a period: s, m, h, day, week, month, quarter and year are",
        at: range,
        suggestion: meant.map { text.replacing(range, with: $0) }
      )
    }
    span = period
  }

  private static func meantMonth(_ word: String) -> String? {
    nearestSpelling(to: word.lowercased(), among: ["month", "months", "quarter", "quarters", "mo"]).map {
      $0.hasPrefix("q") ? "quarter" : "month"
    }
  }

  private static let named: [(symbol: String, span: TimeSpan)] = [
    ("s", .seconds(1)), ("m", .minutes(1)), ("h", .hours(1)), ("day", .days(1)), ("week", .weeks(1)),
    ("month", .days(30)), ("quarter", .days(90)), ("year", .days(365)),
  ]

  private static let bySpelling: [String: TimeSpan] = {
    var spellings = Dictionary(uniqueKeysWithValues: named.map { ($0.symbol, $0.span) })
    for unit in TimeUnit.allCases {
      spellings[unit.symbol] = unit.span
      spellings[unit.name] = unit.span
    }
    return spellings
  }()
}
