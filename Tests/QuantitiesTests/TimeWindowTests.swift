import Quantities
import Testing

@Suite("Windows")
struct TimeWindowTests {
  @Test(
    "a window reads, prints as it is written, and has a label for names",
    arguments: [
      ("30d", .rolling(.days(30)), "30d", "30d"), ("4w", .rolling(.days(28)), "28d", "28d"),
      ("calendar month", .calendar(.month), "calendar month", "calendar_month"),
      (
        "calendar  week  in  Europe/Berlin", .calendar(.week, zone: "Europe/Berlin"), "calendar week in Europe/Berlin",
        "calendar_week"
      ),
      ("calendar quarter in UTC", .calendar(.quarter), "calendar quarter", "calendar_quarter"),
      ("calendar year", .calendar(.year), "calendar year", "calendar_year"),
    ] as [(String, TimeWindow, String, String)]
  )
  func reading(_ text: String, window: TimeWindow, printed: String, label: String) throws {
    #expect(try TimeWindow(reading: text) == window)
    #expect(window.description == printed)
    #expect(window.label == label)
    #expect(try TimeWindow(reading: printed) == window)
  }

  @Test(
    "what is no window is answered with the one that is meant",
    arguments: [
      Slip("month", .malformed, "month", "'month' is not a window such as 30d or calendar month", "calendar month"),
      Slip(
        "monthly",
        .malformed,
        "monthly",
        "'monthly' is not a window such as 30d or calendar month",
        "calendar month"
      ),
      Slip(
        "calendar-month",
        .malformed,
        "calendar-month",
        "'calendar-month' is not a window such as 30d or calendar month",
        "calendar month"
      ),
      Slip(
        "Calendar Month",
        .malformed,
        "Calendar Month",
        "'Calendar Month' is not a window such as 30d or calendar month",
        "calendar month"
      ),
      Slip(
        "calender month",
        .malformed,
        "calender month",
        "'calender month' is not a window such as 30d or calendar month",
        "calendar month"
      ),
      Slip("calendar", .malformed, "calendar", "'calendar' is not a window such as 30d or calendar month", nil),
      Slip("calendar mnth", .malformed, "mnth", "'mnth' is not one of week, month, quarter and year", "calendar month"),
      Slip("calendar day", .malformed, "day", "'day' is not one of week, month, quarter and year", nil),
      Slip(
        "calendar month Europe/Berlin",
        .malformed,
        "Europe/Berlin",
        "'Europe/Berlin' after the window",
        "calendar month in Europe/Berlin"
      ),
      Slip("calendar month in", .malformed, "in", "'in' is not followed by a time zone such as Europe/Berlin", nil),
      Slip(
        "calendar month in ../../etc/passwd",
        .malformed,
        "../../etc/passwd",
        "'../../etc/passwd' is not the name of a time zone such as Europe/Berlin",
        nil
      ),
      Slip(
        "calendar month in Europe/Berlin please",
        .malformed,
        "Europe/Berlin please",
        "'Europe/Berlin please' is not the name of a time zone such as Europe/Berlin",
        nil
      ),
      Slip(
        "rolling 30d",
        .malformed,
        "rolling 30d",
        "'rolling 30d' is not a window such as 30d or calendar month",
        "30d"
      ),
      Slip("30", .missingUnit, "30", "'30' has no unit such as s, m, h or d", nil),
      Slip("30 days", .unknownUnit, "days", "'days' is not a unit of time: us, ms, s, m, h, d, w and y are", "30d"),
      Slip("0d", .outOfRange, "0d", "a window of '0d' holds nothing", nil),
      Slip("forever", .malformed, "forever", "'forever' is not a window such as 30d or calendar month", nil),
      Slip("", .empty, "", "a window is missing", nil),
    ]
  )
  func slips(_ slip: Slip) {
    slip.expect(TimeWindow.self)
  }

  @Test(
    "which windows say something about each other",
    arguments: [
      ("30d", "7d", true), ("30d", "calendar month", true), ("31d", "calendar month", true),
      ("32d", "calendar month", false),
      ("7d", "calendar week", true), ("30d", "calendar week", false), ("90d", "calendar quarter", true),
      ("calendar month", "calendar quarter", true), ("calendar month", "calendar year", true),
      ("calendar week", "calendar month", false), ("calendar week", "calendar week", true),
      ("calendar month", "calendar month in Europe/Berlin", false),
      ("calendar month in Europe/Berlin", "calendar year in Europe/Berlin", true),
    ]
  )
  func comparable(_ one: String, other: String, isComparable: Bool) throws {
    let (one, other) = (try TimeWindow(reading: one), try TimeWindow(reading: other))
    #expect(one.isComparable(with: other) == isComparable)
    #expect(other.isComparable(with: one) == isComparable)
  }

  @Test("a calendar window has a nominal length and bounds")
  func lengths() {
    #expect(TimeWindow.calendar(.month).nominalLength == .days(30))
    #expect(TimeWindow.calendar(.month).shortestLength == .days(28))
    #expect(TimeWindow.calendar(.month).longestLength == .days(31))
    #expect(TimeWindow.rolling(.days(7)).shortestLength == .days(7))
    #expect(TimeWindow.rolling(.days(7)).longestLength == .days(7))
    #expect(TimeWindow.rolling(.days(7)).nominalLength == .days(7))
  }
}
