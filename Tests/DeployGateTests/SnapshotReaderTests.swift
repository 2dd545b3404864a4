import Quantities
import StructuredText
import Testing

@testable import DeployGate

@Suite("Reading and printing a snapshot")
struct SnapshotReaderTests {
  static let full = Snapshot(
    takenAt: now,
    source: "prometheus at https://prometheus.example.com",
    isPartial: false,
    warnings: ["a store did not answer"],
    observations: [
      Observation(
        budget: BudgetName("studio/sync", labels: [.init(name: "platform", value: "web \"2\"")]),
        at: now - .seconds(20),
        counts: EventCounts(bad: Rational(numerator: 123_456, denominator: 1_000), total: 1_000_000),
        since: now - .days(12),
        levels: [LevelTrack.Entry(level: "low", since: now - .days(3))],
        burn: [BurnObservation(window: .hours(1), counts: EventCounts(bad: 3, total: 1_200))],
        history: [
          PastObservation(at: now - .days(2), counts: EventCounts(bad: 100, total: 900_000)),
          PastObservation(at: now - .days(1), counts: EventCounts(bad: 110, total: 950_000)),
        ]
      ),
      observation(remaining: 9_000),
    ]
  )

  @Test("what is printed is read back, budgets in the order of their names")
  func roundTrip() throws {
    let read = try Snapshot(reading: Self.full.json.bytes)
    #expect(read.json == Self.full.json)
    #expect(read.observations.map(\.budget.name) == ["studio/availability", "studio/sync"])
    #expect(read.observations.last == Self.full.observations.first)
  }

  @Test("digits beyond what a reader takes are cut, not refused")
  func longDecimals() throws {
    var long = snapshot(observation(remaining: 9_000))
    long.observations[0].counts.bad = Rational(numerator: 1, denominator: 3)
    let read = try Snapshot(reading: long.json.bytes)
    #expect(
      read.observations[0].counts.bad
        == Rational(numerator: 333_333_333_333_333_333, denominator: 1_000_000_000_000_000_000)
    )
  }

  static let faults: [(path: String, value: JSONValue, message: String)] = [
    ("nines", "snapshot/v2", "version 'snapshot/v2' where 'snapshot/v1' is expected"),
    ("takenAt", "yesterday", "'yesterday' is not a date such as 2025-01-15"),
    ("source", "", "an empty string"),
    ("partial", "no", "a string where true or false is expected"),
    ("warnings/0", 1, "a number where a string is expected"),
    ("objectives/0/at", "2026-10-01T12:01:01Z", "'2026-10-01T12:01:01Z' is after '2026-10-01T12:01:00Z'"),
    ("objectives/0/bad", 3, "a number where a string is expected"),
    ("objectives/0/bad", "1e3", "'1e3' is not a decimal of at most 18 digits"),
    ("objectives/0/bad", "-1", "a number below zero"),
    ("objectives/0/total", "NaN", "'NaN' is not a decimal of at most 18 digits"),
    ("objectives/0/total", "+Inf", "'+Inf' is not a decimal of at most 18 digits"),
    ("objectives/0/total", "1000000000000000000000", "'1000000000000000000000' is not a decimal of at most 18 digits"),
    ("objectives/1/labels/platform", 1, "a number where a string is expected"),
    ("objectives/1/labels", [], "a list where an object is expected"),
    ("objectives/1/since", "2026-10-01T12:00:00Z", "'2026-10-01T12:00:00Z' is after '2026-10-01T11:59:40Z'"),
    ("objectives/1/levels/0/since", "2026-10-01T12:00:00Z", "'2026-10-01T12:00:00Z' is after '2026-10-01T11:59:40Z'"),
    ("objectives/1/burn/0/window", "an hour", "'an hour' is not a duration such as 30s, 2h or 7d"),
    ("objectives/1/history/1/at", "2026-09-29T12:00:00Z", "'2026-09-29T12:00:00Z' is not after '2026-09-29T12:00:00Z'"),
  ]

  @Test("what is wrong is told with its place", arguments: faults)
  func told(_ path: String, _ value: JSONValue, _ message: String) throws {
    let parts = path.split(separator: "/").map(String.init)
    let document = Self.full.json.replacing(parts, with: value)
    let place = parts.reduce(DocumentPlace(document: .snapshot)) { place, part in
      Int(part).map(place.element) ?? place.member(part)
    }.path
    #expect(throws: DocumentFault(document: .snapshot, place: place, message: message)) {
      try Snapshot(reading: document.bytes)
    }
  }

  @Test(
    "a budget, a level or a window that is there twice is refused",
    arguments: ["objectives", "objectives/1/levels", "objectives/1/burn"]
  )
  func twice(_ path: String) throws {
    let parts = path.split(separator: "/").map(String.init)
    let list = try #require(Self.full.json.value(at: parts)?.array)
    let doubled = Self.full.json.replacing(parts, with: .array(list + list.suffix(1)))
    #expect(throws: DocumentFault.self) { try Snapshot(reading: doubled.bytes) }
  }

  @Test("only the beginning of recording may be absent, and nothing unknown may be there")
  func members() throws {
    for path in Self.full.json.paths where path.last.flatMap(Int.init) == nil && !path.contains("labels") {
      let rest = Self.full.json.replacing(path, with: nil).bytes
      if path.count == 3, path.last == "since" {
        #expect(throws: Never.self) { try Snapshot(reading: rest) }
      } else {
        #expect(throws: DocumentFault.self, "read without \(path)") { try Snapshot(reading: rest) }
      }
    }
    for path in [[]] + Self.full.json.paths where Self.full.json.value(at: path)?.object != nil && path.last != "labels"
    {
      #expect(throws: DocumentFault.self) {
        try Snapshot(reading: Self.full.json.replacing(path + ["new"], with: 1).bytes)
      }
    }
  }

  @Test("a file cut off anywhere is refused")
  func truncated() {
    let bytes = Self.full.json.bytes
    for length in 0..<bytes.count {
      #expect(throws: DocumentFault.self) { try Snapshot(reading: Array(bytes[..<length])) }
    }
  }

  @Test("a state is read back as it was printed, and refused when it is cut off or says too little")
  func state() throws {
    let state = try decide(
      snapshot(observation(remaining: 900, history: [(.days(1), 9_000)]))
    ).state
    #expect(try LevelState(reading: state.json.bytes) == state)
    for length in 0..<state.json.bytes.count {
      #expect(throws: DocumentFault.self) { try LevelState(reading: Array(state.json.bytes[..<length])) }
    }
    for path in state.json.paths where path.last.flatMap(Int.init) == nil {
      #expect(throws: DocumentFault.self, "read without \(path)") {
        try LevelState(reading: state.json.replacing(path, with: nil).bytes)
      }
    }
    #expect(throws: DocumentFault.self) {
      try LevelState(reading: state.json.replacing(["budgets", "0", "ruling"], with: "healthy").bytes)
    }
  }
}
