import Foundation
import PromQL
import Quantities
import SpecCatalog
import TestSupport
import Testing

@testable import PlanLowering
@testable import SpecSyntax

@Suite("Clocks")
struct ClockTests {
  @Test("starts that are an even step apart make one run, which goes on for ever")
  func even() {
    let runs = ClockRuns([100, 110, 120], nominalStep: 10).runs
    #expect(runs == [ClockRuns.Run(start: 100, step: 10, end: nil)])
  }

  @Test("a longer step in between has a run of its own")
  func uneven() {
    let runs = ClockRuns([100, 110, 123, 133], nominalStep: 10).runs
    #expect(
      runs == [
        ClockRuns.Run(start: 100, step: 10, end: 110), ClockRuns.Run(start: 110, step: 13, end: 123),
        ClockRuns.Run(start: 123, step: 10, end: nil),
      ]
    )
  }

  @Test("Prometheus finds the start of each period as the calendar has it", arguments: CalendarPeriod.allCases)
  func periodStarts(_ period: CalendarPeriod) throws {
    let berlin = try TimeZoneRules.centralEurope
    let moments = try [
      "2025-01-01T00:00:00+01:00", "2025-03-30T12:00:00+02:00", "2025-03-30T23:59:00+02:00",
      "2026-10-25T03:30:00+01:00", "2026-11-01T00:00:00+01:00", "2031-06-30T23:59:59+02:00",
      "2036-02-29T12:00:00+01:00", "2040-12-31T23:59:59+01:00",
    ].map { try Instant(reading: $0) }
    let start = PeriodStart(period: period, zone: "Europe/Berlin").found(by: berlin)
    var play = ClockPlay()
    for moment in moments {
      let expected = period.start(containing: moment, in: berlin)
      // The calendar's first week of 2025 began in 2024, before the first start that is compiled.
      guard expected >= (try Instant(reading: "2024-12-31T23:00:00Z")) else { continue }
      try play.expect(start, at: moment, Double(expected.unixSeconds))
    }
    try play.verify()
  }

  @Test("a weekly window is open by the clock on the wall, in summer and in winter")
  func weekly() throws {
    let berlin = try TimeZoneRules.centralEurope
    let starts = ClockRuns.starts(on: .sunday, at: TimeOfDay(hour: 2, minute: 0), in: berlin)
    var play = ClockPlay()
    for (moment, open) in [
      ("2025-07-06T01:59:59+02:00", 0.0), ("2025-07-06T02:00:00+02:00", 1), ("2025-07-06T03:59:59+02:00", 1),
      ("2025-07-06T04:00:00+02:00", 0), ("2025-12-07T02:00:00+01:00", 1), ("2025-12-07T01:00:00+01:00", 0),
      ("2025-12-06T02:30:00+01:00", 0), ("2045-07-02T03:00:00+02:00", 1),
    ] {
      try play.expect(starts.isWithin(.hours(2)), at: try Instant(reading: moment), open)
    }
    try play.verify()
  }
}

/// Expressions of the time alone, evaluated by promtool as if it were another time.
private struct ClockPlay {
  private var expectations: [(query: String, value: Double)] = []

  mutating func expect(_ expression: PromQLExpression, at moment: Instant, _ value: Double) throws {
    let frozen = expression.rewritten { expression in
      guard case .call(let call) = expression, call.function == .time else { return expression }
      return .instant(moment.unixSeconds)
    }
    expectations.append(("\(frozen)", value))
  }

  func verify(sourceLocation: SourceLocation = #_sourceLocation) throws {
    var lines = ["tests:", "  - interval: 1m", "    promql_expr_test:"]
    for expectation in expectations {
      lines.append("      - expr: '\(expectation.query)'")
      lines.append("        exp_samples: [{ labels: '{}', value: \(Int(expectation.value)) }]")
    }
    let verdict = try Promtool.run(["test", "rules", "test.yaml"], files: ["test.yaml": lines.joined(separator: "\n")])
    #expect(verdict.passes, "\(verdict.output)", sourceLocation: sourceLocation)
  }
}

extension TimeZoneRules {
  /// Berlin's clocks as they have changed since 1996, from the bytes of a time zone file (RFC 8536).
  static var centralEurope: TimeZoneRules {
    get throws {
      func header(types: UInt8) -> [UInt8] {
        Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15 + 16) + [0, 0, 0, types, 0, 0, 0, 4]
      }
      let type: [UInt8] = [0, 0, 0x0E, 0x10, 0, 0] + Array("CET\0".utf8)
      let footer = Array("\nCET-1CEST,M3.5.0,M10.5.0/3\n".utf8)
      return try TimeZoneRules(tzif: header(types: 1) + type + header(types: 1) + type + footer)
    }
  }
}
