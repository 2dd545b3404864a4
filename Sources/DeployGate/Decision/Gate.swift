import PlanModel
import Quantities

/// Decides whether a change may be deployed.
package enum Gate {
  /// By how much clocks may differ before something counts as being from the future.
  static let clockSkew = TimeSpan.minutes(1)

  /// The answer to a request, from nothing but what is given: the same arguments give the same decision.
  ///
  /// `previous` is the state of an earlier decision; without it, levels follow from what the snapshot has recorded and
  /// from its history.
  package static func decide(
    policy: GatePolicy,
    observations: Snapshot,
    previous: LevelState? = nil,
    request: GateRequest,
    now: Instant
  ) throws(GateError) -> GateDecision {
    try decide(
      policy: policy,
      observations: IdentifiedSnapshot(observations),
      previous: previous,
      request: request,
      now: now
    )
  }

  /// The same from observations that other decisions rest on too.
  package static func decide(
    policy: GatePolicy,
    observations: IdentifiedSnapshot,
    previous: LevelState? = nil,
    request: GateRequest,
    now: Instant
  ) throws(GateError) -> GateDecision {
    try check(observations.snapshot, previous, now)
    if request.approvals.contains(where: \.isBlank) { throw .blankApproval }
    let scope = try policy.scope(of: request)
    let bench = GateBench(policy, observations.snapshot, previous ?? .none, now)
    var judged: [JudgedBudget] = []
    for unit in scope.units { judged += try bench.judge(unit) }
    try policy.checkChange(request.change, judged: judged)
    return Deliberation(policy, observations, previous ?? .none, request, scope, judged, now).decision
  }

  static func check(_ snapshot: Snapshot, _ state: LevelState?, _ now: Instant) throws(GateError) {
    let limit = now + clockSkew
    if snapshot.takenAt > limit { throw .fromTheFuture(.snapshot, at: snapshot.takenAt, now: now) }
    let newest = snapshot.observations.map(\.at).max()
    if let newest, newest > limit { throw .fromTheFuture(.snapshot, at: newest, now: now) }
    let seen = state?.entries.map(\.track.lastSeen).max()
    if let seen, seen > limit { throw .fromTheFuture(.levels, at: seen, now: now) }
  }
}

extension GatePolicy {
  /// A change class that no policy in question declares is a slip; one that only some declare is for their levels to judge.
  fileprivate func checkChange(_ change: String, judged: [JudgedBudget]) throws(GateError) {
    let own = judged.filter { $0.dependency == nil }.map(\.rules)
    if own.isEmpty || own.contains(where: { $0.declares(change) }) { return }
    let known = Set(own.flatMap(\.policy.changes)).sorted()
    let names = Set(own.map(\.policy.name)).sorted().joined(separator: "', '")
    throw .unknown(.change, name: change, of: names, nearest: nearestSpelling(to: change, among: known))
  }
}

extension String {
  fileprivate var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}

/// All that is known, arranged so that budgets can be looked up.
struct GateBench: Sendable {
  private let policy: GatePolicy
  private let rules: [String: LevelRules]
  private let snapshot: Snapshot
  private let observations: [String: [Observation]]
  private let previous: [String: [LevelState.Entry]]
  private let now: Instant

  init(_ policy: GatePolicy, _ snapshot: Snapshot, _ previous: LevelState, _ now: Instant) {
    self.policy = policy
    self.snapshot = snapshot
    self.now = now
    observations = Dictionary(grouping: snapshot.observations, by: \.budget.name)
    self.previous = Dictionary(grouping: previous.entries, by: \.budget.name)
    rules = Dictionary(
      policy.policies.compactMap { plan in
        LevelRules(policy: plan, signoffs: policy.signoffs).map { (plan.name, $0) }
      }
    ) { first, _ in first }
  }

