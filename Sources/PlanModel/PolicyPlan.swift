import Quantities

/// What may be deployed while how much of a budget remains.
package struct PolicyPlan: Sendable, Hashable {
  /// `service/policy`.
  package var name: String
  package var title: String
  package var changes: [String]
  /// Best first. Where several hold, the last rules.
  package var levels: [LevelPlan]
  package var withoutData: WithoutDataPlan?

  package init(
    name: String,
    title: String,
    changes: [String],
    levels: [LevelPlan],
    withoutData: WithoutDataPlan?
  ) {
    self.name = name
    self.title = title
    self.changes = changes
    self.levels = levels
    self.withoutData = withoutData
  }
}

/// A comparison of the remaining share of the budget, which may be below zero, with a bound.
package struct RemainingBound: Sendable, Hashable {
  package var comparison: Comparison
  package var bound: Ratio

  package init(comparison: Comparison, bound: Ratio) {
    self.comparison = comparison
    self.bound = bound
  }
}

package struct LevelPlan: Sendable, Hashable {
  package var name: String
  /// Where the level is entered; nil for a level that always holds.
  package var enter: RemainingBound?
  /// Where the level is left once entered; nil where it is left as soon as `enter` stops holding.
  package var leave: RemainingBound?
  package var allowed: [String]
  package var approved: [String]
  /// The highest stage that a rollout may reach; nil for no cap.
  package var rolloutCap: Ratio?
  package var actions: [String]
  package var exit: [String]
  package var guidance: [String]

  package init(
    name: String,
    enter: RemainingBound?,
    leave: RemainingBound?,
    allowed: [String],
    approved: [String],
    rolloutCap: Ratio?,
    actions: [String],
    exit: [String],
    guidance: [String]
  ) {
    self.name = name
    self.enter = enter
    self.leave = leave
    self.allowed = allowed
    self.approved = approved
    self.rolloutCap = rolloutCap
    self.actions = actions
    self.exit = exit
    self.guidance = guidance
  }
}

/// What the gate answers once data has been missing for a while.
package struct WithoutDataPlan: Sendable, Hashable {
  package enum Answer: Sendable, Hashable {
    /// Nothing but what the worst level allows.
    case freeze
    case allow
    case approve
    case level(String)
  }

  package var after: TimeSpan
  package var answer: Answer

  package init(after: TimeSpan, answer: Answer) {
    self.after = after
    self.answer = answer
  }
}

/// A reviewed exception: one change class may go out for a while in spite of the level.
package struct OverridePlan: Sendable, Hashable {
  package var change: String
  /// A service, journey or objective by its full name.
  package var scope: String
  package var reason: String
  package var by: String
  package var from: Instant?
  package var until: Instant

  package init(change: String, scope: String, reason: String, by: String, from: Instant?, until: Instant) {
    self.change = change
    self.scope = scope
    self.reason = reason
    self.by = by
    self.from = from
    self.until = until
  }
}

/// An item of a level's exit list that somebody vouches for.
package struct SignoffPlan: Sendable, Hashable {
  package var policy: String
  package var level: String
  package var item: String
  package var by: String
  package var on: CalendarDate

  package init(policy: String, level: String, item: String, by: String, on: CalendarDate) {
    self.policy = policy
    self.level = level
    self.item = item
    self.by = by
    self.on = on
  }
}
