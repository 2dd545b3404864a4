import Quantities

/// A fault in a made-up service, and what a good alerting policy does about it. Times are minutes from the midnight that
/// the incident's first day begins with.
package struct Incident: Sendable {
  package enum Truth: String, Sendable {
    case page
    case ticket
    case silent
    /// Any notification is right, and none is wrong.
    case notify
  }

  /// Something that goes on for a while.
  package struct Stretch: Sendable {
    package var start: Double
    package var minutes: Double

    package var end: Double { start + minutes }
  }

  /// A stretch in which events fail with a probability, or do not come at all.
  package struct Fault: Sendable {
    package var stretch: Stretch
    package var failing: Double
    package var missing: Double
  }

  package var id: String
  package var name: String
  /// The share of events that has to succeed, as a decimal.
  package var target: String
  package var window = "30d"
  /// Events a second, on average.
  package var rate: Double
  package var shape: TrafficShape
  /// The probability that an event fails without any fault.
  package var background: Double
  package var faults: [Fault] = []
  /// Without scrapes.
  package var blind: [Stretch] = []
  /// When all counters start again.
  package var resets: [Double] = []
  package var maintenance: [Stretch] = []
  package var instances = 1
  /// Series of failures are born with their first failure.
  package var bornLate = false
  /// Days of history before the first day.
  package var historyDays = 31
  /// How long it is watched from the incident's start, or from the first midnight where there is none.
  package var watchedMinutes: Double
  /// Without a fault, and with little traffic: what is false in so many days counts as such.
  package var isQuiet = false
  package var truth: Truth
  /// From when to when the fault goes on that the truth is about; nil where nothing happens.
  package var extent: (start: Double, end: Double)?

  package var budget: Double { 1 - (Double(target) ?? 1) }

  /// Seconds of the first day's midnight since 1970; a Monday.
  package static let midnight = 1_772_409_600
}

/// How traffic is spread over the hours of a day; the mean is 1.
package enum TrafficShape: String, Sendable, CaseIterable {
  case flat
  /// The peak at three in the afternoon has twenty times the traffic of the trough: exp(a·cos), a = ½·ln 20.
  case diurnal20
  /// The first five minutes of each hour.
  case batch
  /// Nothing from ten in the evening to six in the morning.
  case nightzero

  /// The factor at a minute of the day.
  package func factor(_ minute: Double) -> Double {
    switch self {
    case .flat: 1
    case .diurnal20: Self.diurnal[Int(minute) % 1_440]
    case .batch: minute.truncatingRemainder(dividingBy: 60) < 5 ? 12 : 0
    case .nightzero: (360..<1_320).contains(minute) ? 1.5 : 0
    }
  }

  private static let diurnal: [Double] = {
    let swings = (0..<1_440).map { minute in
      exponential(0.5 * naturalLogarithm(20) * cosine(2 * Double.pi * (Double(minute) / 60 - 15) / 24))
    }
    let mean = swings.reduce(0, +) / Double(swings.count)
    return swings.map { $0 / mean }
  }()
}
