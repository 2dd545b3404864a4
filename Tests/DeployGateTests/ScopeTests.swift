import PlanModel
import Quantities
import Testing

@testable import DeployGate

@Suite("What counts for a request")
struct ScopeTests {
  static let api = objective("studio/api")
  static let success = objective("studio/song/success")
  static let latency = objective("studio/song/latency")
  static let sync = objective("studio/publishing/sync")
  static let policy = gatePolicy(
    journeys: [journey("studio/song", [success, latency]), journey("studio/publishing", [sync, api])],
    objectives: [api, success, latency, sync]
  )

  static func seen(api: Int = 9_000, success: Int = 9_000, latency: Int = 9_000, sync: Int = 9_000) -> Snapshot {
    snapshot(
      observation("studio/api", remaining: api),
      observation("studio/song/success", remaining: success),
      observation("studio/song/latency", remaining: latency),
      observation("studio/publishing/sync", remaining: sync)
    )
  }

  @Test("the worst objective rules its journey and its service, and no other journey")
  func worstRules() throws {
    let data = Self.seen(latency: 900)
    #expect(try decide(data, under: Self.policy).answer == .deny)
    #expect(try decide(data, under: Self.policy, journey: "song").answer == .deny)
    #expect(try decide(data, under: Self.policy, journey: "studio/publishing").answer == .allow)
    #expect(try decide(data, under: Self.policy, objective: "success").answer == .allow)
    #expect(try decide(data, under: Self.policy, journey: "song", objective: "latency").answer == .deny)
  }

  @Test("what a journey requires counts for it")
  func required() throws {
    let data = Self.seen(api: 4_000)
    let decision = try decide(data, under: Self.policy, journey: "publishing")
    #expect(decision.answer == .approve)
    #expect(decision.budgets.map(\.budget.name) == ["studio/api", "studio/publishing/sync"])
    #expect(decision.subject == "studio/publishing")
    #expect(try decide(data, under: Self.policy, journey: "song").answer == .allow)
  }

  @Test("a denial outweighs missing data, which outweigh the need for an approval")
  func order() throws {
    let silent = gatePolicy(
      journeys: Self.policy.journeys,
      objectives: Self.policy.objectives,
      policies: [budgetPolicy(withoutData: nil)]
    )
    var data = Self.seen(api: 4_000)
    data.observations.removeLast()
    #expect(try decide(data, under: silent).answer == .unknown)
    data = Self.seen(api: 4_000, success: 900)
    data.observations.removeLast()
    #expect(try decide(data, under: silent).answer == .deny)
  }

  @Test("an objective without a policy rules nothing, and where none has one nobody has said yes")
  func noPolicy() throws {
    let free = objective("studio/free", policy: nil)
    let both = gatePolicy(objectives: [objective("studio/availability"), free])
    let data = snapshot(observation(remaining: 9_000), observation("studio/free", remaining: -9_000))
    #expect(try decide(data, under: both).answer == .allow)
    let decision = try decide(data, under: gatePolicy(objectives: [free]))
    #expect(decision.answer == .unknown)
    #expect(decision.codes == ["no-policy"])
  }

  // MARK: Split objectives

  static func platform(_ name: String) -> [BudgetName.LabelValue] { [.init(name: "platform", value: name)] }
  static let split = gatePolicy(objectives: [objective("studio/sync", splitBy: ["platform"])])

  @Test("every label value has its own budget, and the worst rules")
  func splitObjective() throws {
    let decision = try decide(
      snapshot(
        observation("studio/sync", labels: Self.platform("web"), remaining: 9_000),
        observation("studio/sync", labels: Self.platform("ios"), remaining: 900)
      ),
      under: Self.split
    )
    #expect(decision.answer == .deny)
    #expect(decision.budgets.map(\.budget.text) == ["studio/sync{platform=ios}", "studio/sync{platform=web}"])
    #expect(decision.budgets.map(\.verdict) == [.deny, .allow])
  }

  @Test("a split objective without any value has no series")
  func splitWithoutValues() throws {
    #expect(try decide(snapshot(), under: Self.split).codes.contains("no-series"))
  }

  @Test("a value that vanishes is missing, until it has been gone for a window")
  func vanished() throws {
    let web = observation("studio/sync", labels: Self.platform("web"), remaining: 9_000)
    let first = try decide(
      snapshot(web, observation("studio/sync", labels: Self.platform("ios"), remaining: 900)),
      under: Self.split
    )
    let soon = try decide(snapshot(web), under: Self.split, previous: first.state)
    #expect(soon.answer == .deny)
    #expect(soon.budgets.map(\.status.code) == ["no-series", "measured"])
    var entries = first.state.entries
    for index in entries.indices { entries[index].track.lastSeen = now - .days(30) }
    let later = try decide(snapshot(web), under: Self.split, previous: LevelState(entries: entries))
    #expect(later.answer == .allow)
  }

