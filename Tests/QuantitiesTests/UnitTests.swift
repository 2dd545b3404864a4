import Quantities
import Testing

@Suite("Units of measure")
struct UnitTests {
  @Test(
    "a unit reads as so many base units",
    arguments: [
      ("s", .time, "1"), ("ms", .time, "0.001"), ("seconds", .time, "1"), ("milliseconds", .time, "0.001"),
      ("ns", .time, "0.000000001"), ("B", .data, "1"), ("bytes", .data, "1"), ("bits", .data, "0.125"),
      ("kB", .data, "1000"), ("KiB", .data, "1024"), ("MB", .data, "1000000"), ("MiB", .data, "1048576"),
      ("TB", .data, "1000000000000"), ("PiB", .data, "1125899906842624"), ("Mbit", .data, "125000"),
      ("Mb", .data, "125000"), ("megabytes", .data, "1000000"), ("Mbps", .dataRate, "125000"),
      ("bits-per-second", .dataRate, "0.125"), ("bytes-per-second", .dataRate, "1"), ("MB/s", .dataRate, "1000000"),
      ("MBps", .dataRate, "1000000"), ("Gbps", .dataRate, "125000000"), ("MiB per minute", .dataRate, "52428.8/3"),
      ("%", .number, "0.01"), ("percent", .number, "0.01"), ("ratio", .number, "1"), ("s/h", .number, "1/3600"),
      ("CPU", .processors, "1"), ("vCPU", .processors, "1"), ("cores", .processors, "1"),
      ("mCPU", .processors, "0.001"),
      ("vCPUh", .processorTime, "3600"), ("requests", .events, "1"), ("rps", .eventRate, "1"),
      ("/h", .eventRate, "1/3600"),
      ("requests/m", .eventRate, "1/60"), ("events per month", .eventRate, "1/2592000"), ("Hz", .eventRate, "1"),
    ] as [(String, Dimension, String)]
  )
  func scales(_ text: String, dimension: Dimension, scale: String) throws {
    let unit = try Unit(reading: text)
    #expect(unit.dimension == dimension)
    let parts = try scale.split(separator: "/").map { try Rational(reading: $0) }
    #expect(unit.scale == parts[0] / (parts.count > 1 ? parts[1] : 1))
  }

  @Test(
    "a misspelt unit is answered with the one that is meant",
    arguments: [
      Slip("mbps", .unknownUnit, "mbps", "'mbps' is not a unit: 'MBps' or 'Mbps' is", nil),
      Slip("KB", .unknownUnit, "KB", "'KB' is not a unit: 'kB' or 'kb' is", nil),
      Slip("gb", .unknownUnit, "gb", "'gb' is not a unit: 'GB' or 'Gb' is", nil),
      Slip("secs", .unknownUnit, "secs", "'secs' is not a unit", "s"),
      Slip("secodns", .unknownUnit, "secodns", "'secodns' is not a unit", "s"),
      Slip(
        "MB/sec",
        .unknownUnit,
        "sec",
        "'sec' is not a period: s, m, h, day, week, month, quarter and year are",
        "MB/s"
      ),
      Slip(
        "bytes per monht",
        .unknownUnit,
        "monht",
        "'monht' is not a period: s, m, h, day, week, month, quarter and year are",
        "bytes per month"
      ),
      Slip("MB/", .missingUnit, "", "the rate does not say per what", nil),
      Slip("bananas", .unknownUnit, "bananas", "'bananas' is not a unit", nil),
      Slip("", .empty, "", "a unit is missing", nil),
    ]
  )
  func slips(_ slip: Slip) {
    slip.expect(Unit.self)
  }

  @Test("a metric may count anything, but a near miss of a unit is a slip")
  func ofMetric() throws {
    #expect(try Unit.ofMetric(WrittenText("songs")).dimension == .events)
    #expect(try Unit.ofMetric(WrittenText("songs")).symbol == "songs")
    #expect(try Unit.ofMetric(WrittenText("milliseconds")).dimension == .time)
    #expect(throws: QuantityError.self) { try Unit.ofMetric(WrittenText("secnds")) }
    #expect(throws: QuantityError.self) { try Unit.ofMetric(WrittenText("two words")) }
    #expect(throws: QuantityError.self) { try Unit.ofMetric(WrittenText("gb")) }
  }

  @Test("dimensions multiply and divide, and know what compares")
  func dimensions() {
    #expect(Dimension.data / .time == .dataRate)
    #expect(Dimension.dataRate * .time == .data)
    #expect(Dimension.time / .time == .number)
    #expect(Dimension.events.isComparable(with: .number))
    #expect(!Dimension.time.isComparable(with: .number))
    #expect(!Dimension.dataRate.isComparable(with: .data))
    #expect(Dimension.eventRate.isComparable(with: .number / .time))
    #expect(!Dimension.events.isComparable(with: .events * .events))
    #expect("\(Dimension.data * .data / .time)" == "a value in B^2/s")
    #expect("\(Dimension.number / .time)" == "a value in 1/s")
    #expect("\(Dimension.dataRate)" == "a data rate")
    #expect(Dimension.dataRate.baseUnitSuffix == "bytes_per_second")
    #expect(Dimension.processors.baseUnitSuffix == nil)
  }
}

