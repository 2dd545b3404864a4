import Foundation
import PlanModel
import Quantities
import Testing

@testable import Emitters

@Suite("Mute times")
struct MuteTimesTests {
  /// Whether Alertmanager takes a moment for part of an interval; `zone` is that of the interval.
  private func contains(_ interval: MuteInterval, unixSeconds: Int64) throws -> Bool {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: interval.zone))
    let date = Date(timeIntervalSince1970: TimeInterval(unixSeconds))
    let parts = calendar.dateComponents([.year, .month, .day, .weekday, .hour, .minute], from: date)
    let minute = try #require(parts.hour) * 60 + #require(parts.minute)
    let weekdays: [Weekday] = [.sunday, .monday, .tuesday, .wednesday, .thursday, .friday, .saturday]
    let weekday = weekdays[try #require(parts.weekday) - 1]
    return try (interval.times.isEmpty || interval.times.contains { $0.contains(minute) })
      && (interval.weekday ?? weekday) == weekday
      && interval.daysOfMonth?.contains(#require(parts.day)) ?? true
      && interval.months?.contains(#require(parts.month)) ?? true
      && interval.years?.contains(#require(parts.year)) ?? true
  }

  @Test(
    "a one-off window covers its first and its last minute and nothing beside them",
    arguments: [
      ("2026-12-05T02:00:00Z", "3h"), ("2026-12-05T22:00:00Z", "4h"), ("2026-12-05T00:00:00Z", "1d"),
      ("2026-12-31T23:30:00Z", "1h"), ("2026-12-30T12:00:00Z", "3d"), ("2028-02-28T00:00:00Z", "2d"),
      ("2026-03-15T05:00:00Z", "100d"), ("2026-11-30T23:59:00Z", "900d"), ("2026-01-01T00:00:00Z", "365d"),
      ("2026-01-01T00:00:00Z", "31d"), ("2026-12-05T02:00:30Z", "61s"), ("1969-12-31T23:00:00Z", "2h"),
    ]
  )
  func once(_ start: String, _ duration: String) throws {
    let start = try Instant(reading: start)
    let end = start + (try TimeSpan(reading: duration))
    let intervals = MuteTimes.intervals(of: .once(start: start, duration: try TimeSpan(reading: duration)))
    let length = end.unixSeconds - start.unixSeconds
    // A stride that is no divisor of a day meets every minute of it in long windows.
    for moment in Array(stride(from: start.unixSeconds, to: end.unixSeconds, by: max(1, Int(length) / 997))) + [
      end.unixSeconds - 1
    ] {
      let holding = try intervals.filter { try contains($0, unixSeconds: moment) }
      #expect(holding.count == 1, "\(Instant(unixSeconds: moment)) in \(intervals)")
    }
    // Minutes that the window touches are covered in full.
    let before = start.unixSeconds - start.unixSeconds % 60 - 1
    let after = end.unixSeconds % 60 == 0 ? end.unixSeconds : end.unixSeconds + 60
    for moment in [before, after] {
      #expect(try !intervals.contains { try contains($0, unixSeconds: moment) }, "\(Instant(unixSeconds: moment))")
    }
    #expect(intervals.count <= 7)
  }

  @Test(
    "a recurring window covers the stretch after its start in its own zone, and no more",
    arguments: [
      (MaintenanceWindow.weekly(.sunday, minute: 120, duration: .hours(3), zone: "Europe/Berlin"), 2, 3),
      (.weekly(.saturday, minute: 1_380, duration: .hours(3), zone: "America/New_York"), 1, 3),
      (.weekly(.friday, minute: 1_080, duration: .hours(60), zone: "UTC"), 0, 60),
      (.weekly(.sunday, minute: 0, duration: .hours(24), zone: "Asia/Kolkata"), 2, 24),
      (.daily(minute: 1_380, duration: .hours(2), zone: "Europe/Berlin"), 0, 2),
      (.daily(minute: 1_380, duration: .hours(1), zone: "Asia/Tokyo"), 0, 1),
    ]
  )
  func recurring(_ window: MaintenanceWindow, daysAfterFriday: Int, hours: Int) throws {
    let (minute, zone) =
      switch window {
      case .weekly(_, let minute, _, let zone), .daily(let minute, _, let zone): (minute, zone)
      case .once: (0, "")
      }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: zone))
    // Friday, 12 June 2026: no clock changes that week.
    let day = DateComponents(year: 2026, month: 6, day: 12 + daysAfterFriday, hour: minute / 60, minute: minute % 60)
    let start = Int64(try #require(calendar.date(from: day)).timeIntervalSince1970)
    let intervals = MuteTimes.intervals(of: window)
    for offset in stride(from: 0, to: Int64(hours) * 3_600, by: 60) {
      #expect(try intervals.filter { try contains($0, unixSeconds: start + offset) }.count == 1, "\(offset) s in")
    }
    for moment in [start - 1, start + Int64(hours) * 3_600] {
      #expect(try !intervals.contains { try contains($0, unixSeconds: moment) }, "\(moment - start) s from the start")
    }
  }

  @Test(
    "a recurring window as long as its period is always",
    arguments: [
      MaintenanceWindow.weekly(.monday, minute: 600, duration: .days(7), zone: "UTC"),
      .daily(minute: 600, duration: .days(1), zone: "UTC"),
    ]
  )
  func always(_ window: MaintenanceWindow) {
    let intervals = MuteTimes.intervals(of: window)
    #expect(intervals == [MuteInterval(zone: "UTC")])
    #expect(
      intervals[0].yaml.text == """
        times:
          - start_time: '00:00'
            end_time: '24:00'
        location: UTC

        """
    )
  }

  @Test("a window across midnight is two stretches of a day")
  func acrossMidnight() throws {
    let window = MaintenanceWindow.weekly(.saturday, minute: 1_380, duration: .hours(3), zone: "Europe/Berlin")
    #expect(
      MuteTimes.intervals(of: window) == [
        MuteInterval(times: [1_380..<1_440], weekday: .saturday, zone: "Europe/Berlin"),
        MuteInterval(times: [0..<120], weekday: .sunday, zone: "Europe/Berlin"),
      ]
    )
  }

  @Test(
    "an empty window mutes nothing",
    arguments: [
      MaintenanceWindow.once(start: Instant(unixSeconds: 0), duration: .zero),
      .weekly(.monday, minute: 0, duration: .zero, zone: "UTC"), .daily(minute: 0, duration: .zero, zone: "UTC"),
    ]
  )
  func empty(_ window: MaintenanceWindow) {
    #expect(MuteTimes.intervals(of: window).isEmpty)
  }
}
