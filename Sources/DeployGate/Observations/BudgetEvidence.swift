import Quantities

/// What remained at one time.
package struct RemainingPoint: Sendable, Hashable {
  package var at: Instant
  package var remaining: Remaining

  package init(at: Instant, remaining: Remaining) {
    self.at = at
    self.remaining = remaining
  }
}

/// All that is known of one budget before its policy judges it.
struct BudgetEvidence: Sendable {
  var budget: BudgetName
  var status: BudgetStatus
  var counts: EventCounts?
  /// When the newest sample was taken.
  var at: Instant?
  /// What remained at earlier times, oldest first.
  var past: [RemainingPoint]
  /// What remains by the newest complete data, which may be stale.
  var newest: RemainingPoint?
  /// The levels that the monitoring system recorded.
  var recorded: [LevelTrack.Entry]
  /// How many times faster than planned the budget is being spent now; nil where nothing tells.
  var burn: BurnRate?
  var fill: WindowFill?
}

extension BudgetEvidence {
  /// A budget of which the source has nothing, or has nothing to show.
  init(missing budget: BudgetName, isSourcePartial: Bool) {
    self.init(budget: budget, status: isSourcePartial ? .partial : .noSeries, past: [], recorded: [])
  }

  /// A statement, which has no past: it holds or it does not.
  init(statementOf objective: GateObjective, status: BudgetStatus) {
    self.init(budget: BudgetName(objective.name.text), status: status, past: [], recorded: [])
  }

  /// `zone` is that of a calendar window.
  init(_ observation: Observation, of objective: GateObjective, status: BudgetStatus, in zone: TimeZoneRules) {
    // Where data were missing, earlier counts of the same source are in doubt as well.
    let isUsable = status != .partial
    let points = observation.history.filter { !$0.counts.isEmpty }.map {
      RemainingPoint(at: $0.at, remaining: Remaining($0.counts, target: objective.target))
    }
    // What was known when telemetry went: since then old failures may have left the window, and no new ones were counted.
    let reached = min(observation.at, observation.lost ?? observation.at)
    let remaining = Remaining(observation.counts, target: objective.target)
    let known = observation.lost == nil ? nil : points.last { $0.at <= reached }?.remaining
    let newest = RemainingPoint(at: reached, remaining: min(remaining, known ?? remaining))
    self.init(
      budget: observation.budget,
      status: status,
      counts: observation.counts,
      at: observation.at,
      past: isUsable ? points.filter { $0.at < newest.at } : [],
      newest: isUsable && !observation.counts.isEmpty ? newest : nil,
      recorded: observation.levels.map { LevelTrack.Entry(level: $0.level, since: min($0.since, reached)) },
      burn: observation.burnRate(against: objective.target),
      fill: WindowFill(objective.window, at: observation.at, since: observation.since, in: zone)
    )
  }
}

extension Observation {
  /// The burn rate over the longest window up to an hour, or over the shortest one there is.
  fileprivate func burnRate(against target: Target) -> BurnRate? {
    let ascending = burn.sorted { $0.window < $1.window }
    guard let chosen = ascending.last(where: { $0.window <= .hours(1) }) ?? ascending.first,
      let share = chosen.counts.bad.divided(by: chosen.counts.total),
      let multiple = share.divided(by: target.errorBudget.share.fraction)
    else { return nil }
    return BurnRate(multiple)
  }
}

// MARK: - Composite journeys

extension BudgetEvidence {
  /// One budget out of several: the weighted mean of what remains of each.
  ///
  /// It is measured only where all of them are, and its past consists of the instants at which all of them were.
  init(composite budget: BudgetName, of parts: [(evidence: BudgetEvidence, weight: Rational)]) {
    let missing = parts.first { $0.evidence.status.remaining == nil }?.evidence.status
    let weights = parts.map(\.weight)
    let past = parts.map { Dictionary($0.evidence.past.map { ($0.at, $0.remaining) }) { first, _ in first } }
    let common = past.dropFirst().reduce(Set(past.first?.keys.map { $0 } ?? [])) { $0.intersection($1.keys) }
    let newest = parts.compactMap(\.evidence.newest)
    let oldest = newest.map(\.at).min()
    let status = missing ?? .measured(.weightedMean(of: parts.compactMap(\.evidence.status.remaining), weights))
    self.init(
      budget: budget,
      status: status,
      at: oldest,
      past: common.sorted().filter { at in oldest.map { at < $0 } ?? true }.map { at in
        RemainingPoint(at: at, remaining: .weightedMean(of: past.compactMap { $0[at] }, weights))
      },
      newest: oldest.flatMap { at in
        newest.count == parts.count
          ? RemainingPoint(at: at, remaining: .weightedMean(of: newest.map(\.remaining), weights)) : nil
      },
      recorded: [],
      burn: BurnRate.weightedMean(of: parts.map(\.evidence.burn), weights),
      fill: parts.compactMap(\.evidence.fill).count == parts.count ? parts.first?.evidence.fill : nil
    )
  }
}

extension Remaining {
  /// Nothing where nothing is left of one of them.
  fileprivate static func weightedMean(of values: [Remaining], _ weights: [Rational]) -> Remaining {
    var sum = Rational.zero
    for (value, weight) in zip(values, weights) {
      switch value {
      case .nothing: return .nothing
      case .share(let share): sum += share * weight
      }
    }
    return .share(sum / weights.reduce(.zero, +))
  }
}

extension BurnRate {
  fileprivate static func weightedMean(of values: [BurnRate?], _ weights: [Rational]) -> BurnRate? {
    let known = values.compactMap(\.self)
    guard known.count == values.count else { return nil }
    let sum = zip(known, weights).reduce(Rational.zero) { $0 + $1.0.multiple * $1.1 }
    return BurnRate(sum / weights.reduce(.zero, +))
  }
}
