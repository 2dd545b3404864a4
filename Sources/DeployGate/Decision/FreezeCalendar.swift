import PlanModel
import Quantities

/// A stretch of time, its end not included.
package struct FreezeStretch: Sendable, Hashable {
  package var from: Instant
  package var until: Instant
}

/// A freeze that counts for a request, and when it is or will soon be in force.
package struct FreezeStanding: Sendable, Hashable {
  package var freeze: FreezePlan
  /// The time in which it is in force without a break; nil where it is not now.
  package var current: FreezeStretch?
  /// When it next begins, within eight days; nil where it is in force or nothing is near.
  package var next: Instant?
}

/// Tells when freezes are in force.
struct FreezeCalendar: Sendable {
  let zones: [String: TimeZoneRules]
  let now: Instant

  /// How far ahead a freeze is told of.
  private static let outlook = 8
  /// Longer than any real chain of windows: one that does not end by then is as good as endless.
  private static let longestChain = 64

  func standing(of freeze: FreezePlan) -> FreezeStanding {
    guard var current = stretch(of: freeze, at: now) else {
      let next = freeze.windows.flatMap { starts(of: $0, around: now) }.map(\.from).filter {
        $0 > now && $0 - now <= .days(Self.outlook)
      }.min()
      return FreezeStanding(freeze: freeze, current: nil, next: next)
    }
    // Windows that touch are one freeze: what matters is when changes may go out again.
    for _ in 0..<Self.longestChain {
      guard let following = stretch(of: freeze, at: current.until) else { break }
      current.until = following.until
    }
    return FreezeStanding(freeze: freeze, current: current, next: nil)
  }

  /// The window in which an instant lies that ends last.
  private func stretch(of freeze: FreezePlan, at instant: Instant) -> FreezeStretch? {
    freeze.windows.flatMap { starts(of: $0, around: instant) }
      .filter { $0.from <= instant && instant < $0.until }
      .max { ($0.until, $1.from) < ($1.until, $0.from) }
  }

  /// The stretches of a window from those that an instant may lie in to those of the coming days.
  private func starts(of window: FreezePlan.Window, around instant: Instant) -> [FreezeStretch] {
    switch window {
    case .days(let first, let last, let name):
      let zone = zone(name)
      return [FreezeStretch(from: zone.start(of: first), until: zone.start(of: last.adding(days: 1)))]
    case .once(let start, let duration):
      return [FreezeStretch(from: start, until: start + duration)]
    case .weekly(let weekday, let second, let duration, let name):
      return recurring(second, duration, zone(name), around: instant) { $0.isoWeekday == weekday }
    case .daily(let second, let duration, let name):
      return recurring(second, duration, zone(name), around: instant) { _ in true }
    }
  }

  private func recurring(
    _ second: Int,
    _ duration: TimeSpan,
    _ zone: TimeZoneRules,
    around instant: Instant,
    _ isDay: (CalendarDate) -> Bool
  ) -> [FreezeStretch] {
    let today = zone.date(at: instant)
    return (-Self.outlook...Self.outlook).map { today.adding(days: $0) }.filter(isDay).map { day in
      let start = zone.moment(ofSecond: second, on: day)
      return FreezeStretch(from: start, until: start + duration)
    }
  }

  private func zone(_ name: String) -> TimeZoneRules { zones[name] ?? .utc }
}

extension GatePolicy {
  /// The freezes that count for a request: those of what was asked for, of what it belongs to, and of its parts.
  ///
  /// What a dependency has frozen for itself holds nobody else back.
  func freezes(for scope: GateScope, of service: String, at now: Instant) -> [FreezeStanding] {
    let parts = scope.units.filter { $0.dependency == nil && $0.name.hasPrefix("\(service)/") }
    let names = parts.reduce(into: scope.names) { $0.formUnion($1.scopes) }
    let calendar = FreezeCalendar(zones: zones, now: now)
    return freezes.filter { names.contains($0.scope) }.map(calendar.standing)
      .filter { $0.current != nil || $0.next != nil }
      .sorted { ($0.freeze.scope, $0.freeze.reason) < ($1.freeze.scope, $1.freeze.reason) }
  }
}
