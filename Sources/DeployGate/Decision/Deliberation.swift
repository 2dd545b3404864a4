import PlanModel
import Quantities

/// Joins what the budgets say into one answer.
struct Deliberation {
  private let policy: GatePolicy
  private let observations: IdentifiedSnapshot
  private let previous: LevelState
  private let request: GateRequest
  private let scope: GateScope
  private let now: Instant
  private let votes: [Vote]
  private let freezes: [FreezeVote]

  /// A budget, what it says, and the override that lifts what it says.
  private struct Vote {
    let judged: JudgedBudget
    let verdict: Verdict
    let override: OverridePlan?

    var answer: GateAnswer { override == nil ? verdict.answer : .allow }
    var isHolding: Bool { answer != .allow }
  }

  init(
    _ policy: GatePolicy,
    _ observations: IdentifiedSnapshot,
    _ previous: LevelState,
    _ request: GateRequest,
    _ scope: GateScope,
    _ judged: [JudgedBudget],
    _ now: Instant
  ) {
    self.policy = policy
    self.observations = observations
    self.previous = previous
    self.request = request
    self.scope = scope
    self.now = now
    let overrides = policy.overrides.filter { $0.change == request.change && $0.isActive(at: now) }
    freezes = policy.freezes(for: scope, of: request.service, at: now).map {
      FreezeVote($0, on: request, overrides, in: scope)
    }
    let units = Dictionary(scope.units.map { ($0.name, $0) }) { first, _ in first }
    votes = judged.map { budget in
      let verdict = budget.verdict(on: request)
      let unit = units[budget.budget.name]
      let override = overrides.filter { unit.map(scope.isLifted(by: $0.scope)) ?? false }.max { $0.until < $1.until }
      return Vote(judged: budget, verdict: verdict, override: verdict.answer == .allow ? nil : override)
    }
  }

  var decision: GateDecision {
    GateDecision(
      answer: answer,
      request: request,
      subject: scope.subject,
      at: now,
      validUntil: validUntil,
      reasons: reasons.sorted(by: GateReason.precedes),
      remedies: remedies,
      rolloutCap: votes.filter { $0.override == nil }.compactMap(\.verdict.rolloutCap).min(),
      budgets: votes.map(budgetDecision),
      freezes: freezes.map(\.standing),
      overrides: applied,
      signoffs: signoffs,
      policy: policy.identity,
      data: data,
      state: state
    )
  }

  /// The strictest of all; without a single policy nobody has said what may be deployed.
  private var answer: GateAnswer {
    max(votes.map(\.answer).max() ?? .unknown, freezes.map(\.answer).max() ?? .allow)
  }

  // MARK: Reasons

  private var reasons: [GateReason] {
    var reasons = votes.flatMap { vote in
      vote.verdict.reasons.map { reason in
        var reason = reason
        if vote.override != nil { reason.effect = nil }
        return reason
      }
    }
    if votes.isEmpty {
      reasons.append(
        GateReason(.noPolicy, effect: .unknown, text: "no policy rules any objective of '\(scope.subject)'")
      )
    }
    reasons += freezes.flatMap { $0.reasons(for: request.change, at: now) }
    reasons += applied.map { GateReason(.overrideApplied, effect: .allow, text: $0.appliedText) }
    return reasons + idleOverrides
  }

  /// Overrides that would help and are over or yet to come.
  private var idleOverrides: [GateReason] {
    guard votes.contains(where: \.isHolding) || freezes.contains(where: { $0.answer != .allow }) else { return [] }
    let related = policy.overrides.filter { override in
      override.change == request.change && scope.units.contains { scope.isLifted(by: override.scope)($0) }
    }
    return related.compactMap { override in
      if let from = override.from, now < from {
        return GateReason(.overridePending, text: "an override by '\(override.by)' begins at \(from)")
      }
      guard override.until <= now, now - override.until <= .days(7) else { return nil }
      return GateReason(.overrideExpired, text: "an override by '\(override.by)' ended at \(override.until)")
    }
  }

  private var applied: [OverridePlan] {
    let used = Set(votes.compactMap(\.override) + freezes.compactMap(\.override))
    return policy.overrides.filter(used.contains).reduce(into: []) { unique, override in
      if !unique.contains(override) { unique.append(override) }
    }.sorted { ($0.until, $0.scope, $0.by, $0.reason) < ($1.until, $1.scope, $1.by, $1.reason) }
  }

  private var signoffs: [SignoffPlan] {
    let counting = votes.flatMap { vote in
      (vote.judged.track?.entries ?? []).flatMap { entry in
        vote.judged.rules.index(of: entry.level).map {
          vote.judged.rules.signoffs(at: $0, entered: entry.since, now: now)
        } ?? []
      }
    }
    return Set(counting).sorted {
      ($0.policy, $0.level, $0.item, $0.on, $0.by) < ($1.policy, $1.level, $1.item, $1.on, $1.by)
    }
  }

  private var remedies: [Remedy] {
    var seen: Set<Remedy> = []
    return votes.filter(\.isHolding).flatMap { $0.judged.remedies(for: request, $0.verdict) }
      .filter { seen.insert($0).inserted } + freezes.compactMap(\.remedy)
  }

