import Quantities
import SpecCatalog
import Testing

@testable import PlanLowering

/// Calendar windows as Prometheus evaluates them, played from days before a change of the clocks to days after the month.
@Suite("Calendar windows")
struct CalendarWindowTests {
  private func fixture(over window: String) throws -> CatalogFixture {
    var fixture = CatalogFixture()
    fixture.catalog.settings.interval = .minutes(30)
    fixture.catalog.settings.scrapeInterval = .minutes(30)
    fixture.catalog.settings.gap = .hours(2)
    fixture.indicator(try .failures())
    _ = try fixture.objective(over: window)
    return fixture
  }

  @Test(
    "a window holds what its period has counted, begins anew by the clock on the wall, and forgets nothing within",
    arguments: [
      // Clocks go back within: its eight days have 193 hours.
      ("calendar month in Europe/Berlin", "2026-10-23T22:00:00Z", hours: 193),
      // Clocks go back on Sunday: its two days have 49 hours.
      ("calendar week in Europe/Berlin", "2026-10-23T22:00:00Z", hours: 49),
      // Clocks go forward on the last Sunday of a quarter: three days and a hour less are left of it.
      ("calendar quarter in Europe/Berlin", "2026-03-28T23:00:00Z", hours: 71),
      // A leap day.
      ("calendar month in UTC", "2028-02-28T00:00:00Z", hours: 48),
    ]
  )
  func window(_ window: String, begin: String, hours: Int) throws {
    let zone = try TimeZoneRules.centralEurope
    var run = RuleRun(
      try fixture(over: window).catalog,
      everyMinutes: 30,
      startingAt: try Instant(reading: begin),
      zones: { $0 == "UTC" ? .utc : zone }
    )
    run.series(#"up{job="shop",instance="a"}"#, "1x500")
    run.series(#"http_requests_total{job="shop",instance="a",code="200"}"#, "0+9x500")
    run.series(#"http_requests_total{job="shop",instance="a",code="500"}"#, "0+1x500")
    // Every half-hour adds ten events; the one at the change is the new period's.
    let change = hours * 60
    for (minute, events) in [(change - 30, hours * 20 - 10), (change, 10), (change + 30, 20), (change + 300, 110)] {
      run.expect("sum(slo:total:window)", Double(events), at: minute)
      run.expect("sum(slo:bad:window)", Double(events / 10), at: minute)
    }
    try run.verify()
  }
}
