import Foundation
import Quantities
import TestSupport
import Testing

@Suite("Days of the calendar")
struct CalendarDateTests {
  @Test(
    "days are counted from 1970 and named by ISO 8601",
    arguments: [
      ("1970-01-01", 0, 4), ("2000-02-29", 11_016, 2), ("2025-01-15", 20_103, 3), ("1969-12-31", -1, 3),
      ("0001-01-01", -719_162, 1), ("9999-12-31", 2_932_896, 5), ("1900-03-01", -25_508, 4), ("2024-12-30", 20_087, 1),
    ]
  )
  func dayNumbers(_ text: String, number: Int, weekday: Int) throws {
    let date = try CalendarDate(reading: text)
    #expect(date.dayNumber == number)
    #expect(CalendarDate(dayNumber: number) == date)
    #expect(date.isoWeekday == weekday)
    #expect(date.description == text)
  }

  @Test("every day of eight hundred years follows the one before")
  func everyDay() {
    var previous = CalendarDate(dayNumber: -200_000)
    for number in -199_999...100_000 {
      let date = CalendarDate(dayNumber: number)
      let isNextOfMonth = date.month == previous.month && date.day == previous.day + 1
      let wasLastOfMonth = previous.day == CalendarDate.daysIn(month: previous.month, of: previous.year)
      let isNext = isNextOfMonth != (wasLastOfMonth && date.day == 1 && date.month == previous.month % 12 + 1)
      if !isNext || date.dayNumber != number || date <= previous {
        Issue.record("\(date) after \(previous)")
      }
      previous = date
    }
    #expect(previous.description == "2243-10-17")
  }

  @Test("differences count days, over leap days too")
  func differences() throws {
    let start = try CalendarDate(reading: "2024-02-28")
    #expect(start.days(until: try CalendarDate(reading: "2024-03-01")) == 2)
    #expect(start.days(until: try CalendarDate(reading: "2023-03-01")) == -364)
    #expect(start.adding(days: 2).description == "2024-03-01")
    #expect(start.adding(days: .max) > start)
    #expect(start.adding(days: .min) < start)
    #expect(CalendarDate(year: 2023, month: 2, day: 29) == nil)
    #expect(CalendarDate(year: .min, month: 1, day: 1) == nil)
  }

  @Test(
    "what is no day is told apart",
    arguments: [
      Slip("2025-02-29", .outOfRange, "2025-02-29", "there is no day '2025-02-29': that month has 28 days", nil),
      Slip("2025-04-31", .outOfRange, "2025-04-31", "there is no day '2025-04-31': that month has 30 days", nil),
      Slip("2025-13-01", .outOfRange, "2025-13-01", "there is no day '2025-13-01': a year has 12 months", nil),
      Slip("2025-01-00", .outOfRange, "2025-01-00", "there is no day '2025-01-00': that month has 31 days", nil),
      Slip("0000-01-01", .outOfRange, "0000-01-01", "'0000-01-01' is before year 1", nil),
      Slip("2025-1-5", .malformed, "2025-1-5", "'2025-1-5' is not a date such as 2025-01-15", "2025-01-05"),
      Slip("2025/01/15", .malformed, "2025/01/15", "'2025/01/15' is not a date such as 2025-01-15", "2025-01-15"),
      Slip("20250115", .malformed, "20250115", "'20250115' is not a date such as 2025-01-15", nil),
      Slip("15.01.2025", .malformed, "15.01.2025", "'15.01.2025' is not a date such as 2025-01-15", nil),
      Slip("2025-01-15T00:00:00Z", .malformed, "T00:00:00Z", "'T00:00:00Z' after the date", nil),
      Slip("", .empty, "", "a date is missing", nil),
    ]
  )
  func slips(_ slip: Slip) {
    slip.expect(CalendarDate.self)
  }
}

@Suite("Moments")
struct InstantTests {
  @Test(
    "a moment reads in any offset and prints in UTC",
    arguments: [
      ("2025-01-15T10:00:00Z", 1_736_935_200, "2025-01-15T10:00:00Z"),
      ("2025-01-15T11:00:00+01:00", 1_736_935_200, "2025-01-15T10:00:00Z"),
      ("2025-01-15T04:30:00-05:30", 1_736_935_200, "2025-01-15T10:00:00Z"),
      ("1969-12-31T23:59:59Z", -1, "1969-12-31T23:59:59Z"),
      ("0001-01-01T00:00:00Z", -62_135_596_800, "0001-01-01T00:00:00Z"),
      ("9999-12-31T23:59:59Z", 253_402_300_799, "9999-12-31T23:59:59Z"),
      ("2024-02-29T23:59:59+00:00", 1_709_251_199, "2024-02-29T23:59:59Z"),
    ] as [(String, Int64, String)]
  )
  func reading(_ text: String, seconds: Int64, printed: String) throws {
    let instant = try Instant(reading: text)
    #expect(instant.unixSeconds == seconds)
    #expect(instant.description == printed)
  }