  /// The budgets of a unit; none where no policy rules it.
  func judge(_ unit: GateUnit) throws(GateError) -> [JudgedBudget] {
    guard let name = unit.policy, let rules = rules[name] else { return [] }
    var judged: [JudgedBudget] = []
    for evidence in try evidence(of: unit, rules) {
      try checkLevels(.snapshot, evidence.recorded.map(\.level), evidence.budget, rules)
      let entry = previous[evidence.budget.name]?.first { $0.budget == evidence.budget && $0.policy == name }
      if let entry {
        try checkLevels(.levels, entry.track.entries.map(\.level) + [entry.track.ruling], evidence.budget, rules)
      }
      let track = rules.track(of: evidence, from: entry?.track, now: now)
      judged.append(
        JudgedBudget(
          evidence: evidence,
          owner: unit.owner,
          dependency: unit.dependency,
          rules: rules,
          track: track,
          standing: rules.standing(of: evidence, track: track, now: now),
          now: now
        )
      )
    }
    return judged
  }

  private func checkLevels(
    _ document: GateDocument,
    _ names: [String],
    _ budget: BudgetName,
    _ rules: LevelRules
  ) throws(GateError) {
    guard let unknown = names.first(where: { rules.index(of: $0) == nil }) else { return }
    throw .unknownLevel(document, level: unknown, budget: budget.text, policy: rules.policy.name)
  }

  // MARK: Evidence

  private func evidence(of unit: GateUnit, _ rules: LevelRules) throws(GateError) -> [BudgetEvidence] {
    switch unit.measure {
    case .objective(let objective):
      return try evidence(of: objective, rules)
    case .composite(let journey, let objectives):
      var parts: [(evidence: BudgetEvidence, weight: Rational)] = []
      for (objective, weight) in zip(objectives, journey.weights) {
        let values = try evidence(of: objective, rules)
        if let worst = values.min(by: BudgetEvidence.isWorse) { parts.append((worst, weight.weight)) }
      }
      // In the order of names, so that the order in which weights were written leaves no trace.
      parts.sort { $0.evidence.budget < $1.evidence.budget }
      return [BudgetEvidence(composite: BudgetName(journey.name), of: parts)]
    }
  }

  private func evidence(of objective: GateObjective, _ rules: LevelRules) throws(GateError) -> [BudgetEvidence] {
    if case .attestation(_, let on, let lapses) = objective.measure {
      let status = BudgetStatus.statement(on: on, lapses: lapses, today: now.utcDate)
      return [BudgetEvidence(statementOf: objective, status: status)]
    }
    let found = try observed(objective)
    let values = found.map { observation in
      let status = observation.status(
        now: now,
        freshFor: rules.freshness(interval: policy.interval),
        isSourcePartial: snapshot.isPartial,
        target: objective.target
      )
      return BudgetEvidence(observation, of: objective, status: status, in: policy.zone(of: objective.window))
    }
    let missing = missed(objective, besides: Set(found.map(\.budget))).map(nothing)
    let all = (values + missing).sorted { $0.budget < $1.budget }
    return all.isEmpty ? [nothing(of: BudgetName(objective.name.text))] : all
  }

  private func nothing(of budget: BudgetName) -> BudgetEvidence {
    BudgetEvidence(missing: budget, isSourcePartial: snapshot.isPartial)
  }

  private func observed(_ objective: GateObjective) throws(GateError) -> [Observation] {
    let found = observations[objective.name.text] ?? []
    let expected = Set(objective.splitBy)
    for observation in found where Set(observation.budget.labels.map(\.name)) != expected {
      throw .labels(budget: observation.budget.text, expected: objective.splitBy)
    }
    return found
  }

  /// Label values that were there within the last window and are gone: nothing says that they got better.
  private func missed(_ objective: GateObjective, besides found: Set<BudgetName>) -> [BudgetName] {
    let horizon = now - objective.window.longestLength
    return (previous[objective.name.text] ?? []).filter { entry in
      !entry.budget.labels.isEmpty && Set(entry.budget.labels.map(\.name)) == Set(objective.splitBy)
        && entry.policy == objective.policy && !found.contains(entry.budget) && entry.track.lastSeen > horizon
    }.map(\.budget)
  }
}

extension BudgetEvidence {
  /// Missing data before anything measured, then by what remains.
  static func isWorse(_ left: BudgetEvidence, _ right: BudgetEvidence) -> Bool {
    switch (left.status.remaining, right.status.remaining) {
    case (nil, nil): left.budget < right.budget
    case (nil, .some): true
    case (.some, nil): false
    case (let first?, let second?): first < second
    }
  }
}