@Suite("Measured values")
struct QuantityTests {
  @Test(
    "a quantity is kept in base units and as it was written",
    arguments: [
      ("5 Mbps", .dataRate, "625000"), ("5Mbps", .dataRate, "625000"), ("5 MB/s", .dataRate, "5000000"),
      ("2 TB", .data, "2000000000000"), ("8 MiB", .data, "8388608"), ("0.1", .number, "0.1"), ("70%", .number, "0.7"),
      ("150%", .number, "1.5"), ("-3", .number, "-3"), ("150ms", .time, "0.15"), ("150 ms", .time, "0.15"),
      ("1h30m", .time, "5400"), ("50_000 vCPUh", .processorTime, "180000000"), ("4 cores", .processors, "4"),
      ("500 mCPU", .processors, "0.5"), ("36/h", .eventRate, "0.01"), ("100 requests/s", .eventRate, "100"),
      ("36s/h", .number, "0.01"), ("43m12s", .time, "2592"), ("1.5 GiB", .data, "1610612736"),
      ("100 rps", .eventRate, "100"),
      ("3 events", .events, "3"), ("999999999999999999 EiB", .data, "1152921504606846974847078495393153024"),
    ] as [(String, Dimension, String)]
  )
  func reading(_ text: String, dimension: Dimension, value: String) throws {
    let quantity = try Quantity(reading: text)
    #expect(quantity.dimension == dimension)
    #expect(quantity.value.decimalText == value)
    #expect(quantity.text == text)
  }

  @Test(
    "a value prints in the unit that says it shortest",
    arguments: [
      ("625000 B/s", "5 Mbps"), ("8388608 B", "8 MiB"), ("2000000000000 B", "2 TB"), ("5400s", "1h30m"), ("70%", "70%"),
      ("0.7", "0.7"), ("1000 kB", "1 MB"), ("0.0000001 s", "0.0000001s"), ("50000 vCPUh", "50000 CPUh"), ("0 B", "0 B"),
      ("1500 mCPU", "1.5 CPU"), ("10/h", "10/h"), ("100 requests/m", "100 requests/m"), ("123456789 B", "123456789 B"),
      ("1234567890123 B", "1.235 TB"),
      ("1 bit", "0.125 B"),
    ]
  )
  func readable(_ text: String, printed: String) throws {
    #expect(try Quantity(reading: text).readableText == printed)
  }

  @Test("a number without end is rounded where people read it")
  func rounded() throws {
    #expect(
      Quantity(baseValue: Rational(numerator: 1_000_000, denominator: 3), like: .byte).readableText == "333.333 kB"
    )
    #expect(Quantity(baseValue: Rational(numerator: 1, denominator: 3), like: .processor).readableText == "0.333 CPU")
    #expect(Quantity(baseValue: Rational(numerator: 1, denominator: 3), like: .percent).text == "33.33333333333333333%")
    #expect(Quantity(25, .percent).text == "25%")
    #expect(Quantity(.minutes(90)).text == "1h30m")
  }

  @Test("equal amounts are equal however they are written")
  func equality() throws {
    #expect(try Quantity(reading: "5 Mbps") == Quantity(reading: "625 kB/s"))
    #expect(try Quantity(reading: "70%") == Quantity(reading: "0.7"))
    #expect(try Quantity(reading: "90m") == Quantity(reading: "1h30m"))
    #expect(try Quantity(reading: "1 B") != Quantity(reading: "1s"))
    #expect(try Set([Quantity(reading: "1 MB"), Quantity(reading: "1000 kB")]).count == 1)
  }

  @Test("a quantity is seen as the narrower type that it fits")
  func views() throws {
    #expect(try Quantity(reading: "150ms").timeSpan == .milliseconds(150))
    #expect(try Quantity(reading: "5 ns").timeSpan == nil)
    #expect(try Quantity(reading: "5 B").timeSpan == nil)
    #expect(try Quantity(reading: "70%").ratio?.percentText == "70%")
    #expect(try Quantity(reading: "150%").ratio == nil)
    #expect(try Quantity(reading: "1s").ratio == nil)
    #expect(try Quantity(reading: "8 MiB").amount == 8)
  }

  @Test(
    "what is no quantity is told apart",
    arguments: [
      Slip("5 Mpbs", .unknownUnit, "Mpbs", "'Mpbs' is not a unit", "5 Mbps"),
      Slip("5 MBPS", .unknownUnit, "MBPS", "'MBPS' is not a unit: 'MBps' or 'Mbps' is", nil),
      Slip("2 tb", .unknownUnit, "tb", "'tb' is not a unit: 'TB' or 'Tb' is", nil),
      Slip("5min", .unknownUnit, "min", "'min' is not a unit", "5m"),
      Slip("5 Tbp", .unknownUnit, "Tbp", "'Tbp' is not a unit", nil),
      Slip("5 Mib", .unknownUnit, "Mib", "'Mib' is not a unit", "5 MiB"),
      Slip("1h30", .missingUnit, "30", "'30' has no unit such as s, m, h or d", "1h30m"),
      Slip("-5 MB", .outOfRange, "-5 MB", "'-5 MB' is below zero", nil),
      Slip("10/", .missingUnit, "", "the rate does not say per what", nil),
      Slip(
        "10/hr",
        .unknownUnit,
        "hr",
        "'hr' is not a period: s, m, h, day, week, month, quarter and year are",
        "10/h"
      ),
      Slip("MB", .notANumber, "MB", "'MB' is not a number", nil),
      Slip("1,000 Mbsp", .notANumber, "1,000", "'1,000' is not written as a number here", "1_000 Mbps"),
    ]
  )
  func slips(_ slip: Slip) {
    slip.expect(Quantity.self)
  }
}
