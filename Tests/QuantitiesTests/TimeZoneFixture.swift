import Quantities

/// The bytes of a time zone file, from what it says.
struct TimeZoneFixture {
  var firstOffset: Int32
  var changes: [(at: String, offset: Int32)]
  var footer: String
  var version: UInt8 = 0x32
  var leapSeconds: UInt32 = 0

  var bytes: [UInt8] {
    get throws {
      let times = try changes.map { try Instant(reading: $0.at).unixSeconds }
      return header(times: 0, types: 1) + bigEndian(Int32(0)) + [0, 0, 0x58, 0]
        + header(times: UInt32(times.count), types: UInt32(times.count + 1))
        + times.flatMap { bigEndian($0) } + (0..<times.count).map { UInt8($0 + 1) }
        + ([firstOffset] + changes.map(\.offset)).flatMap { bigEndian($0) + [0, 0] }
        + [0x58, 0] + Array("\n\(footer)\n".utf8)
    }
  }

  private func header(times: UInt32, types: UInt32) -> [UInt8] {
    Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
      + [0, 0, leapSeconds, times, types, 2].flatMap { bigEndian($0) }
  }

  private func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }
}

/// Zones with something unusual, each with enough of its past for the tests and its rule for the future.
enum KnownZone: String, CaseIterable, Sendable {
  case berlin
  /// Its summer began at midnight, which the clocks skipped.
  case saoPaulo
  /// Summer ends at 24:00, an hour that the day then has twice.
  case cairo
  /// Half an hour of summer time, south of the equator.
  case lordHowe
  /// Changes at one in the morning UTC, which is the evening before there.
  case nuuk
  /// Its winter is written as the exception, an hour back.
  case dublin
  /// It left out 30 December 2011.
  case apia
  case kolkata

  var rules: TimeZoneRules {
    get throws { try TimeZoneRules(tzif: fixture.bytes) }
  }

  var fixture: TimeZoneFixture {
    switch self {
    case .berlin:
      TimeZoneFixture(
        firstOffset: 3_600,
        changes: [("2015-03-29T01:00:00Z", 7_200), ("2015-10-25T01:00:00Z", 3_600)],
        footer: "CET-1CEST,M3.5.0,M10.5.0/3"
      )
    case .saoPaulo:
      TimeZoneFixture(
        firstOffset: -7_200,
        changes: [
          ("2017-02-19T02:00:00Z", -10_800), ("2017-10-15T03:00:00Z", -7_200), ("2018-02-18T02:00:00Z", -10_800),
          ("2018-11-04T03:00:00Z", -7_200), ("2019-02-17T02:00:00Z", -10_800),
        ],
        footer: "<-03>3"
      )
    case .cairo:
      TimeZoneFixture(
        firstOffset: 7_200,
        changes: [("2023-04-27T22:00:00Z", 10_800), ("2023-10-26T21:00:00Z", 7_200)],
        footer: "EET-2EEST,M4.5.5/0,M10.5.4/24"
      )
    case .lordHowe:
      TimeZoneFixture(
        firstOffset: 39_600,
        changes: [("2015-04-04T15:00:00Z", 37_800)],
        footer: "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"
      )
    case .nuuk:
      TimeZoneFixture(
        firstOffset: -7_200,
        changes: [("2024-03-31T01:00:00Z", -3_600), ("2024-10-27T01:00:00Z", -7_200)],
        footer: "<-02>2<-01>,M3.5.0/-1,M10.5.0/0"
      )
    case .dublin:
      TimeZoneFixture(firstOffset: 0, changes: [], footer: "IST-1GMT0,M10.5.0,M3.5.0/1")
    case .apia:
      TimeZoneFixture(
        firstOffset: -39_600,
        changes: [
          ("2011-09-24T14:00:00Z", -36_000), ("2011-12-30T10:00:00Z", 50_400),
          ("2012-03-31T14:00:00Z", 46_800),
        ],
        footer: "<+13>-13"
      )
    case .kolkata:
      TimeZoneFixture(firstOffset: 19_800, changes: [], footer: "IST-5:30")
    }
  }
}
