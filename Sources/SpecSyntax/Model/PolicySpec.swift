import Diagnostics
import Quantities

/// An error-budget policy.
package struct PolicySpec: Sendable {
  /// The classes of change that it knows.
  package var changes: [Located<String>]
  /// Best first.
  package var levels: [Named<LevelSpec>]
  package var title: Located<String>?
  package var description: Located<String>?
  /// What each action means; where they are given, levels may name no other.
  package var actions: [NamedText]?
  package var withoutData: Located<WithoutDataSpec>?

  package init(changes: [Located<String>], levels: [Named<LevelSpec>]) {
    self.changes = changes
    self.levels = levels
  }
}

/// A comparison of the remaining share of the budget, which may be below zero, with a bound.
package struct RemainingSpec: Sendable, Hashable {
  package var comparison: Located<Comparison>
  package var bound: Located<Ratio>
}

/// What may be deployed while so much of the budget remains.
package struct LevelSpec: Sendable {
  package enum Entry: Sendable, Hashable {
    case always
    case remaining(RemainingSpec)
  }

  package enum Allowance: Sendable {
    case all
    case none
    case only([Located<String>])
  }

  package var when: Located<Entry>
  /// Where the level is left, if later than where `when` stops holding.
  package var until: Located<RemainingSpec>?
  package var allow: Located<Allowance>?
  /// Change classes that need a named approval.
  package var approve: [Located<String>] = []
  /// The highest stage that a rollout may reach.
  package var rollout: Located<Ratio>?
  package var actions: [Located<LevelActionSpec>] = []
  package var exit: [Located<String>] = []
  package var guidance: [Located<String>] = []

  package init(when: Located<Entry>) {
    self.when = when
  }
}

/// What a team does at a level: `war-room daily`.
package struct LevelActionSpec: Sendable, Hashable {
  package var name: Located<String>
  /// `daily`, `every 12h`.
  package var cadence: Located<String>?
}

/// What the gate answers once data has been missing for a while.
package struct WithoutDataSpec: Sendable {
  package enum Answer: Sendable, Hashable {
    case freeze
    case allow
    case approve
    case level(String)
  }

  package var after: Located<TimeSpan>
  package var answer: Located<Answer>
}

/// A reviewed exception to a policy.
package struct OverrideSpec: Sendable {
  package var change: Located<String>
  /// A service, journey or objective.
  package var scope: Located<String>
  package var reason: Located<String>?
  package var by: Located<String>?
  package var from: Located<Instant>?
  package var until: Located<Instant>?

  package init(change: Located<String>, scope: Located<String>) {
    self.change = change
    self.scope = scope
  }
}

/// A time in which changes wait, whatever the budgets say.
package struct FreezeSpec: Sendable {
  package var reason: Located<String>
  /// A service, journey or objective; the service itself where it is absent.
  package var scope: Located<String>?
  /// Change classes that may go out all the same.
  package var allow: [Located<String>] = []
  package var days: [Located<FreezeDaysSpec>] = []
  package var windows: [Located<MaintenanceWindowSpec>] = []

  package init(reason: Located<String>) {
    self.reason = reason
  }
}

/// Whole days, both ends included.
package struct FreezeDaysSpec: Sendable {
  package var from: Located<CalendarDate>
  package var through: Located<CalendarDate>
  /// UTC where it is absent.
  package var timeZone: Located<String>?
}

/// An item of an exit list that somebody vouches for.
package struct SignoffSpec: Sendable {
  package var policy: Located<String>
  package var level: Located<String>
  package var item: Located<String>
  package var by: Located<String>
  package var on: Located<CalendarDate>
}
