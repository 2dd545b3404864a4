import DeployGate
import NIOConcurrencyHelpers
import Quantities
import StructuredText
import Testing

@testable import BudgetSources

/// The moment at which everything is observed, in seconds since 1970.
private let moment: Int64 = 1_790_856_000

/// What is made of the answers of a server that the test plays.
@Suite("Observing budgets")
struct ObservationTests {
  private static let interval: Int64 = 30

  /// A recorded series, with samples so many seconds before the moment.
  private static func series(
    _ name: String,
    _ objective: String = "shop/availability",
    _ labels: [String: String] = [:],
    _ samples: [(ago: Int64, value: String)]
  ) -> String {
    let all = labels.merging(["__name__": name, "slo": objective, "sli": "0123abcd"]) { mine, _ in mine }
    let metric = all.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
    let values = samples.sorted { $0.ago > $1.ago }.map { "[\(moment - $0.ago),\"\($0.value)\"]" }.joined(
      separator: ","
    )
    return #"{"metric":{\#(metric)},"values":[\#(values)]}"#
  }

  private static func counts(
    _ objective: String = "shop/availability",
    _ labels: [String: String] = [:],
    bad: String,
    total: String,
    ago: Int64 = 10
  ) -> [String] {
    let labels = labels.merging(["window": "30d"]) { mine, _ in mine }
    return [
      series("slo:bad:window", objective, labels, [(ago, bad)]),
      series("slo:total:window", objective, labels, [(ago, total)]),
    ]
  }

  private struct Asked {
    let snapshot: Snapshot
    let requests: [ScriptedServer.Request]
  }

  private func observe(
    _ objectives: [GateObjective] = [RecordedPolicy.objective("availability")],
    newest: [String] = [],
    history: [String] = [],
    spent: [String] = [],
    warnings: String = "[]"
  ) async throws -> Asked {
    let requests = NIOLockedValueBox<[ScriptedServer.Request]>([])
    let server = try await ScriptedServer { _, request in
      requests.withLockedValue { $0.append(request) }
      let isRange = request.head.contains("query_range")
      let isSpent = request.field("query")?.contains("increase") == true
      let result = (isRange ? history : isSpent ? spent : newest).joined(separator: ",")
      return .data(#"{"resultType":"matrix","result":[\#(result)]}"#, warnings: isRange ? "[]" : warnings)
    }
    let access = try PrometheusAccess.loopback(server.port)
    let policy = RecordedPolicy.make(objectives)
    let snapshot = try await asking(access) { client in
      try await ObservationSource(policy, asking: client).snapshot(at: Instant(unixSeconds: moment))
    }
    try await server.stop()
    return Asked(snapshot: snapshot, requests: requests.withLockedValue { $0 })
  }

  @Test("a budget is what was recorded in one evaluation, with its time, its level, its past and its pace")
  func whole() async throws {
    let recorded: [String] = [
      Self.series("slo:bad:window", "shop/availability", ["window": "30d"], [(70, "40"), (40, "41")]),
      // The newest evaluation is only half there.
      Self.series(
        "slo:total:window",
        "shop/availability",
        ["window": "30d"],
        [(70, "9990"), (40, "10000"), (10, "10010")]
      ),
      Self.series("slo:ledger:start", "shop/availability", [:], [(40, "1790000000")]),
      Self.series("slo:level", "shop/availability", ["level": "frozen"], [(70, "1"), (40, "1")]),
      Self.series("slo:level", "shop/availability", ["level": "of-an-earlier-policy"], [(70, "1"), (40, "1")]),
    ]
    let past: [String] = [
      Self.series("slo:bad:window", "shop/availability", ["window": "30d"], [(7_200, "30"), (3_600, "35")]),
      Self.series("slo:total:window", "shop/availability", ["window": "30d"], [(7_200, "8000"), (3_600, "9000")]),
      Self.series("slo:level", "shop/availability", ["level": "frozen"], [(9_000, "1"), (7_200, "0"), (3_600, "1")]),
    ]
    let spent: [String] = [
      Self.series("", "shop/availability", ["nines_counted": "total"], [(0, "1000")]),
      Self.series("", "shop/availability", ["nines_counted": "bad"], [(0, "6")]),
    ]
    let asked = try await observe(newest: recorded, history: past, spent: spent)
    let at = Instant(unixSeconds: moment - 40)
    #expect(
      asked.snapshot.observations == [
        Observation(
          budget: BudgetName("shop/availability"),
          at: at,
          counts: EventCounts(bad: 41, total: 10_000),
          since: Instant(unixSeconds: 1_790_000_000),
          levels: [LevelTrack.Entry(level: "frozen", since: Instant(unixSeconds: moment - 3_600))],
          burn: [BurnObservation(window: .hours(1), counts: EventCounts(bad: 6, total: 1_000))],
          history: [
            PastObservation(at: Instant(unixSeconds: moment - 7_200), counts: EventCounts(bad: 30, total: 8_000)),
            PastObservation(at: Instant(unixSeconds: moment - 3_600), counts: EventCounts(bad: 35, total: 9_000)),
          ]
        )
      ]
    )
    #expect(!asked.snapshot.isPartial)
    // What is printed is a snapshot that is read back the same.
    let text = asked.snapshot.json.text(.pretty)
    #expect(try Snapshot(reading: Array(text.utf8)) == asked.snapshot)
  }

