import PlanModel
import Quantities
import TestSupport

@testable import DeployGate

extension SeededGenerator {
  /// Seeds side by side must not give the same numbers shifted by one.
  init(case number: Int) { self.init(seed: UInt64(number) &* 0xD134_2543_DE82_EF95) }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  mutating func some(_ values: [String]) -> [String] { values.filter { _ in chance(50) } }
}

/// A policy, data, perhaps a state, and a request, all of them consistent.
struct RandomCase {
  var policy: GatePolicy
  var snapshot: Snapshot
  var previous: LevelState?
  var request: GateRequest

  init(seed: Int) throws {
    var random = SeededGenerator(case: seed)
    policy = random.policy()
    let earlier = now - .hours(random.number(1...72))
    let first = random.snapshot(of: policy, taken: earlier)
    request = random.request(of: policy)
    if random.chance(50) {
      previous = try Gate.decide(policy: policy, observations: first, request: request, now: earlier).state
    }
    snapshot = random.snapshot(of: policy, taken: now)
    policy.freezes = random.freezes()
  }

  func decision() throws -> GateDecision {
    try Gate.decide(policy: policy, observations: snapshot, previous: previous, request: request, now: now)
  }

  /// Asks for one objective alone, so that its budget decides.
  mutating func narrow() {
    request.journey = nil
    request.objective = "api"
    for index in policy.services.indices { policy.services[index].dependencies = [] }
  }

  /// The same case with everything whose order means nothing in another order.
  func shuffled(_ random: inout SeededGenerator) -> RandomCase {
    var other = self
    other.policy.services.shuffle(using: &random)
    other.policy.journeys.shuffle(using: &random)
    for index in other.policy.journeys.indices {
      other.policy.journeys[index].objectives.shuffle(using: &random)
      other.policy.journeys[index].weights.shuffle(using: &random)
    }
    other.policy.objectives.shuffle(using: &random)
    other.policy.policies.shuffle(using: &random)
    other.policy.overrides.shuffle(using: &random)
    other.policy.signoffs.shuffle(using: &random)
    other.policy.freezes.shuffle(using: &random)
    for index in other.policy.freezes.indices { other.policy.freezes[index].windows.shuffle(using: &random) }
    other.snapshot.observations.shuffle(using: &random)
    other.previous = previous.map { LevelState(entries: $0.entries.shuffled(using: &random)) }
    return other
  }
}

extension SeededGenerator {
  fileprivate mutating func policy() -> GatePolicy {
    let names = ["studio/api", "studio/song/success", "studio/song/latency", "studio/sync", "ledger/postings"]
    let policies = [levels("studio/budget"), levels("ledger/budget")]
    let objectives = names.map { name in
      objective(
        name,
        target: pick(["99%", "99.9%", "100%", "50%"]),
        splitBy: name == "studio/sync" ? ["platform"] : [],
        policy: chance(10) ? nil : name.hasPrefix("ledger") ? "ledger/budget" : "studio/budget",
        measure: chance(5) && name != "studio/sync" ? statement() : .events
      )
    }
    let weights: [Rational] = chance(30) ? [Rational(number(1...5)), Rational(number(1...5))] : []
    return gatePolicy(
      services: [
        service("studio", dependsOn: chance(40) ? [GateDependency(name: "ledger", isExternal: false)] : []),
        service("ledger"),
      ],
      journeys: [journey("studio/song", Array(objectives[1...2]), weights: weights)],
      objectives: objectives,
      policies: policies,
      overrides: chance(15) ? [override(pick(allChanges), for: pick(["studio", "studio/song", "studio/api"]))] : [],
      signoffs: policies.flatMap { policy in
        policy.levels.flatMap { level in
          some(level.exit).map {
            SignoffPlan(
              policy: policy.name,
              level: level.name,
              item: $0,
              by: "jo",
              on: now.utcDate.adding(days: -number(-1...5))
            )
          }
        }
      }
    )
  }

  /// One in three has freezes, of which about half are in force now.
  fileprivate mutating func freezes() -> [FreezePlan] {
    guard chance(35) else { return [] }
    return (0..<number(1...2)).map { number in
      FreezePlan(
        scope: pick(["studio", "studio/song", "studio/api", "ledger"]),
        reason: "reason \(number)",
        allowed: some(allChanges),
        windows: (0..<self.number(1...2)).map { _ in window() }
      )
    }
  }

