import PlanModel
import Quantities

/// What a level says about a change class.
package enum Permission: Sendable, Hashable, Comparable {
  case denied
  case approval
  case allowed
}

/// A policy with the sign-offs on its exit lists, ready to be asked.
///
/// A worse level never allows what a better one forbids, nor a higher stage: what a level says is the strictest of what it
/// and all better levels say. So an answer can only get stricter while a budget shrinks.
struct LevelRules: Sendable {
  let policy: PolicyPlan
  private let signoffs: [SignoffPlan]

  /// Nil for a policy without levels, which rules nothing.
  init?(policy: PolicyPlan, signoffs: [SignoffPlan]) {
    if policy.levels.isEmpty { return nil }
    self.policy = policy
    self.signoffs = signoffs.filter { $0.policy == policy.name }
  }

  /// The same rules with every exit list signed off.
  var withoutExitLists: LevelRules {
    var policy = policy
    for index in policy.levels.indices { policy.levels[index].exit = [] }
    return LevelRules(policy: policy, signoffs: []) ?? self
  }

  var levels: [LevelPlan] { policy.levels }
  var worst: Int { levels.count - 1 }

  func declares(_ change: String) -> Bool { policy.changes.contains(change) }

  func index(of level: String) -> Int? { levels.firstIndex { $0.name == level } }

  func permission(for change: String, at level: Int) -> Permission {
    levels[...level].map { $0.permission(for: change) }.min() ?? .denied
  }

  func rolloutCap(at level: Int) -> Ratio? { levels[...level].compactMap(\.rolloutCap).min() }

  // MARK: Exit lists

  /// The sign-offs that count for a level entered at `entry`: given on its day or later, and not after today.
  ///
  /// Days are those of UTC, because a sign-off carries no time zone.
  func signoffs(at level: Int, entered entry: Instant, now: Instant) -> [SignoffPlan] {
    let days = entry.utcDate...max(entry.utcDate, now.utcDate)
    return signoffs.filter {
      $0.level == levels[level].name && levels[level].exit.contains($0.item) && days.contains($0.on)
    }
  }

  /// The days of all sign-offs of the policy.
  var signoffDays: [CalendarDate] { signoffs.map(\.on) }

  func openItems(at level: Int, entered entry: Instant, now: Instant) -> [String] {
    let signed = Set(signoffs(at: level, entered: entry, now: now).map(\.item))
    return levels[level].exit.filter { !signed.contains($0) }
  }
}

extension LevelPlan {
  fileprivate func permission(for change: String) -> Permission {
    if allowed.contains(change) { return .allowed }
    return approved.contains(change) ? .approval : .denied
  }
}
