import Foundation
import Testing

@testable import Quantities

/// Periods by the calendar, against those of another library, over ten years with changes of clocks and leap days.
@Suite("Calendar periods as Foundation has them")
struct CalendarOracleTests {
  private static let years = 2023...2032
  private static let zones = [
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "America/Havana", "Asia/Kolkata",
    "UTC",
  ]

  @Test("weeks, months, quarters and years begin at the same moments", arguments: zones, CalendarPeriod.allCases)
  func starts(_ zone: String, _ period: CalendarPeriod) throws {
    let file = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(zone)"))
    let rules = try TimeZoneRules(tzif: Array(file))
    let starts = period.starts(inYears: Self.years, zone: rules).map(\.unixSeconds)
    #expect(starts == (try Self.expected(period, zone)))
    for (start, next) in zip(starts, starts.dropFirst()) {
      #expect(period.start(containing: Instant(unixSeconds: start), in: rules).unixSeconds == start)
      #expect(period.start(containing: Instant(unixSeconds: next - 1), in: rules).unixSeconds == start)
      #expect(period.end(containing: Instant(unixSeconds: start), in: rules).unixSeconds == next)
    }
  }

  /// The first moments of those days on which a period begins.
  private static func expected(_ period: CalendarPeriod, _ zone: String) throws -> [Int64] {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: zone))
    var noon = try #require(calendar.date(from: DateComponents(year: years.lowerBound, month: 1, day: 1, hour: 12)))
    var starts: [Int64] = []
    while calendar.component(.year, from: noon) <= years.upperBound {
      let day = calendar.dateComponents([.month, .day, .weekday], from: noon)
      let month = day.month ?? 0
      let begins =
        switch period {
        case .week: day.weekday == 2
        case .month: day.day == 1
        case .quarter: day.day == 1 && month % 3 == 1
        case .year: day.day == 1 && month == 1
        }
      if begins { starts.append(Int64(calendar.startOfDay(for: noon).timeIntervalSince1970)) }
      noon = try #require(calendar.date(byAdding: .day, value: 1, to: noon))
    }
    return starts
  }
}