  @Test("labels other than those of the split are an error", arguments: ["", "browser", "platform,region"])
  func wrongLabels(_ names: String) {
    let labels = names.split(separator: ",").map { BudgetName.LabelValue(name: String($0), value: "x") }
    let odd = observation("studio/sync", labels: labels, remaining: 9_000)
    #expect(throws: GateError.labels(budget: odd.budget.text, expected: ["platform"])) {
      try decide(snapshot(odd), under: Self.split)
    }
  }

  // MARK: Composite journeys

  static let composite = gatePolicy(
    journeys: [journey("studio/song", [success, latency], weights: [3, 1])],
    objectives: [success, latency]
  )

  @Test("a composite journey has one budget, the weighted mean")
  func weighted() throws {
    // 3 · 80% + 1 · (-20%) is 55% of 4.
    let decision = try decide(Self.seen(success: 8_000, latency: -2_000), under: Self.composite, journey: "song")
    #expect(decision.budgets.map(\.budget.name) == ["studio/song"])
    #expect(decision.budgets.first?.status == .measured(.share(Rational(numerator: 55, denominator: 100))))
    #expect(decision.answer == .allow)
    let service = try decide(Self.seen(success: 8_000, latency: -4_000), under: Self.composite)
    #expect(service.budgets.map(\.level?.name) == ["low"])
  }

  @Test("it is measured only where all of its objectives are")
  func weightedGap() throws {
    let data = snapshot(observation("studio/song/success", remaining: 10_000))
    #expect(try decide(data, under: Self.composite, journey: "song").answer == .deny)
  }

  @Test("its levels are kept by the history that its objectives share")
  func weightedHistory() throws {
    let past: [(age: TimeSpan, remaining: Int)] = [(.hours(2), 500), (.hours(1), 2_000)]
    let decision = try decide(
      snapshot(
        observation("studio/song/success", remaining: 2_000, history: past),
        observation("studio/song/latency", remaining: 2_000, history: past)
      ),
      under: Self.composite,
      journey: "song"
    )
    #expect(decision.level(of: "studio/song") == "exhausted")
    #expect(decision.budgets.first?.since == now - .hours(2))
  }

  @Test("objectives under different policies are judged one by one in spite of weights")
  func weightedPolicies() throws {
    let other = objective("studio/song/latency", policy: "studio/other")
    let policy = gatePolicy(
      journeys: [journey("studio/song", [Self.success, other], weights: [3, 1])],
      objectives: [Self.success, other],
      policies: [budgetPolicy(), budgetPolicy("studio/other")]
    )
    let decision = try decide(Self.seen(success: 8_000, latency: -2_000), under: policy, journey: "song")
    #expect(decision.budgets.map(\.budget.name) == ["studio/song/latency", "studio/song/success"])
    #expect(decision.answer == .deny)
  }

  // MARK: Names

  @Test("an unknown name is answered with the nearest")
  func nearest() {
    let data = Self.seen()
    #expect(throws: GateError.unknown(.journey, name: "sing", of: "studio", nearest: "song")) {
      try decide(data, under: Self.policy, journey: "sing")
    }
    #expect(throws: GateError.unknown(.objective, name: "latencey", of: "studio", nearest: "latency")) {
      try decide(data, under: Self.policy, objective: "latencey")
    }
    #expect(throws: GateError.unknown(.change, name: "featrue", of: "studio/budget", nearest: "feature")) {
      try decide(data, under: Self.policy, change: "featrue")
    }
    #expect(throws: GateError.unknown(.service, name: "studoi", of: nil, nearest: "studio")) {
      try Gate.decide(
        policy: Self.policy,
        observations: data,
        request: GateRequest(service: "studoi", change: "feature"),
        now: now
      )
    }
    #expect(GateError.unknown(.service, name: "x", of: nil, nearest: nil).exitStatus == .usage)
  }

  @Test("a bare objective that several journeys have is ambiguous")
  func ambiguous() throws {
    let twin = objective("studio/publishing/latency")
    let policy = gatePolicy(
      journeys: [journey("studio/song", [Self.latency]), journey("studio/publishing", [twin])],
      objectives: [Self.latency, twin]
    )
    #expect(
      throws: GateError.ambiguous(
        objective: "latency",
        candidates: ["studio/publishing/latency", "studio/song/latency"]
      )
    ) {
      try decide(snapshot(), under: policy, objective: "latency")
    }
    #expect(try decide(snapshot(), under: policy, objective: "song/latency").subject == "studio/song/latency")
    #expect(try decide(snapshot(), under: policy, journey: "song", objective: "latency").budgets.count == 1)
  }
}
