import Quantities
import Testing

@Suite("Counts")
struct CountTests {
  @Test(
    "a count reads, and prints in groups of three",
    arguments: [
      ("500_000", 500_000, "500_000"), ("10000 MAU", 10_000, "10_000 MAU"), ("0", 0, "0"), ("1_000", 1_000, "1000"),
      ("999999999999999999", 999_999_999_999_999_999, "999_999_999_999_999_999"), ("3 failures", 3, "3 failures"),
      ("5.0", 5, "5"), ("12 Aufträge", 12, "12 Aufträge"),
    ]
  )
  func reading(_ text: String, value: Int, printed: String) throws {
    let count = try Count(reading: text)
    #expect(count.value == value)
    #expect(count.description == printed)
    #expect(try Count(reading: printed) == count)
  }

  @Test(
    "what is no count is told apart",
    arguments: [
      Slip("2.5", .tooPrecise, "2.5", "'2.5' is not a whole number", nil),
      Slip("-1", .outOfRange, "-1", "'-1' is below zero", nil),
      Slip("500,000", .notANumber, "500,000", "'500,000' is not written as a number here", "500_000"),
      Slip("500k", .unknownUnit, "k", "'k' is not written for a number of zeros", "500_000"),
      Slip("2M", .unknownUnit, "M", "'M' is not written for a number of zeros", "2_000_000"),
      Slip("5 Mbps", .wrongUnit, "Mbps", "'Mbps' makes it a data rate, not a count", nil),
      Slip("5%", .wrongUnit, "%", "'%' makes it a share, not a count", nil),
      Slip("5s", .wrongUnit, "s", "'s' makes it a duration, not a count", nil),
      Slip("5 per month", .malformed, "per month", "'per month' after the count", nil),
      Slip("5 \u{202E}x", .malformed, "\u{202E}x", "'\\u{202E}x' after the count", nil),
      Slip("many", .notANumber, "many", "'many' is not a number", nil),
    ]
  )
  func slips(_ slip: Slip) {
    slip.expect(Count.self)
  }

  @Test("what is counted is a remark")
  func equality() throws {
    #expect(try Count(reading: "5 MAU") == Count(reading: "5"))
    #expect(Count(-1) == nil)
  }
}

@Suite("Rates of events")
struct EventRateTests {
  @Test(
    "a rate reads, and prints as people say it",
    arguments: [
      ("10/h", "10", .hours(1), "10/h"), ("500_000 per month", "500000", .days(30), "500_000 per month"),
      ("500000/month", "500000", .days(30), "500_000 per month"), ("10 per hour", "10", .hours(1), "10/h"),
      ("1.5 / m", "1.5", .minutes(1), "1.5/m"), ("100 rps", "100", .seconds(1), "100 requests/s"),
      ("120 requests/s", "120", .seconds(1), "120 requests/s"), ("3 per 5m", "3", .minutes(5), "3/5m"),
      ("83/day", "83", .days(1), "83 per day"), ("83/d", "83", .days(1), "83 per day"),
      ("7/w", "7", .weeks(1), "7 per week"),
      ("1 per quarter", "1", .days(90), "1 per quarter"), ("12 songs per year", "12", .days(365), "12 songs per year"),
      ("0/h", "0", .hours(1), "0/h"), ("5 Hz", "5", .seconds(1), "5/s"),
    ] as [(String, String, TimeSpan, String)]
  )
  func reading(_ text: String, count: String, span: TimeSpan, printed: String) throws {
    let rate = try EventRate(reading: text)
    #expect(rate.count.decimalText == count)
    #expect(rate.span == span)
    #expect(rate.description == printed)
    #expect(try EventRate(reading: printed) == rate)
  }

  @Test("events in a span are not rounded")
  func events() throws {
    #expect(try EventRate(reading: "10/h").events(in: .minutes(5)) == Rational(numerator: 5, denominator: 6))
    #expect(try EventRate(reading: "500_000 per month").events(in: .days(7)).decimalText == "116666.66666666666666667")
    #expect(try EventRate(reading: "500_000 per month").events(in: .days(30)) == 500_000)
  }

