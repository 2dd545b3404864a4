import PlanModel
import Quantities

extension Gate {
  /// The levels of every budget that a policy rules, found as `decide` finds them: what decisions go on from.
  ///
  /// Somebody who asks about one service at a time never sees the others change level; this sees them all.
  package static func levels(
    policy: GatePolicy,
    observations: Snapshot,
    previous: LevelState? = nil,
    now: Instant
  ) throws(GateError) -> LevelState {
    try check(observations, previous, now)
    let bench = GateBench(policy, observations, previous ?? .none, now)
    var entries: [LevelState.Entry] = []
    for service in policy.services {
      let request = GateRequest(service: service.name, change: "")
      for unit in try policy.scope(of: request).units where unit.dependency == nil {
        entries += try bench.judge(unit).compactMap { judged in
          judged.track.map { LevelState.Entry(budget: judged.budget, policy: judged.rules.policy.name, track: $0) }
        }
      }
    }
    let declared = Set(policy.objectives.map(\.name.text) + policy.journeys.map(\.name))
    let merged = LevelState(entries: entries).merged(over: previous ?? .none)
    return LevelState(entries: merged.entries.filter { declared.contains($0.budget.name) })
  }
}
