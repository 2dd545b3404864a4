import Quantities
import SpecCatalog

/// Planned work and other things that do not count, in words.
struct ExclusionText {
  let index: CatalogIndex

  /// The title with the reason, where they are stated; else the name.
  func name(of id: ExclusionID) -> String {
    let exclusion = index.catalog[id]
    let name = exclusion.title ?? exclusion.name.value
    return reason(of: exclusion).map { "\(name) (\($0))" } ?? name
  }

  func reason(of exclusion: Exclusion) -> String? {
    switch exclusion.kind {
    case .maintenance: nil
    case .condition(let reason), .notMeasured(let reason): reason
    }
  }

  func kind(of exclusion: Exclusion) -> String {
    switch exclusion.kind {
    case .maintenance: "maintenance"
    case .condition: "exclusion"
    case .notMeasured: "not measured"
    }
  }

  func notice(of exclusion: Exclusion) -> TimeSpan? {
    switch exclusion.kind {
    case .maintenance(let notice, windows: _): notice
    case .condition, .notMeasured: nil
    }
  }

  func windows(of exclusion: Exclusion) -> [RecurringWindow] {
    switch exclusion.kind {
    case .maintenance(notice: _, let windows): windows
    case .condition, .notMeasured: []
    }
  }

  /// `weekly on sunday at 02:00 in UTC, for 2h`.
  static func sentence(of window: RecurringWindow) -> String {
    switch window {
    case .once(let start, let duration): "once, from \(start) for \(duration)"
    case .weekly(let day, let time, let duration, let zone):
      "weekly on \(day.rawValue) at \(clock(time)) in \(zone), for \(duration)"
    case .daily(let time, let duration, let zone): "daily at \(clock(time)) in \(zone), for \(duration)"
    }
  }

  private static func clock(_ time: TimeOfDay) -> String {
    [time.hour, time.minute].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