  @Test(
    "what is no moment is told apart",
    arguments: [
      Slip("2025-01-15", .malformed, "2025-01-15", "'2025-01-15' is a day, not a moment", "2025-01-15T00:00:00Z"),
      Slip(
        "2025-01-15 10:00:00Z",
        .malformed,
        " ",
        "'2025-01-15 10:00:00Z' is not a moment such as 2025-01-15T10:00:00Z",
        "2025-01-15T10:00:00Z"
      ),
      Slip(
        "2025-01-15t10:00:00z",
        .malformed,
        "t",
        "'2025-01-15t10:00:00z' is not a moment such as 2025-01-15T10:00:00Z",
        "2025-01-15T10:00:00Z"
      ),
      Slip(
        "2025-01-15T10:00:00",
        .missingUnit,
        "",
        "'2025-01-15T10:00:00' does not say in which zone: Z, or an offset such as +01:00",
        nil
      ),
      Slip("2025-01-15T10:00Z", .malformed, "10:00", "'10:00' has no seconds", "2025-01-15T10:00:00Z"),
      Slip("2025-01-15T10:00:00.5Z", .tooPrecise, ".5Z", "'.5Z' is finer than a second", nil),
      Slip("2025-01-15T24:00:00Z", .outOfRange, "24:00:00", "there is no time '24:00:00' in a day", nil),
      Slip("2025-01-15T23:59:60Z", .outOfRange, "23:59:60", "there is no time '23:59:60' in a day", nil),
      Slip("2025-01-15T10:00:00+0100", .malformed, "+0100", "'+0100' is not Z or an offset such as +01:00", nil),
      Slip("2025-01-15T10:00:00+25:00", .outOfRange, "+25:00", "the offset '+25:00' is not within a day", nil),
      Slip("2025-01-15T10:00:00 CET", .malformed, "CET", "'CET' is not Z or an offset such as +01:00", nil),
      Slip(
        "2025-02-30T10:00:00Z",
        .outOfRange,
        "2025-02-30",
        "there is no day '2025-02-30': that month has 28 days",
        nil
      ),
      Slip("2025-01-15T10:00:00Zx", .malformed, "x", "'x' after the moment", nil),
      Slip(
        "2025-01-15Tnoon",
        .malformed,
        "noon",
        "'2025-01-15Tnoon' is not a moment such as 2025-01-15T10:00:00Z",
        nil
      ),
      Slip("yesterday", .malformed, "yesterday", "'yesterday' is not a date such as 2025-01-15", nil),
    ]
  )
  func slips(_ slip: Slip) {
    slip.expect(Instant.self)
  }

  @Test("moments and spans add up, whole seconds at a time, and stop at the bounds")
  func arithmetic() throws {
    let moment = try Instant(reading: "2025-01-15T10:00:00Z")
    #expect((moment + .hours(14)).description == "2025-01-16T00:00:00Z")
    #expect((moment - .days(15)).description == "2024-12-31T10:00:00Z")
    #expect((moment + .hours(1)) - moment == .hours(1))
    #expect(Instant(unixSeconds: .max) + .seconds(1) == Instant(unixSeconds: .max))
    #expect(Instant(unixSeconds: .min) - .seconds(1) == Instant(unixSeconds: .min))
    #expect(Instant(unixSeconds: .max) - Instant(unixSeconds: .min) == TimeSpan(microseconds: .max))
    #expect(!Instant(unixSeconds: .min).description.isEmpty)
  }

  @Test("every moment prints as one that reads back the same")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<1_000 {
      let instant = Instant(unixSeconds: Int64.random(in: -62_135_596_800...253_402_300_799, using: &random))
      #expect(try Instant(reading: instant.description) == instant)
    }
  }
}

@Suite("Calendar periods")
struct CalendarPeriodTests {
  @Test(
    "periods begin on their first day",
    arguments: [
      (CalendarPeriod.week, "2025-01-05", "2024-12-30", "2025-01-06"),
      (.week, "2025-01-06", "2025-01-06", "2025-01-13"),
      (.month, "2024-02-29", "2024-02-01", "2024-03-01"), (.month, "2025-01-31", "2025-01-01", "2025-02-01"),
      (.quarter, "2024-03-31", "2024-01-01", "2024-04-01"), (.quarter, "2024-12-31", "2024-10-01", "2025-01-01"),
      (.quarter, "2024-08-15", "2024-07-01", "2024-10-01"), (.year, "2024-12-31", "2024-01-01", "2025-01-01"),
      (.year, "2023-01-01", "2023-01-01", "2024-01-01"),
    ]
  )
  func firstDays(_ period: CalendarPeriod, day: String, first: String, next: String) throws {
    let date = try CalendarDate(reading: day)
    #expect(period.firstDay(containing: date).description == first)
    #expect(period.firstDay(after: date).description == next)
  }