  @Test("as many questions are asked for one objective as for a hundred", arguments: [1, 100])
  func questions(_ count: Int) async throws {
    let objectives = (0..<count).map { RecordedPolicy.objective("objective-\($0)") }
    let asked = try await observe(objectives, newest: Self.counts("shop/objective-0", bad: "1", total: "1000"))
    #expect(asked.requests.count == 3)
    // The source's clock says when now is.
    #expect(asked.requests.filter { $0.field("time") != nil }.isEmpty)
    #expect(asked.snapshot.observations.count == 1)
  }

  @Test("of several ledgers of one budget the newest counts, and of replicas the worst")
  func severalLedgers() async throws {
    let old = Self.counts("shop/availability", ["sli": "old"], bad: "90", total: "10000", ago: 130)
    let new = Self.counts("shop/availability", ["sli": "new"], bad: "1", total: "100", ago: 10)
    let replaced = try await observe(newest: old + new)
    #expect(replaced.snapshot.observations.map(\.counts) == [EventCounts(bad: 1, total: 100)])

    let first = Self.counts("shop/availability", ["replica": "a"], bad: "90", total: "10000", ago: 25)
    let second = Self.counts("shop/availability", ["replica": "b"], bad: "10", total: "10000", ago: 10)
    let replicas = try await observe(newest: first + second)
    #expect(replicas.snapshot.observations.map(\.counts) == [EventCounts(bad: 90, total: 10_000)])
  }

  @Test("each value of a split has its budget, and what another window or objective held has none")
  func splits() async throws {
    let newest =
      Self.counts("shop/plays", ["platform": "ios"], bad: "2", total: "100")
      + Self.counts("shop/plays", ["platform": "web"], bad: "1", total: "300")
      + Self.counts("shop/plays", ["platform": "tv", "window": "7d"], bad: "1", total: "300")
      + Self.counts("elsewhere/plays", ["platform": "web"], bad: "1", total: "300")
    let asked = try await observe([RecordedPolicy.objective("plays", splitBy: ["platform"])], newest: newest)
    #expect(
      asked.snapshot.observations.map(\.budget.text) == ["shop/plays{platform=ios}", "shop/plays{platform=web}"]
    )
  }

  @Test("nothing recorded is no observation, and what is only in the past is as old as it is")
  func nothing() async throws {
    #expect(try await observe().snapshot.observations.isEmpty)
    let past = Self.counts(bad: "1", total: "100", ago: 7_200)
    let stale = try await observe(history: past).snapshot
    #expect(stale.observations.map(\.at) == [Instant(unixSeconds: moment - 7_200)])
  }

  @Test("a warning makes all of it partial", arguments: [#"["a store was away"]"#, "[1]"])
  func warnings(_ text: String) async throws {
    let asked = try await observe(newest: Self.counts(bad: "1", total: "100"), warnings: text)
    #expect(asked.snapshot.isPartial)
  }

  @Test("values that are no counts leave the budget in doubt", arguments: ["NaN", "+Inf", "-3", "1e300"])
  func noCounts(_ value: String) async throws {
    let asked = try await observe(newest: Self.counts(bad: value, total: "100"))
    #expect(asked.snapshot.observations.map(\.isPartial) == [true])
  }
}
