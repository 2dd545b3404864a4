import Diagnostics
import PromQL
import Quantities

/// Planned work.
package struct MaintenanceSpec: Sendable {
  package var title: Located<String>?
  /// How long before it is announced.
  package var notice: Located<TimeSpan>?
  package var windows: [Located<MaintenanceWindowSpec>] = []
  /// A PromQL comparison that yields series while work goes on.
  package var when: QueryText<PromQLExpression>?
}

package struct MaintenanceWindowSpec: Sendable {
  package enum Start: Sendable, Hashable {
    case once(Instant)
    case weekly(Weekday, TimeOfDay)
    case daily(TimeOfDay)
  }

  package var start: Located<Start>
  package var duration: Located<TimeSpan>
  /// The time zone of a recurring window; UTC where it is absent.
  package var timeZone: Located<String>?
}

package enum Weekday: String, Sendable, CaseIterable {
  case monday
  case tuesday
  case wednesday
  case thursday
  case friday
  case saturday
  case sunday
}

/// A time on the clock: `02:00`.
package struct TimeOfDay: Sendable, Hashable {
  package var hour: Int
  package var minute: Int
}

/// What does not count against an objective although it is no planned work.
package struct ExclusionSpec: Sendable {
  package enum Basis: Sendable {
    /// A PromQL comparison that yields series while the exclusion holds.
    case query(QueryText<PromQLExpression>)
    /// The measurement cannot see it in the first place.
    case notMeasured
  }

  package var basis: Basis
  package var title: Located<String>?
  package var reason: Located<String>?
}
