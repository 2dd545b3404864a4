import PlanModel
import Quantities

/// Which rules of its policy apply to a budget now, and why those.
package enum Standing: Sendable, Hashable {
  /// A level, by its place in the policy.
  case level(Int, Basis)
  /// Data have been missing for longer than the policy tolerates; the level is that of a freeze or the one named.
  case withoutData(WithoutDataPlan.Answer, level: Int?)
  /// No data, and no word on what to do without.
  case unknown

  package enum Basis: String, Sendable, Hashable {
    case measured
    /// Data are missing, but have not been for long.
    case lastKnown = "last-known"
    /// A statement is in date or is not.
    case statement
  }

  package var level: Int? {
    switch self {
    case .level(let level, _): level
    case .withoutData(_, let level): level
    case .unknown: nil
    }
  }
}

extension LevelRules {
  /// How long after its newest sample a budget counts as measured: ten evaluations, or the time after which the policy wants
  /// to act if that is shorter, and at least three evaluations.
  func freshness(interval: TimeSpan) -> TimeSpan {
    let usual = interval * 10
    return max(interval * 3, min(usual, policy.withoutData?.after ?? usual))
  }

  /// The levels after everything that the evidence tells beyond what was known before.
  func track(of evidence: BudgetEvidence, from previous: LevelTrack?, now: Instant) -> LevelTrack? {
    var track = previous
    let known = previous?.lastSeen
    for point in evidence.past where known.map({ point.at > $0 }) ?? true {
      track = self.track(track, observing: point.remaining, at: point.at, signedOffBy: point.at)
    }
    guard let newest = evidence.newest else {
      // Levels that were recorded beside doubtful data can make what is known worse, and tell nothing where nothing is known.
      return track.flatMap { self.track($0, recorded: evidence.recorded, at: $0.lastSeen) }
    }
    guard known.map({ newest.at >= $0 }) ?? true else { return track }
    // Data that were judged before are judged again for the sake of sign-offs since; what was recorded beside them is known.
    if newest.at != known { track = self.track(track, recorded: evidence.recorded, at: newest.at) }
    return self.track(track, observing: newest.remaining, at: newest.at, signedOffBy: now)
  }

  func standing(of evidence: BudgetEvidence, track: LevelTrack?, now: Instant) -> Standing {
    switch evidence.status {
    case .measured:
      return .level(track.flatMap { index(of: $0.ruling) } ?? worst, .measured)
    case .attested:
      return .level(level(where: .share(.one)), .statement)
    case .notAttested:
      return .level(level(where: .nothing), .statement)
    case .noSeries, .stale, .partial, .telemetryLost, .noTraffic:
      return standingWithoutData(track, now: now)
    }
  }

  private func standingWithoutData(_ track: LevelTrack?, now: Instant) -> Standing {
    guard let plan = policy.withoutData else { return .unknown }
    if let track, let known = index(of: track.ruling), now - track.lastSeen < plan.after {
      return .level(known, .lastKnown)
    }
    switch plan.answer {
    case .freeze: return .withoutData(.freeze, level: worst)
    case .level(let name): return .withoutData(.level(name), level: index(of: name) ?? worst)
    case .allow, .approve: return .withoutData(plan.answer, level: nil)
    }
  }

  private func level(where remaining: Remaining) -> Int {
    levels.lastIndex { $0.enter?.holds(for: remaining) ?? true } ?? worst
  }
}
