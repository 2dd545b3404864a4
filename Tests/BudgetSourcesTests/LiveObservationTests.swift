import DeployGate
import Foundation
import Quantities
import TestSupport
import Testing

@testable import BudgetSources

/// Thirty days of what the rules of five objectives recorded, up to some minutes from now.
private struct RecordedMonth {
  let start: Int
  let now: Int
  private(set) var text = ""

  private static let step = 120
  /// How much longer than until now there are samples, so that a slow test finds fresh ones.
  private static let ahead = 900

  init(endingAt now: Int) {
    self.now = now / Self.step * Self.step
    start = self.now - 30 * 86_400
  }

  /// `bad` of 100,000 in the window, by seconds before now; a level by the same; samples from `first` until `last`.
  mutating func record(
    _ objective: String,
    until last: Int = -RecordedMonth.ahead,
    counting isCounting: (Int) -> Bool = { _ in true },
    bad: (Int) -> Int,
    frozen: ((Int) -> Bool)? = nil
  ) {
    let times = stride(from: start, through: now - last, by: Self.step)
    let labels = #"slo="shop/\#(objective)",service="shop",objective="\#(objective)",sli="0123abcd""#
    for time in times { line("slo:bad:window", #"\#(labels),window="30d""#, bad(now - time), time) }
    for time in times { line("slo:total:window", #"\#(labels),window="30d""#, 100_000, time) }
    var total = 0
    for time in times {
      if isCounting(now - time) { total += 5 }
      line("slo:total:ledger", labels, total, time)
    }
    for time in times { line("slo:bad:ledger", labels, (time - start) / 3_600, time) }
    for time in times { line("slo:ledger:start", labels, start - 86_400, time) }
    guard let frozen else { return }
    for time in times { line("slo:level", #"\#(labels),level="frozen""#, frozen(now - time) ? 1 : 0, time) }
  }

  /// The alert about lost telemetry, active in a span of seconds before now.
  mutating func telemetryAlert(_ objective: String, from first: Int, until last: Int) {
    for time in stride(from: now - first, through: now - last, by: Self.step) {
      let labels = #"alertname="TelemetryLost",slo="shop/\#(objective)",urgency="ticket""#
      line("ALERTS_FOR_STATE", labels, now - first, time)
    }
  }

  private mutating func line(_ name: String, _ labels: String, _ value: Int, _ time: Int) {
    text += "\(name){\(labels)} \(value) \(time)\n"
  }
}

@Suite("Observing a real Prometheus")
struct LiveObservationTests {
  private static let objectives = ["availability", "latency", "search", "plays", "exports", "uploads", "away"]

  /// 200 of 1,000 allowed failures, then 700 from three days ago, and 450 for an hour.
  private static func outage(_ ago: Int) -> Int {
    switch ago {
    case 259_201...: 200
    case 3_601...259_200: 700
    default: 450
    }
  }

  private static func month() -> RecordedMonth {
    var month = RecordedMonth(endingAt: Int(Date().timeIntervalSince1970))
    month.record("availability", bad: outage) { $0 <= 259_200 }
    month.record("latency", bad: outage)
    month.record("search", counting: { $0 > 7_200 }) { _ in 10 }
    month.telemetryAlert("search", from: 6_300, until: -900)
    // The alert ended a day after the last event, and nothing was counted since.
    month.record("exports", counting: { $0 > 400_000 }) { _ in 10 }
    month.telemetryAlert("exports", from: 399_100, until: 313_600)
    // The same, and telemetry came back.
    month.record("uploads", counting: { $0 > 400_000 || $0 < 200_000 }) { _ in 10 }
    month.telemetryAlert("uploads", from: 399_100, until: 313_600)
    month.record("plays") { _ in 10 }
    month.record("away", until: 7_200) { _ in 10 }
    return month
  }

  /// Rules that are evaluated every two minutes, so that fifteen minutes pass before a sample is stale.
  private static let policy = RecordedPolicy.make(
    objectives.map { RecordedPolicy.objective($0) },
    interval: .minutes(2)
  )

  private func decide(_ objective: String, by snapshot: Snapshot, at now: Instant) throws -> GateDecision {
    try Gate.decide(
      policy: Self.policy,
      observations: snapshot,
      request: GateRequest(service: "shop", objective: objective, change: "feature"),
      now: now
    )
  }

  @Test("levels, their beginnings and lost telemetry are what was recorded, through a crash", .timeLimit(.minutes(10)))
  func month() async throws {
    let folder = try TemporaryFolder()
    let month = Self.month()
    try PrometheusProcess.makeBlocks(of: month.text, "month", in: folder)
    let prometheus = try await PrometheusProcess.start(in: folder, .init())
    defer { prometheus.kill() }
    let access = try PrometheusAccess.loopback(#require(prometheus.url.port))
    let now = Instant(unixSeconds: Int64(Date().timeIntervalSince1970))
    let snapshot = try await asking(access) { client in
      try await ObservationSource(Self.policy, asking: client).snapshot(at: now)
    }
    let decisions = try Dictionary(
      uniqueKeysWithValues: Self.objectives.map { ($0, try decide($0, by: snapshot, at: now)) }
    )
    func codes(_ name: String) -> Set<String> { Set(decisions[name]?.reasons.map(\.code.rawValue) ?? []) }

    // 55% remain: above where the level is entered, below where it is left. With recorded levels and by history alone.
    let entered = Instant(unixSeconds: Int64(month.now - 259_200))
    for name in ["availability", "latency"] {
      #expect(decisions[name]?.answer == .deny)
      #expect(codes(name).isSuperset(of: ["change-not-allowed-at-level", "level-held"]), "\(codes(name))")
      let since = try #require(decisions[name]?.budgets.first?.since)
      #expect(since >= entered && since - entered < .hours(2), "\(since) for \(entered)")
      #expect(decisions[name]?.budgets.first?.counts == EventCounts(bad: 450, total: 100_000))
    }
    // An hour's two dozen and some events, of which one was bad.
    let burn = try #require(snapshot.observations.first { $0.budget.name == "shop/plays" }?.burn.first)
    #expect(burn.counts.bad <= 2 && burn.counts.total > 100 && burn.counts.total < 200, "\(burn)")

    #expect(decisions["plays"]?.answer == .allow)
    #expect(decisions["uploads"]?.answer == .allow)
    for name in ["search", "exports"] {
      #expect(decisions[name]?.answer == .deny)
      #expect(codes(name).isSuperset(of: ["telemetry-lost", "without-data"]), "\(name): \(codes(name))")
    }
    #expect(
      snapshot.observations.first { $0.budget.name == "shop/search" }?.lost
        == .init(unixSeconds: Int64(month.now) - 7_200)
    )
    #expect(decisions["away"]?.answer == .deny)
    #expect(codes("away").isSuperset(of: ["stale-data", "without-data"]), "\(codes("away"))")

    // Prometheus dies: there are no data, and no yes. It comes back, and the same access has the same answer again.
    prometheus.kill()
    let gap = try await asking(access) { client in
      try await ObservationSource(Self.policy, asking: client, within: .seconds(2)).snapshotOrGap(at: now)
    }
    let blind = try decide("plays", by: gap, at: now)
    #expect(blind.answer == .deny)
    #expect(blind.reasons.contains { $0.code == .partialData })
  }
}
