/// A length of time as PromQL writes it: `5m`, `1h30m`, `30d`. Only offsets are ever negative.
package struct PromQLDuration: Hashable, Sendable, Comparable {
  package let milliseconds: Int64

  package static let zero = PromQLDuration(milliseconds: 0)

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  package static func milliseconds(_ count: Int64) -> PromQLDuration { PromQLDuration(milliseconds: count) }
  package static func seconds(_ count: Int64) -> PromQLDuration { PromQLDuration(milliseconds: count * 1_000) }
  package static func minutes(_ count: Int64) -> PromQLDuration { PromQLDuration(milliseconds: count * 60_000) }
  package static func hours(_ count: Int64) -> PromQLDuration { PromQLDuration(milliseconds: count * 3_600_000) }
  package static func days(_ count: Int64) -> PromQLDuration { PromQLDuration(milliseconds: count * 86_400_000) }

  package static func < (left: PromQLDuration, right: PromQLDuration) -> Bool {
    left.milliseconds < right.milliseconds
  }

  package static prefix func - (duration: PromQLDuration) -> PromQLDuration {
    PromQLDuration(milliseconds: -duration.milliseconds)
  }
}

extension PromQLDuration: CustomStringConvertible {
  /// The units that are printed. Weeks and years are read but written as days, as targets and budgets are.
  private static let units: [(milliseconds: UInt64, suffix: String)] = [
    (86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1_000, "s"), (1, "ms"),
  ]

  /// The shortest PromQL spelling: largest unit first, no unit twice, zero as `0s`.
  package var description: String {
    if milliseconds == 0 { return "0s" }
    var text = milliseconds < 0 ? "-" : ""
    var rest = milliseconds.magnitude
    for unit in Self.units where rest >= unit.milliseconds {
      text.append(String(rest / unit.milliseconds))
      text.append(unit.suffix)
      rest %= unit.milliseconds
    }
    return text
  }
}
