import PlanModel
import Quantities

/// What would let a change out that a budget holds back now.
package struct Release: Sendable, Hashable {
  /// What must remain; nil where enough remains already.
  package var bound: RemainingBound?
  /// Items of exit lists that must be signed off as well.
  package var items: [Item]
  package var expected: Expectation

  /// An item of a level's exit list.
  package struct Item: Sendable, Hashable {
    package var policy: String
    package var level: String
    package var item: String
  }

  /// When the bound is reached if the budget goes on being spent as now; sign-offs come on top.
  package enum Expectation: Sendable, Hashable {
    case reached
    case about(Instant)
    case notAtThisRate
    /// Nothing tells how fast the budget is being spent.
    case notKnown
  }
}

extension JudgedBudget {
  /// The least that must happen until the budget itself would let the request out without an approval; nil where it does already,
  /// and where nothing that may remain would do.
  func release(for request: GateRequest) -> Release? {
    guard case .level(let level, .measured) = standing, let remaining = evidence.status.remaining,
      !permits(request, at: level)
    else { return nil }
    for candidate in [.met] + candidates(above: remaining) {
      let track = relaxed.track(
        self.track,
        observing: candidate.remaining ?? remaining,
        at: evidence.at ?? now,
        signedOffBy: now
      )
      guard let level = relaxed.index(of: track.ruling), permits(request, at: level) else { continue }
      return Release(
        bound: candidate.bound,
        items: openItems(leaving: track),
        expected: expectation(candidate, from: remaining)
      )
    }
    return nil
  }

  private func permits(_ request: GateRequest, at level: Int) -> Bool {
    guard rules.permission(for: request.change, at: level) == .allowed else { return false }
    guard let cap = rules.rolloutCap(at: level), let stage = request.stage else { return true }
    return stage <= cap
  }

  private var relaxed: LevelRules { rules.withoutExitLists }

  private func openItems(leaving track: LevelTrack) -> [Release.Item] {
    let kept = Set(track.entries.map(\.level))
    return rules.levels.indices.filter { !kept.contains(rules.levels[$0].name) }.flatMap { level in
      openItems(at: level).map {
        Release.Item(policy: rules.policy.name, level: rules.levels[level].name, item: $0)
      }
    }
  }

  private func expectation(_ candidate: Candidate, from remaining: Remaining) -> Release.Expectation {
    guard let bound = candidate.bound else { return .reached }
    guard let fill = evidence.fill, let at = evidence.at else { return .notKnown }
    guard case .share(let share) = remaining, let burn = evidence.burn else {
      return fill.resets.map { .about($0) } ?? .notKnown
    }
    let time = fill.timeToRecovery(from: share, to: bound.bound.fraction, at: burn)
    let estimates = [time.map { at + $0 }, fill.resets].compactMap(\.self)
    return estimates.min().map { .about(max($0, now)) } ?? .notAtThisRate
  }
}

/// A value of what remains that is tried, and the bound that it stands for.
private struct Candidate {
  var bound: RemainingBound?
  /// Nil for what remains now.
  var remaining: Remaining?

  static let met = Candidate()
}

extension JudgedBudget {
  /// The bounds of all levels above what remains, each met exactly and just exceeded, ascending.
  private func candidates(above remaining: Remaining) -> [Candidate] {
    let bounds = Set(rules.levels.flatMap { [$0.enter?.bound, $0.leave?.bound] }.compactMap(\.self)).sorted()
    return bounds.enumerated().flatMap { index, bound in
      let next = index + 1 < bounds.count ? bounds[index + 1].fraction : .one
      let beyond = (bound.fraction + next) / 2
      return [
        Candidate(
          bound: RemainingBound(comparison: .greaterOrEqual, bound: bound),
          remaining: .share(bound.fraction)
        ),
        Candidate(bound: RemainingBound(comparison: .greater, bound: bound), remaining: .share(beyond)),
      ].filter { $0.remaining.map { $0 > remaining } ?? false }
    }
  }
}
