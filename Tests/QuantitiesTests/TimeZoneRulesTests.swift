import Foundation
import Quantities
import Testing

@Suite("Time zones")
struct TimeZoneRulesTests {
  @Test(
    "a day begins when its clocks say so, computed elsewhere from the database of 2025",
    arguments: [
      (.berlin, "2015-03-29", "2015-03-28T23:00:00Z"), (.berlin, "2015-03-30", "2015-03-29T22:00:00Z"),
      (.berlin, "2016-10-31", "2016-10-30T23:00:00Z"), (.berlin, "2024-02-29", "2024-02-28T23:00:00Z"),
      (.berlin, "2026-04-01", "2026-03-31T22:00:00Z"), (.berlin, "2099-07-01", "2099-06-30T22:00:00Z"),
      (.saoPaulo, "2017-02-19", "2017-02-19T03:00:00Z"), (.saoPaulo, "2018-11-04", "2018-11-04T03:00:00Z"),
      (.saoPaulo, "2030-11-04", "2030-11-04T03:00:00Z"), (.cairo, "2023-04-28", "2023-04-27T22:00:00Z"),
      (.cairo, "2026-04-24", "2026-04-23T22:00:00Z"), (.cairo, "2026-10-30", "2026-10-29T22:00:00Z"),
      (.cairo, "2026-11-01", "2026-10-31T22:00:00Z"), (.lordHowe, "2025-10-05", "2025-10-04T13:30:00Z"),
      (.lordHowe, "2025-10-06", "2025-10-05T13:00:00Z"), (.lordHowe, "2025-04-07", "2025-04-06T13:30:00Z"),
      (.nuuk, "2026-03-29", "2026-03-29T01:00:00Z"), (.nuuk, "2026-10-25", "2026-10-25T02:00:00Z"),
      (.nuuk, "2026-10-24", "2026-10-24T01:00:00Z"), (.dublin, "2026-07-01", "2026-06-30T23:00:00Z"),
      (.dublin, "2026-12-01", "2026-12-01T00:00:00Z"), (.apia, "2011-12-29", "2011-12-29T10:00:00Z"),
      (.apia, "2011-12-30", "2011-12-30T10:00:00Z"), (.apia, "2011-12-31", "2011-12-30T10:00:00Z"),
      (.apia, "2012-01-01", "2011-12-31T10:00:00Z"), (.kolkata, "2026-01-01", "2025-12-31T18:30:00Z"),
    ] as [(KnownZone, String, String)]
  )
  func dayStarts(_ zone: KnownZone, day: String, start: String) throws {
    let rules = try zone.rules
    let instant = rules.start(of: try CalendarDate(reading: day))
    #expect(instant.description == start)
    #expect(rules.date(at: instant - .seconds(1)) < rules.date(at: instant))
  }

  @Test("every moment of four years lies in the day whose start and end are around it", arguments: KnownZone.allCases)
  func daysCoverTime(_ zone: KnownZone) throws {
    let rules = try zone.rules
    var day = try CalendarDate(reading: "2025-12-31")
    for _ in 0..<1_461 {
      let (start, end) = (rules.start(of: day), rules.start(of: day.adding(days: 1)))
      #expect(start < end)
      #expect(rules.date(at: start) == day)
      #expect(rules.date(at: end - .seconds(1)) == day)
      day = day.adding(days: 1)
    }
  }

  @Test(
    "other forms of the rule in a file's last line",
    arguments: [
      // The 60th day without leap days is the first of March in every year.
      ("AAA0BBB,J60,J300", "2028-03-01T01:59:59Z", 0), ("AAA0BBB,J60,J300", "2028-03-01T02:00:00Z", 3_600),
      ("AAA0BBB,J60,J300", "2027-03-01T02:00:00Z", 3_600), ("AAA0BBB,J60,J300", "2027-02-28T23:00:00Z", 0),
      // Day 59 from 0 is the 29th of February in leap years.
      ("AAA0BBB,59,300", "2028-02-29T02:00:00Z", 3_600), ("AAA0BBB,59,300", "2027-02-28T23:00:00Z", 0),
      ("AAA0BBB,59,300", "2027-03-01T02:00:00Z", 3_600),
      ("<+0330>-3:30:15", "2028-01-01T00:00:00Z", 12_615), ("AAA+5", "2028-01-01T00:00:00Z", -18_000),
      ("AAA0BBB-2,M1.1.1/167,M12.1.0", "2028-01-09T22:59:59Z", 0),
      ("AAA0BBB-2,M1.1.1/167,M12.1.0", "2028-01-09T23:00:00Z", 7_200),
    ]
  )
  func rules(_ footer: String, moment: String, offset: Int) throws {
    let rules = try TimeZoneRules(tzif: TimeZoneFixture(firstOffset: 0, changes: [], footer: footer).bytes)
    #expect(rules.offset(at: try Instant(reading: moment)) == offset)
  }