  // MARK: Parts

  private func budgetDecision(_ vote: Vote) -> BudgetDecision {
    let judged = vote.judged
    let level = judged.standing.level
    let isObserved = judged.isLevelObserved
    return BudgetDecision(
      budget: judged.budget,
      owner: judged.owner,
      dependency: judged.dependency,
      policy: judged.rules.policy.name,
      status: judged.evidence.status,
      counts: judged.evidence.counts,
      at: judged.evidence.at,
      standing: judged.standing,
      level: level.map { judged.rules.levels[$0] },
      since: isObserved ? judged.track?.since : nil,
      isBeginningSeen: isObserved && judged.track?.isBeginningSeen ?? false,
      burn: judged.evidence.burn,
      exhaustedAt: judged.exhaustedAt,
      openItems: isObserved ? level.map(judged.openItems) ?? [] : [],
      release: judged.release(for: request),
      verdict: vote.verdict.answer,
      isOverridden: vote.override != nil
    )
  }

  private var data: GateDecision.DataIdentity {
    let snapshot = observations.snapshot
    return GateDecision.DataIdentity(
      identity: observations.identity,
      takenAt: snapshot.takenAt,
      source: snapshot.source,
      isPartial: snapshot.isPartial,
      warnings: snapshot.warnings
    )
  }

  private var state: LevelState {
    let entries = votes.compactMap { vote in
      vote.judged.track.map {
        LevelState.Entry(budget: vote.judged.budget, policy: vote.judged.rules.policy.name, track: $0)
      }
    }
    let declared = Set(policy.objectives.map(\.name.text) + policy.journeys.map(\.name))
    return LevelState(
      entries: LevelState(entries: entries).merged(over: previous).entries.filter {
        declared.contains($0.budget.name)
      }
    )
  }

  /// The nearest moment at which the answer may change without new data, and at the latest when the data would be stale.
  private var validUntil: Instant {
    let cap = now + policy.interval * 10
    let moments =
      votes.flatMap { $0.judged.turningPoints(interval: policy.interval) }
      + freezes.flatMap { [$0.standing.current?.until, $0.standing.next].compactMap(\.self) }
      + policy.overrides.filter { $0.change == request.change }.flatMap { [$0.from, $0.until].compactMap(\.self) }
    return moments.filter { $0 > now }.min().map { min($0, cap) } ?? cap
  }
}

extension GateScope {
  /// Whether an override lifts what a unit says: its scope names what was asked for, or what the unit belongs to. What
  /// a dependency holds back is lifted only by an override for what was asked for.
  func isLifted(by scope: String) -> (GateUnit) -> Bool {
    { unit in names.contains(scope) || (unit.dependency == nil && unit.scopes.contains(scope)) }
  }
}

extension OverridePlan {
  func isActive(at instant: Instant) -> Bool { (from.map { $0 <= instant } ?? true) && instant < until }

  fileprivate var appliedText: String {
    "'\(by)' lets '\(change)' out for '\(scope)' until \(until): \(reason)"
  }
}

extension JudgedBudget {
  /// Whether a level rules that the budget was seen to be in.
  var isLevelObserved: Bool {
    switch standing {
    case .level(_, .measured), .level(_, .lastKnown): true
    case .level(_, .statement), .withoutData, .unknown: false
    }
  }

  var exhaustedAt: Instant? {
    guard case .measured(.share(let share)) = evidence.status, let burn = evidence.burn, let at = evidence.at,
      let time = evidence.fill?.timeToExhaustion(of: share, at: burn)
    else { return nil }
    let instant = at + time
    return evidence.fill?.resets.map { instant < $0 } ?? true ? instant : nil
  }

  func remedies(for request: GateRequest, _ verdict: Verdict) -> [Remedy] {
    var remedies: [Remedy] = []
    if verdict.answer == .approve { remedies.append(.approval) }
    if verdict.reasons.contains(where: { $0.code == .stageAboveCap }), let cap = verdict.rolloutCap {
      remedies.append(.stage(cap))
    }
    switch evidence.status {
    case .measured, .attested: break
    case .noSeries, .stale, .partial, .telemetryLost, .noTraffic: remedies.append(.data(budget))
    case .notAttested: remedies.append(.statement(budget))
    }
    return remedies + (release(for: request).map { [.release(budget, $0)] } ?? [])
  }

  /// When the answer may change although nothing new is observed.
  func turningPoints(interval: TimeSpan) -> [Instant] {
    var points: [Instant] = []
    if let at = evidence.at { points.append(at + rules.freshness(interval: interval)) }
    if let seen = track?.lastSeen, let after = rules.policy.withoutData?.after { points.append(seen + after) }
    switch evidence.status {
    case .attested(let date): points.append(date.utcStart)
    case .notAttested(let date, _): points.append(date.utcStart)
    case .measured, .noSeries, .stale, .partial, .telemetryLost, .noTraffic: break
    }
    return points + rules.signoffDays.map(\.utcStart)
  }
}

extension CalendarDate {
  var utcStart: Instant { Instant(unixSeconds: Int64(dayNumber) * 86_400) }
}
