import Quantities
import TestSupport
import Testing

@Suite("Lengths of time")
struct TimeSpanTests {
  @Test(
    "a duration reads exactly and prints in its shortest form",
    arguments: [
      ("150ms", 150_000, "150ms"), ("15s", 15_000_000, "15s"), ("2m", 120_000_000, "2m"),
      ("1h30m", 5_400_000_000, "1h30m"), ("7d", 604_800_000_000, "7d"), ("2w", 1_209_600_000_000, "14d"),
      ("30d", 2_592_000_000_000, "30d"), ("1y", 31_536_000_000_000, "365d"), ("90m", 5_400_000_000, "1h30m"),
      ("36h", 129_600_000_000, "1d12h"), ("0.5s", 500_000, "500ms"), ("1.5h", 5_400_000_000, "1h30m"),
      ("2500ms", 2_500_000, "2s500ms"), ("0.001ms", 1, "1us"), ("5us", 5, "5us"), ("5µs", 5, "5us"), ("5μs", 5, "5us"),
      ("1d2h3m4s5ms6us", 93_784_005_006, "1d2h3m4s5ms6us"), ("0s", 0, "0s"), ("0d", 0, "0s"),
      (" 5m ", 300_000_000, "5m"),
      ("1_000ms", 1_000_000, "1s"), ("36500d", 3_153_600_000_000_000, "36500d"),
      ("100y", 3_153_600_000_000_000, "36500d"),
    ] as [(String, Int64, String)]
  )
  func reading(_ text: String, microseconds: Int64, printed: String) throws {
    let span = try TimeSpan(reading: text)
    #expect(span.microseconds == microseconds)
    #expect(span.description == printed)
    #expect(try TimeSpan(reading: printed) == span)
  }

  @Test(
    "a slip is answered with the duration that is meant",
    arguments: [
      Slip("15sec", .unknownUnit, "sec", "'sec' is not a unit of time: us, ms, s, m, h, d, w and y are", "15s"),
      Slip("5min", .unknownUnit, "min", "'min' is not a unit of time: us, ms, s, m, h, d, w and y are", "5m"),
      Slip("2 hours", .unknownUnit, "hours", "'hours' is not a unit of time: us, ms, s, m, h, d, w and y are", "2h"),
      Slip("30D", .unknownUnit, "D", "'D' is not a unit of time: us, ms, s, m, h, d, w and y are", "30d"),
      Slip(
        "5 mintues",
        .unknownUnit,
        "mintues",
        "'mintues' is not a unit of time: us, ms, s, m, h, d, w and y are",
        "5m"
      ),
      Slip("1hr30min", .unknownUnit, "hr", "'hr' is not a unit of time: us, ms, s, m, h, d, w and y are", "1h30m"),
      Slip("5x", .unknownUnit, "x", "'x' is not a unit of time: us, ms, s, m, h, d, w and y are", nil),
      Slip("2 months", .unknownUnit, "months", "a duration in 'months' has no fixed length; days have", nil),
      Slip("500ns", .tooPrecise, "ns", "'ns' is finer than a microsecond", nil),
      Slip("0.5us", .tooPrecise, "0.5us", "'0.5us' is finer than a microsecond", nil),
      Slip("30", .missingUnit, "30", "'30' has no unit such as s, m, h or d", nil),
      Slip("1d12", .missingUnit, "12", "'12' has no unit such as s, m, h or d", "1d12h"),
      Slip("1h30", .missingUnit, "30", "'30' has no unit such as s, m, h or d", "1h30m"),
      Slip("10ms5", .missingUnit, "5", "'5' has no unit such as s, m, h or d", nil),
      Slip("15 s", .malformed, " ", "the duration '15 s' has a space in it", "15s"),
      Slip("1h 30m", .malformed, " ", "the duration '1h 30m' has a space in it", "1h30m"),
      Slip("30m1h", .malformed, "1h", "'1h' does not come before 'm' in a duration", "1h30m"),
      Slip("1h2h", .malformed, "2h", "'2h' does not come before 'h' in a duration", nil),
      Slip("-5m", .outOfRange, "-5", "'-5' is below zero, and no duration is", nil),
      Slip("101y", .outOfRange, "101y", "'101y' is longer than 100 years", nil),
      Slip(
        "999999999999999999d",
        .outOfRange,
        "999999999999999999d",
        "'999999999999999999d' is longer than 100 years",
        nil
      ),
      Slip("5m!", .malformed, "!", "'!' after the duration", nil),
      Slip("50%", .missingUnit, "50", "'50' has no unit such as s, m, h or d", nil),
      Slip("0,5s", .notANumber, "0,5", "'0,5' is not written as a number here", "0.5s"),
      Slip(".5s", .notANumber, ".5", "'.5' is not written as a number here", "0.5s"),
      Slip("m", .notANumber, "m", "'m' is not a duration such as 30s, 2h or 7d", nil),
      Slip("1y1w1d1h1m1s1ms1us1s", .malformed, "1s", "'1s' after the duration", nil),
      Slip("", .empty, "", "nothing is written here", nil),
    ]
  )
  func slips(_ slip: Slip) {
    slip.expect(TimeSpan.self)
  }

  @Test("every span prints as one that reads back the same")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<1_000 {
      let scales: [Int64] = [1, 1_000, 1_000_000, 60_000_000, 3_600_000_000]
      let scale = scales.randomElement(using: &random) ?? 1
      let span = TimeSpan(microseconds: Int64.random(in: 0...100_000, using: &random) * scale)
      #expect(try TimeSpan(reading: span.description) == span)
    }
  }

  @Test("arithmetic is exact, rounds halves to even, and stops at the bounds")
  func arithmetic() throws {
    let third = Rational(numerator: 1, denominator: 3)
    #expect(TimeSpan.hours(1) + .minutes(30) == .minutes(90))
    #expect(TimeSpan.minutes(30) - .hours(1) == TimeSpan(microseconds: -1_800_000_000))
    #expect((TimeSpan.minutes(30) - .hours(1)).description == "-30m")
    #expect(TimeSpan.days(30) * (try Rational(reading: "0.001")) == .milliseconds(2_592_000))
    #expect(TimeSpan.seconds(1) * third == TimeSpan(microseconds: 333_333))
    #expect(TimeSpan(microseconds: 5) * Rational(numerator: 1, denominator: 2) == TimeSpan(microseconds: 2))
    #expect(TimeSpan.days(30) / .hours(1) == 720)
    #expect(TimeSpan(microseconds: .max) + .seconds(1) == TimeSpan(microseconds: .max))
    #expect(TimeSpan(microseconds: .min) - .seconds(1) == TimeSpan(microseconds: .min))
    #expect(TimeSpan(microseconds: .max) * .greatest == TimeSpan(microseconds: .max))
    #expect(TimeSpan.days(.max) == TimeSpan(microseconds: .max))
    #expect(TimeSpan(microseconds: .min).description == "-106751991d4h54s775ms808us")
    #expect(TimeSpan.milliseconds(1_500).seconds.decimalText == "1.5")
  }

  @Test("a span says whether PromQL can write it")
  func wholeUnits() {
    #expect(TimeSpan.seconds(90).wholeMilliseconds == 90_000)
    #expect(TimeSpan.seconds(90).wholeSeconds == 90)
    #expect(TimeSpan.milliseconds(1_500).wholeSeconds == nil)
    #expect(TimeSpan(microseconds: 1_500).wholeMilliseconds == nil)
  }
}
