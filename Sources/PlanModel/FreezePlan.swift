import Quantities

/// A time in which changes wait, whatever the budgets say.
package struct FreezePlan: Sendable, Hashable {
  /// When changes wait. Zones are names of the IANA time zone database.
  package enum Window: Sendable, Hashable {
    /// Whole days, both ends included.
    case days(from: CalendarDate, through: CalendarDate, zone: String)
    case once(start: Instant, duration: TimeSpan)
    /// `weekday` is 1 for Monday to 7 for Sunday, `second` counts from midnight; shorter than a week.
    case weekly(weekday: Int, second: Int, duration: TimeSpan, zone: String)
    /// Shorter than a day.
    case daily(second: Int, duration: TimeSpan, zone: String)

    package var zone: String? {
      switch self {
      case .days(_, _, let zone), .weekly(_, _, _, let zone), .daily(_, _, let zone): zone
      case .once: nil
      }
    }
  }

  /// A service, journey or objective by its full name.
  package var scope: String
  package var reason: String
  /// Change classes that may go out all the same.
  package var allowed: [String]
  package var windows: [Window]

  package init(scope: String, reason: String, allowed: [String], windows: [Window]) {
    self.scope = scope
    self.reason = reason
    self.allowed = allowed
    self.windows = windows
  }
}