  @Test("rates that are equally fast are equal")
  func equality() throws {
    #expect(try EventRate(reading: "60/h") == EventRate(reading: "1/m"))
    #expect(try EventRate(reading: "60/h").hashValue == EventRate(reading: "1/m").hashValue)
    #expect(try EventRate(reading: "61/h") > EventRate(reading: "1/m"))
    #expect(EventRate(-1, per: .hours(1)) == nil)
    #expect(EventRate(1, per: .zero) == nil)
  }

  @Test(
    "what is no rate of events is told apart",
    arguments: [
      Slip("10", .missingUnit, "10", "'10' does not say per what, as in '10/h'", nil),
      Slip("10 failures", .missingUnit, "failures", "'failures' does not say per what, as in '10/h'", nil),
      Slip("10/", .missingUnit, "", "the rate does not say per what", nil),
      Slip(
        "10/hr",
        .unknownUnit,
        "hr",
        "'hr' is not a period: s, m, h, day, week, month, quarter and year are",
        "10/h"
      ),
      Slip(
        "10 per months",
        .unknownUnit,
        "months",
        "'months' is not a period: s, m, h, day, week, month, quarter and year are",
        "10 per month"
      ),
      Slip(
        "10/fortnight",
        .unknownUnit,
        "fortnight",
        "'fortnight' is not a period: s, m, h, day, week, month, quarter and year are",
        nil
      ),
      Slip("10/0s", .outOfRange, "0s", "a rate per '0s' is per nothing", nil),
      Slip(
        "3 per 5min",
        .unknownUnit,
        "min",
        "'min' is not a unit of time: us, ms, s, m, h, d, w and y are",
        "3 per 5m"
      ),
      Slip("-1/h", .outOfRange, "-1", "'-1' is below zero", nil),
      Slip("5 Mbps", .wrongUnit, "Mbps", "'Mbps' makes it a data rate, not a count", nil),
      Slip("30s/h", .wrongUnit, "s", "'s' makes it a duration, not a count", nil),
      Slip("1,000 per mnth", .notANumber, "1,000", "'1,000' is not written as a number here", "1_000 per month"),
      Slip("500k/month", .unknownUnit, "k", "'k' is not written for a number of zeros", "500_000/month"),
    ]
  )
  func slips(_ slip: Slip) {
    slip.expect(EventRate.self)
  }
}

@Suite("Time lost per time")
struct TimeRateTests {
  @Test(
    "time per time is a share",
    arguments: [
      ("30s/h", "30s/h", "1/120"), ("43m12s per month", "43m12s per month", "1/1000"),
      ("2m per day", "2m per day", "1/720"),
      ("500ms / 5m", "500ms/5m", "1/600"), ("1h/h", "1h/h", "1/1"), ("0s/h", "0s/h", "0/1"),
    ]
  )
  func reading(_ text: String, printed: String, share: String) throws {
    let rate = try TimeRate(reading: text)
    #expect(rate.description == printed)
    #expect(rate.share == Rational(fraction: share))
    #expect(try TimeRate(reading: printed) == rate)
  }

  @Test("time lost in another span, and equal shares")
  func arithmetic() throws {
    #expect(try TimeRate(reading: "30s/h").time(in: .days(1)) == .minutes(12))
    #expect(try TimeRate(reading: "30s/h") == TimeRate(reading: "12m per day"))
    #expect(try TimeRate(reading: "31s/h") > TimeRate(reading: "12m per day"))
    #expect(TimeRate(.hours(2), per: .hours(1)) == nil)
  }

  @Test(
    "what is no time per time is told apart",
    arguments: [
      Slip("30s", .missingUnit, "30s", "'30s' does not say per what, as in '30s/h'", nil),
      Slip("10/h", .missingUnit, "10", "'10' has no unit such as s, m, h or d", nil),
      Slip("2h/h", .outOfRange, "2h/h", "'2h/h' is more time than passes", nil),
      Slip("30 sec/h", .unknownUnit, "sec", "'sec' is not a unit of time: us, ms, s, m, h, d, w and y are", "30s/h"),
    ]
  )
  func slips(_ slip: Slip) {
    slip.expect(TimeRate.self)
  }
}
