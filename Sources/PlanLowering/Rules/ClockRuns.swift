import PromQL
import Quantities
import SpecCatalog

/// Moments that recur by the clock of a zone, as PromQL can compute them: runs of even steps, because clocks that change
/// make a week an hour longer or shorter.
///
/// PromQL knows no zones, so the changes of the clocks are compiled to constants, for the years `years`. What holds at
/// the end of the last of them goes on for ever.
struct ClockRuns: Sendable {
  /// `start`, `start + step`, … before `end`, which nothing follows in the last run.
  struct Run: Sendable, Hashable {
    var start: Int64
    var step: Int64
    var end: Int64?
  }

  let runs: [Run]

  static let years = 2025...2040

  /// The moments in order; at least one.
  init(_ moments: [Int64], nominalStep: Int64) {
    var runs: [Run] = []
    for (moment, next) in zip(moments, moments.dropFirst()) {
      let step = next - moment
      if let last = runs.indices.last, runs[last].step == step {
        runs[last].end = next
      } else {
        runs.append(Run(start: moment, step: step, end: next))
      }
    }
    // The last moment has no next one, and goes on in the usual step.
    if let last = runs.indices.last, runs[last].step == nominalStep {
      runs[last].end = nil
    } else if let moment = moments.last {
      runs.append(Run(start: moment, step: nominalStep, end: nil))
    }
    self.runs = runs
  }

  /// The moment that was last reached, as seconds since 1970: a sum in which one run counts at a time.
  var latest: PromQLExpression {
    sum { run in
      // A run of one moment needs no arithmetic. Months are such runs, and with it their rule would be longer than
      // VictoriaMetrics takes a query to be (16 KiB).
      if run.end == run.start + run.step { return Self.isWithin(run).times(.instant(run.start)) }
      let elapsed = Self.elapsed(since: run)
      return Self.isWithin(run).times(PromQLExpression.time().minus(elapsed))
    }
  }

  /// 1 for so long after each moment, 0 otherwise.
  func isWithin(_ duration: TimeSpan) -> PromQLExpression {
    sum { run in
      let isOn = Self.elapsed(since: run).less(than: .constant(duration.seconds), .zeroOrOne)
      return Self.isWithin(run).times(isOn)
    }
  }

  private func sum(_ term: (Run) -> PromQLExpression) -> PromQLExpression {
    PromQLExpression.joined(runs.map(term), +) ?? 0
  }

  private static func elapsed(since run: Run) -> PromQLExpression {
    PromQLExpression.time().minus(.instant(run.start)).modulo(.constant(Rational(Int(run.step))))
  }

  private static func isWithin(_ run: Run) -> PromQLExpression {
    let hasBegun = PromQLExpression.time().greaterOrEqual(to: .instant(run.start), .zeroOrOne)
    guard let end = run.end else { return hasBegun }
    return hasBegun.times(.time().less(than: .instant(end), .zeroOrOne))
  }
}

extension PromQLExpression {
  /// Seconds since 1970.
  static func instant(_ unixSeconds: Int64) -> PromQLExpression { .constant(Rational(Int128(unixSeconds))) }
}

// MARK: - Maintenance windows

extension ClockRuns {
  /// The starts of a window that recurs on a day of the week, or every day without one.
  static func starts(on weekday: Weekday?, at time: TimeOfDay, in zone: TimeZoneRules) -> ClockRuns {
    let step = weekday == nil ? 1 : 7
    var moments: [Int64] = []
    guard var day = CalendarDate(year: years.lowerBound, month: 1, day: 1) else { return ClockRuns([], nominalStep: 0) }
    while let weekday, day.isoWeekday != weekday.isoNumber { day = day.adding(days: 1) }
    while day.year <= years.upperBound {
      moments.append(zone.moment(ofSecond: time.secondOfDay, on: day).unixSeconds)
      day = day.adding(days: step)
    }
    return ClockRuns(moments, nominalStep: Int64(step) * 86_400)
  }
}

extension Weekday {
  /// 1 for Monday to 7 for Sunday.
  var isoNumber: Int {
    switch self {
    case .monday: 1
    case .tuesday: 2
    case .wednesday: 3
    case .thursday: 4
    case .friday: 5
    case .saturday: 6
    case .sunday: 7
    }
  }
}

extension TimeOfDay {
  /// The seconds since midnight.
  var secondOfDay: Int { hour * 3_600 + minute * 60 }
}