  @Test(
    "a rule of another form is refused",
    arguments: [
      "X", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
      "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.5.0/168,M10.5.0", "CET-99", "<CET-1", "CET-1CEST,J0,J366",
      "CET-1CEST,M3.5.0,M10.5.0/3 ", "CET-1:60", "-1", "CET-1CEST,99999999999999999999,0",
    ]
  )
  func unknownRules(_ footer: String) throws {
    let bytes = try TimeZoneFixture(firstOffset: 0, changes: [], footer: footer).bytes
    #expect(throws: TimeZoneFileError.unknownRule(footer)) { try TimeZoneRules(tzif: bytes) }
  }

  @Test("a file that is cut short anywhere is refused, and so is one with any byte changed or at least nothing traps")
  func hostileFiles() throws {
    let bytes = try KnownZone.berlin.fixture.bytes
    for length in 0..<bytes.count {
      #expect(throws: TimeZoneFileError.self) { try TimeZoneRules(tzif: bytes.prefix(length)) }
    }
    for index in bytes.indices {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var changed = bytes
        changed[index] ^= change
        do {
          let rules = try TimeZoneRules(tzif: changed)
          let start = rules.start(of: try CalendarDate(reading: "2026-03-29"))
          #expect(abs(start.unixSeconds - 1_774_738_800) <= 2 * 86_400)
        } catch let error as TimeZoneFileError {
          #expect(!error.description.isEmpty)
        }
      }
    }
  }

  @Test("what a file gets wrong is said")
  func fileErrors() throws {
    var fixture = KnownZone.berlin.fixture
    #expect(throws: TimeZoneFileError.notTZif) { try TimeZoneRules(tzif: Array("hello".utf8)) }
    fixture.version = 0
    #expect(throws: TimeZoneFileError.outdatedVersion) { try TimeZoneRules(tzif: fixture.bytes) }
    fixture.version = 0x33
    fixture.changes.reverse()
    #expect(throws: TimeZoneFileError.inconsistent("changes out of order")) { try TimeZoneRules(tzif: fixture.bytes) }
    fixture.changes = [("2015-03-29T01:00:00Z", 7_200_000)]
    #expect(throws: TimeZoneFileError.inconsistent("an offset of more than a day")) {
      try TimeZoneRules(tzif: fixture.bytes)
    }
  }

  @Test("the far past and future are days too")
  func extremes() throws {
    let berlin = try KnownZone.berlin.rules
    #expect(berlin.offset(at: Instant(unixSeconds: .min)) == 3_600)
    #expect([3_600, 7_200].contains(berlin.offset(at: Instant(unixSeconds: .max))))
    #expect(berlin.date(at: Instant(unixSeconds: .max)).year > 200_000_000)
    let last = try CalendarDate(reading: "9999-12-31")
    #expect(berlin.start(of: last).description == "9999-12-30T23:00:00Z")
  }

  @Test(
    "names of zones have the form of those in the database and lead nowhere else",
    arguments: [
      ("Europe/Berlin", true), ("UTC", true), ("Etc/GMT+5", true), ("America/Argentina/Buenos_Aires", true),
      ("America/Port-au-Prince", true), ("../etc/passwd", false), ("/etc/passwd", false), ("Europe/../x", false),
      ("Europe//Berlin", false), ("Europe/", false), ("", false), ("Europe/Ber lin", false), ("Europe\\Berlin", false),
      ("Zürich", false), (String(repeating: "a", count: 65), false), ("Europe/Berlin\0", false), (".hidden", false),
      ("Etc/-5", false),
    ]
  )
  func names(_ name: String, isName: Bool) {
    #expect(TimeZoneRules.isName(Array(name.utf8)) == isName)
  }

  @Test("the files of this system say what its calendar says", .enabled(if: SystemZones.areThere))
  func systemFiles() throws {
    for name in SystemZones.names {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(SystemZones.folder)/\(name)"))
      let rules = try TimeZoneRules(tzif: bytes)
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = try #require(TimeZone(identifier: name))
      for (month, start) in zip(0..., CalendarPeriod.month.starts(inYears: 1980...2030, zone: rules)) {
        let components = DateComponents(year: 1980 + month / 12, month: month % 12 + 1, day: 1)
        let expected = try #require(calendar.date(from: components))
        #expect(start.unixSeconds == Int64(expected.timeIntervalSince1970))
      }
    }
  }
}

private enum SystemZones {
  static let folder = "/usr/share/zoneinfo"
  /// Zones whose rules have long been the same in every edition of the database.
  static let names = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "Asia/Kolkata", "UTC"]

  static var areThere: Bool {
    names.allSatisfy { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
  }
}
