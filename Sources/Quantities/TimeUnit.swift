/// A unit of time with a fixed length.
enum TimeUnit: CaseIterable {
  // From the longest to the shortest, as the parts of a duration are written.
  case year, week, day, hour, minute, second, millisecond, microsecond

  var symbol: String {
    switch self {
    case .year: "y"
    case .week: "w"
    case .day: "d"
    case .hour: "h"
    case .minute: "m"
    case .second: "s"
    case .millisecond: "ms"
    case .microsecond: "us"
    }
  }

  var span: TimeSpan {
    switch self {
    case .year: .days(365)
    case .week: .weeks(1)
    case .day: .days(1)
    case .hour: .hours(1)
    case .minute: .minutes(1)
    case .second: .seconds(1)
    case .millisecond: .milliseconds(1)
    case .microsecond: TimeSpan(microseconds: 1)
    }
  }

  /// The next shorter unit, where people leave it out: `1h30` is an hour and thirty minutes.
  var implied: TimeUnit? {
    switch self {
    case .week: .day
    case .day: .hour
    case .hour: .minute
    case .minute: .second
    case .year, .second, .millisecond, .microsecond: nil
    }
  }

  /// The singular word: `hour`.
  var name: String {
    switch self {
    case .year: "year"
    case .week: "week"
    case .day: "day"
    case .hour: "hour"
    case .minute: "minute"
    case .second: "second"
    case .millisecond: "millisecond"
    case .microsecond: "microsecond"
    }
  }

  init?(symbol: String) {
    // The sign for micro exists twice in Unicode.
    guard let unit = Self.bySymbol[symbol == "µs" || symbol == "μs" ? "us" : symbol] else { return nil }
    self = unit
  }

  /// The unit that another spelling means: `sec`, `Minutes`, `hrs`.
  init?(meantBy word: String) {
    let lowered = word.lowercased()
    if let unit = Self.byOtherSpelling[lowered] {
      self = unit
    } else if lowered.utf8.count >= 4, let near = nearestSpelling(to: lowered, among: Self.byOtherSpelling.keys),
      let unit = Self.byOtherSpelling[near]
    {
      self = unit
    } else {
      return nil
    }
  }

  private static let bySymbol = Dictionary(uniqueKeysWithValues: allCases.map { ($0.symbol, $0) })

  private static let byOtherSpelling: [String: TimeUnit] = {
    let short: [TimeUnit: [String]] = [
      .year: ["yr", "yrs"], .week: ["wk", "wks"], .hour: ["hr", "hrs"], .minute: ["min", "mins"],
      .second: ["sec", "secs"], .millisecond: ["msec", "msecs", "milli", "millis"],
      .microsecond: ["usec", "usecs", "micros", "mus"],
    ]
    var spellings: [String: TimeUnit] = [:]
    for unit in allCases {
      for spelling in [unit.symbol, unit.name, "\(unit.name)s"] + (short[unit] ?? []) {
        spellings[spelling] = unit
      }
    }
    return spellings
  }()
}