  private mutating func window() -> FreezePlan.Window {
    let start = now + .hours(number(-30...30))
    switch number(0...3) {
    case 0: return .once(start: start, duration: .hours(number(1...60)))
    case 1: return .days(from: start.utcDate, through: start.utcDate.adding(days: number(0...3)), zone: "Europe/Berlin")
    case 2:
      let second = number(0...86_399)
      return .weekly(weekday: number(1...7), second: second, duration: .hours(number(1...100)), zone: "Europe/Berlin")
    default: return .daily(second: number(0...86_399), duration: .hours(number(1...23)), zone: "UTC")
    }
  }

  private mutating func statement() -> GateObjective.Measure {
    let on = now.utcDate.adding(days: -number(-1...100))
    return .attestation(by: "security", on: on, lapses: on.adding(days: number(1...100)))
  }

  /// Two to four levels over everything that may remain, each below the one before.
  private mutating func levels(_ name: String) -> PolicyPlan {
    let count = number(2...4)
    let bounds = (1..<count).map { _ in number(0...99) }.sorted(by: >)
    var levels = [LevelPlan.make("level-0", enter: nil, allow: chance(80) ? allChanges : some(allChanges), approve: [])]
    for (index, entered) in bounds.enumerated() {
      let left = number(entered...100)
      levels.append(
        .make(
          "level-\(index + 1)",
          enter: bound(pick([.less, .lessOrEqual]), "\(entered)%"),
          leave: chance(50) ? bound(pick([.greater, .greaterOrEqual]), "\(left)%") : nil,
          allow: some(allChanges),
          cap: chance(30) ? pick(["5%", "25%", "100%"]) : nil,
          exit: some(["causes", "runbooks"])
        )
      )
    }
    for index in levels.indices {
      levels[index].approved = chance(50) ? [] : some(allChanges.filter { !levels[index].allowed.contains($0) })
    }
    let answers: [WithoutDataPlan.Answer] = [.freeze, .allow, .approve, .level("level-\(number(0...count - 1))")]
    return PolicyPlan(
      name: name,
      title: "",
      changes: allChanges,
      levels: levels,
      withoutData: chance(75) ? WithoutDataPlan(after: .minutes(number(0...60)), answer: pick(answers)) : nil
    )
  }

  fileprivate mutating func request(of policy: GatePolicy) -> GateRequest {
    GateRequest(
      service: "studio",
      journey: chance(20) ? "song" : nil,
      change: pick(allChanges),
      stage: chance(50) ? ratio(pick(["1%", "5%", "20%", "25%", "100%"])) : nil,
      approvals: chance(30) ? ["jo"] : []
    )
  }

  fileprivate mutating func snapshot(of policy: GatePolicy, taken: Instant) -> Snapshot {
    let budgets = policy.objectives.filter { $0.measure == .events }.flatMap { objective in
      let labels: [[BudgetName.LabelValue]] =
        objective.splitBy.isEmpty ? [[]] : ["web", "ios"].map { [.init(name: "platform", value: $0)] }
      return labels.map { (BudgetName(objective.name.text, labels: $0), objective.target) }
    }
    return Snapshot(
      takenAt: taken,
      source: "random",
      isPartial: chance(2),
      warnings: [],
      observations: budgets.filter { _ in chance(97) }.map { observation(of: $0.0, $0.1, taken: taken) }
    )
  }

  private mutating func observation(of budget: BudgetName, _ target: Target, taken: Instant) -> Observation {
    let at = taken - .seconds(chance(95) ? number(0...90) : number(91...7_200))
    return Observation(
      budget: budget,
      at: at,
      counts: counts(target),
      since: chance(30) ? at - .days(number(1...60)) : nil,
      isPartial: chance(2),
      lost: at.unixSeconds % 25 == 0 ? at - .minutes(Int(at.unixSeconds % 2_000)) : nil,
      levels: chance(15) ? [LevelTrack.Entry(level: "level-1", since: at - .hours(number(0...48)))] : [],
      burn: chance(50) ? [BurnObservation(window: .hours(1), counts: counts(target))] : [],
      history: (0..<number(0...6)).reversed().map { PastObservation(at: at - .hours($0 + 1), counts: counts(target)) }
    )
  }

  /// Up to a fifth more failures than the target allows.
  private mutating func counts(_ target: Target) -> EventCounts {
    if chance(3) { return EventCounts(bad: 0, total: 0) }
    let total = Rational(number(1...1_000_000))
    if target == .perfect { return EventCounts(bad: chance(80) ? 0 : 1, total: total) }
    let allowed = target.errorBudget.events(of: total)
    return EventCounts(bad: allowed * Rational(numerator: Int128(number(0...120)), denominator: 100), total: total)
  }
}