  @Test("quarters of a year in Berlin, computed elsewhere")
  func quarters() throws {
    let starts = CalendarPeriod.quarter.starts(inYears: 2024...2024, zone: try KnownZone.berlin.rules)
    #expect(
      starts.map(\.description) == [
        "2023-12-31T23:00:00Z", "2024-03-31T22:00:00Z", "2024-06-30T22:00:00Z", "2024-09-30T22:00:00Z",
      ]
    )
  }

  @Test("weeks that begin in a year are Mondays, over clock changes too")
  func weeks() throws {
    let rules = try KnownZone.berlin.rules
    let starts = CalendarPeriod.week.starts(inYears: 2024...2025, zone: rules)
    #expect(starts.count == 105)
    #expect(starts.allSatisfy { rules.date(at: $0).isoWeekday == 1 })
    #expect(starts.first?.description == "2023-12-31T23:00:00Z")
    let lengths = Set(zip(starts, starts.dropFirst()).map { $1 - $0 })
    #expect(lengths == [.hours(167), .hours(168), .hours(169)])
  }

  @Test("every moment lies in the period that begins before it and ends after it", arguments: KnownZone.allCases)
  func containing(_ zone: KnownZone) throws {
    let rules = try zone.rules
    for period in CalendarPeriod.allCases {
      let starts = period.starts(inYears: 2010...2030, zone: rules)
      for (start, end) in zip(starts, starts.dropFirst()) {
        for moment in [start, start + .seconds(1), end - .seconds(1)] {
          #expect(period.start(containing: moment, in: rules) == start)
          #expect(period.end(containing: moment, in: rules) == end)
        }
      }
    }
  }

  @Test("no period is shorter or longer than it says, changes of the clock aside", arguments: CalendarPeriod.allCases)
  func lengths(_ period: CalendarPeriod) {
    let starts = period.starts(inYears: 1999...2030, zone: .utc)
    let lengths = zip(starts, starts.dropFirst()).map { $1 - $0 }
    #expect(lengths.min() == period.shortestLength)
    #expect(lengths.max() == period.longestLength)
    #expect(period.nominalLength >= period.shortestLength)
    #expect(period.nominalLength <= period.longestLength)
  }

  @Test("a month that begins twice begins the first time")
  func repeatedMidnight() throws {
    // On 1 November 2026 clocks go back from 00:30 to 23:30 of the day before.
    let fixture = TimeZoneFixture(
      firstOffset: 3_600,
      changes: [("2026-10-31T23:30:00Z", 0)],
      footer: "<+00>0"
    )
    let rules = try TimeZoneRules(tzif: fixture.bytes)
    let start = try Instant(reading: "2026-10-31T23:00:00Z")
    for later in [0, 1_799, 1_800, 3_599, 3_600] {
      #expect(CalendarPeriod.month.start(containing: start + .seconds(later), in: rules) == start)
    }
    #expect(CalendarPeriod.month.end(containing: start - .seconds(1), in: rules) == start)
  }

  @Test(
    "a quarter of a year",
    arguments: [("2026-Q1", "2026-Q1", 0), ("2026-Q4", "2026-Q4", 3), ("2027-Q2", "2027-Q2", 5)]
  )
  func quarterNames(_ text: String, printed: String, later: Int) throws {
    let quarter = try CalendarQuarter(reading: text)
    #expect(quarter.description == printed)
    #expect(try CalendarQuarter(reading: "2026-Q1").quarters(until: quarter) == later)
    #expect(try CalendarQuarter(containing: CalendarDate(reading: "2026-12-31")).description == "2026-Q4")
  }

  @Test(
    "what is no quarter is told apart",
    arguments: [
      Slip("2026-Q5", .outOfRange, "2026-Q5", "there is no quarter '2026-Q5': a year has Q1 to Q4", nil),
      Slip("2026Q1", .malformed, "2026Q1", "'2026Q1' is not a quarter such as 2026-Q1", "2026-Q1"),
      Slip("Q3 2026", .malformed, "Q3 2026", "'Q3 2026' is not a quarter such as 2026-Q1", "2026-Q3"),
      Slip("2026-q2", .malformed, "2026-q2", "'2026-q2' is not a quarter such as 2026-Q1", "2026-Q2"),
      Slip("2026", .malformed, "2026", "'2026' is not a quarter such as 2026-Q1", nil),
    ]
  )
  func quarterSlips(_ slip: Slip) {
    slip.expect(CalendarQuarter.self)
  }
}
