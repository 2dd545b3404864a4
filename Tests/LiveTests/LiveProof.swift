import DeployGate
import Diagnostics
import Emitters
import NinesCompiler
import PlanLowering
import Quantities
import TestSupport
import Testing

/// The shop's rules in a real Prometheus, where an hour passes in a minute.
struct LiveProof {
  let shop = LiveShop()
  let folder: TemporaryFolder
  let server: LoopbackServer
  let configuration: PrometheusProcess.Configuration
  let policy: GatePolicy
  private(set) var prometheus: PrometheusProcess

  private static let scale = TimeScale.divided(by: 60)

  /// Starts everything, and waits until the shop is watched.
  ///
  /// Prometheus fixes by hashes of addresses and names when within each second it scrapes and when it evaluates. A sample
  /// that arrives later than the evaluation that it belongs to is in no delta, so a start is looked for in which there is
  /// time between the two, also on a busy machine.
  static func start() async throws -> LiveProof {
    for _ in 1..<8 {
      let proof = try await startOnce()
      do {
        if try await proof.leavesTimeForScrapes() { return proof }
      } catch {
        proof.stop()
        throw error
      }
      proof.stop()
    }
    return try await startOnce()
  }

  private func leavesTimeForScrapes() async throws -> Bool {
    try await eventually("the shop is watched", { $0 ?? 0 >= 3 }) {
      try await value("min(count_over_time(http_requests_total[5m]))")
    }
    try await evaluations(1)
    let pause = try await value("timestamp(slo:level) - on () group_right timestamp(http_requests_total)") ?? 0
    let phase = pause - pause.rounded(.down)
    return phase > 0.4 && phase < 0.95
  }

  private static func startOnce() async throws -> LiveProof {
    let compiler = Compiler(today: CalendarDate(dayNumber: 20_780), zones: { $0 == "UTC" ? .utc : nil })
    let workspace = Workspace(
      name: "",
      folderName: "shop",
      settings: SourceFile(id: FileID(0), path: "nines.yaml", text: LiveShop.settings),
      specs: [SourceFile(id: FileID(1), path: "specs/shop.yaml", text: LiveShop.spec)]
    )
    let analysis = compiler.analyze(workspace)
    #expect(analysis.report.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
    let plan = Lowering(
      catalog: analysis.catalog,
      workspaceTitle: "shop",
      zones: { _ in nil },
      scale: scale
    ).plan()
    let artifacts = Emission.artifacts(of: plan)
    let policy = try #require(artifacts.first { $0.path == "gate/policy.json" })
    let rules = artifacts.filter { $0.path.hasSuffix(".rules.yaml") }.map { String(decoding: $0.bytes, as: UTF8.self) }
    return try await LiveProof(rules: rules, policy: try GatePolicy(reading: policy.bytes))
  }

  private init(rules: [String], policy: GatePolicy) async throws {
    self.policy = policy
    let shop = shop
    shop.servedUnwatched(good: 777)
    server = try LoopbackServer { _ in shop.metrics }
    configuration = .init(jobs: ["shop": server.port], rules: rules)
    folder = try TemporaryFolder()
    prometheus = try await PrometheusProcess.start(in: folder, configuration)
  }

  func stop() {
    prometheus.kill()
    server.stop()
  }

  mutating func startAgain() async throws {
    prometheus = try await PrometheusProcess.start(in: folder, configuration)
  }

  // MARK: What Prometheus says

  func value(_ query: String) async throws -> Double? { try await prometheus.value(query) }

  /// Waits until everything that the shop served is in the ledgers, once, and the budget is what that leaves.
  func expectCounted(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let served = shop.served
    let counted = try await eventually("\(served) counted", { $0 == served }) {
      LiveShop.Served(
        total: try await value("slo:total:ledger") ?? .nan,
        bad: try await value("slo:bad:ledger") ?? .nan
      )
    }
    #expect(counted == served, sourceLocation: sourceLocation)
    try await eventually("a budget of \(served.remaining)", { abs($0 - served.remaining) < 1e-6 }) {
      try await value("slo:error_budget:remaining") ?? .nan
    }
  }

  /// Waits until the rules have been evaluated so many times more.
  func evaluations(_ count: Int) async throws {
    let start = try await eventually("an evaluation", { $0 != nil }) { try await lastEvaluation() } ?? 0
    try await eventually("\(count) evaluations", { $0 >= start + Double(count) }) {
      try await lastEvaluation() ?? 0
    }
  }

  private func lastEvaluation() async throws -> Double? { try await value("timestamp(slo:level)") }

  /// How many pages about the budget fire.
  func pages() async throws -> Double {
    try await value(#"count(ALERTS{alertname="ErrorBudgetBurn", urgency="page", alertstate="firing"})"#) ?? 0
  }

  func isFrozen() async throws -> Bool { try await value(#"slo:level{level="frozen"}"#) == 1 }

  /// Whether the gate lets a feature out, by what Prometheus recorded.
  func gateAllowsFeature() async throws -> Bool {
    let samples = try await prometheus.query(
      #"{__name__=~"slo:(bad|total):window|slo:level", slo="shop/availability"}"#
    )
    func sample(_ name: String) throws -> PrometheusProcess.Sample {
      try #require(samples.first { $0.labels["__name__"] == name })
    }
    let at = Instant(unixSeconds: Int64(try sample("slo:level").time))
    let counts = EventCounts(
      bad: Rational(Int(try sample("slo:bad:window").value.rounded())),
      total: Rational(Int(try sample("slo:total:window").value.rounded()))
    )
    let isFrozen = try sample("slo:level").value == 1
    let observation = Observation(
      budget: BudgetName(LiveShop.objective),
      at: at,
      counts: counts,
      levels: isFrozen ? [LevelTrack.Entry(level: "frozen", since: at)] : []
    )
    let decision = try Gate.decide(
      policy: policy,
      observations: Snapshot(
        takenAt: at,
        source: "the live proof",
        isPartial: false,
        warnings: [],
        observations: [observation]
      ),
      request: GateRequest(service: "shop", change: "feature"),
      now: at
    )
    return decision.answer == .allow
  }
}
