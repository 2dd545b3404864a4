import PlanModel
import Quantities
import StructuredText

/// A repeating stretch of time as Alertmanager describes it: the minutes that satisfy all that is said.
struct MuteInterval: Hashable {
  /// Minutes of a day, the end not included; empty for the whole day.
  var times: [Range<Int>] = []
  var weekday: Weekday?
  var daysOfMonth: ClosedRange<Int>?
  var months: ClosedRange<Int>?
  var years: ClosedRange<Int>?
  var zone: String

  var yaml: YAMLValue {
    // A whole day is written out where nothing else would be said.
    let saysNothing = weekday == nil && years == nil
    let times = self.times.isEmpty && saysNothing ? [0..<MuteTimes.minutesOfDay] : self.times
    return .record([
      "times": times.isEmpty
        ? nil
        : .sequence(
          times.map {
            ["start_time": .string(Self.clock($0.lowerBound)), "end_time": .string(Self.clock($0.upperBound))]
          }
        ),
      "weekdays": weekday.map { [.string($0.rawValue)] },
      "days_of_month": daysOfMonth.map { [.string(Self.text(of: $0))] },
      "months": months.map { [.string(Self.text(of: $0))] },
      "years": years.map { [.string(Self.text(of: $0))] },
      "location": .string(zone),
    ])
  }

  private static func text(of range: ClosedRange<Int>) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound):\(range.upperBound)"
  }

  /// `02:00`; the end of a day is `24:00`.
  private static func clock(_ minute: Int) -> String {
    let parts = [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return parts.joined(separator: ":")
  }
}

/// Planned work as mute intervals, which never cross midnight.
enum MuteTimes {
  static let minutesOfDay = 1_440

  /// The intervals that together cover the window; Alertmanager knows whole minutes, so the first and the last are
  /// covered in full.
  static func intervals(of window: MaintenanceWindow) -> [MuteInterval] {
    switch window {
    case .once(let start, let duration):
      let end = start + duration
      let first = wholeMinutes(start.unixSeconds, rounding: .down)
      return once(first..<max(first, wholeMinutes(end.unixSeconds, rounding: .up)))
    case .weekly(let weekday, let minute, let duration, let zone):
      return weekly(weekday, from: minute, minutes: minutes(in: duration), zone: zone)
    case .daily(let minute, let duration, let zone):
      return daily(from: minute, minutes: minutes(in: duration), zone: zone)
    }
  }

  private static func minutes(in duration: TimeSpan) -> Int { (duration.seconds / 60).ceiling }

  private static func wholeMinutes(_ seconds: Int64, rounding rule: FloatingPointRoundingRule) -> Int {
    let minutes = Rational(Int128(seconds)) / 60
    return rule == .up ? minutes.ceiling : minutes.floor
  }

  // MARK: One-off windows

  /// `minutes` counts from the start of 1970 in UTC.
  private static func once(_ minutes: Range<Int>) -> [MuteInterval] {
    if minutes.isEmpty { return [] }
    var (first, start) = dayAndMinute(minutes.lowerBound)
    let (last, end) = dayAndMinute(minutes.upperBound)
    if first == last { return [day(first, start..<end)] }
    var intervals: [MuteInterval] = []
    if start > 0 {
      intervals.append(day(first, start..<minutesOfDay))
      first += 1
    }
    intervals += wholeDays(CalendarDate(dayNumber: first), upTo: CalendarDate(dayNumber: last))
    if end > 0 { intervals.append(day(last, 0..<end)) }
    return intervals
  }

  private static func dayAndMinute(_ minutes: Int) -> (day: Int, minute: Int) {
    let day = (Rational(minutes) / Rational(minutesOfDay)).floor
    return (day, minutes - day * minutesOfDay)
  }

  private static func day(_ number: Int, _ times: Range<Int>) -> MuteInterval {
    let date = CalendarDate(dayNumber: number)
    return dates(date.day...date.day, months: date.month...date.month, years: date.year...date.year, times: [times])
  }

  /// Runs of days, then of months, of years, of months and of days: a few intervals for any length.
  private static func wholeDays(_ start: CalendarDate, upTo end: CalendarDate) -> [MuteInterval] {
    var intervals: [MuteInterval] = []
    var date = start
    while date < end {
      let years = date.year...date.year
      if date.month == 1, date.day == 1, date.year < end.year {
        intervals.append(dates(years: date.year...(end.year - 1)))
        date = firstDay(of: 1, end.year)
      } else if date.day == 1, date.year < end.year || date.month < end.month {
        let last = date.year < end.year ? 12 : end.month - 1
        intervals.append(dates(months: date.month...last, years: years))
        date = firstDay(of: last + 1, date.year)
      } else {
        let ends = date.year == end.year && date.month == end.month
        let last = ends ? end.day - 1 : CalendarDate.daysIn(month: date.month, of: date.year)
        intervals.append(dates(date.day...last, months: date.month...date.month, years: years))
        date = date.adding(days: last - date.day + 1)
      }
    }
    return intervals
  }

  /// The first of a month; month 13 is January of the year after.
  private static func firstDay(of month: Int, _ year: Int) -> CalendarDate {
    guard let date = CalendarDate(year: month > 12 ? year + 1 : year, month: month > 12 ? 1 : month, day: 1) else {
      preconditionFailure("every month has a first day")
    }
    return date
  }

  private static func dates(
    _ days: ClosedRange<Int>? = nil,
    months: ClosedRange<Int>? = nil,
    years: ClosedRange<Int>,
    times: [Range<Int>] = []
  ) -> MuteInterval {
    MuteInterval(times: times, daysOfMonth: days, months: months, years: years, zone: "UTC")
  }

  // MARK: Recurring windows

  private static func weekly(_ weekday: Weekday, from minute: Int, minutes: Int, zone: String) -> [MuteInterval] {
    if minutes >= 7 * minutesOfDay { return [MuteInterval(zone: zone)] }
    var intervals: [MuteInterval] = []
    var (weekday, start, rest) = (weekday, minute, minutes)
    while rest > 0 {
      let end = min(start + rest, minutesOfDay)
      let isWholeDay = start == 0 && end == minutesOfDay
      intervals.append(MuteInterval(times: isWholeDay ? [] : [start..<end], weekday: weekday, zone: zone))
      rest -= end - start
      (weekday, start) = (weekday.next, 0)
    }
    return intervals
  }

  private static func daily(from minute: Int, minutes: Int, zone: String) -> [MuteInterval] {
    if minutes <= 0 { return [] }
    if minutes >= minutesOfDay { return [MuteInterval(zone: zone)] }
    let end = minute + minutes
    let times = end <= minutesOfDay ? [minute..<end] : [minute..<minutesOfDay, 0..<(end - minutesOfDay)]
    return [MuteInterval(times: times, zone: zone)]
  }
}

extension Weekday {
  fileprivate var next: Weekday {
    switch self {
    case .monday: .tuesday
    case .tuesday: .wednesday
    case .wednesday: .thursday
    case .thursday: .friday
    case .friday: .saturday
    case .saturday: .sunday
    case .sunday: .monday
    }
  }
}
