import PlanModel
import Quantities

extension FreezePlan {
  init(_ reader: inout ObjectReader) throws(DocumentFault) {
    self.init(
      scope: try reader.name("scope"),
      reason: try reader.name("reason"),
      allowed: try reader.names("allow"),
      windows: try reader.objects("windows") { (entry) throws(DocumentFault) in try Window(&entry) }
    )
    if windows.isEmpty { throw reader.place.member("windows").fault("a freeze without a time") }
  }
}

extension FreezePlan.Window {
  private enum Kind: String, CaseIterable {
    case days, once, weekly, daily
  }

  fileprivate init(_ reader: inout ObjectReader) throws(DocumentFault) {
    switch try reader.choice("kind", of: Kind.self) {
    case .days:
      let from = try reader.date("from")
      let through = try reader.date("through")
      guard from <= through else { throw reader.place.member("through").fault("'\(through)' is before '\(from)'") }
      self = .days(from: from, through: through, zone: try reader.name("zone"))
    case .once:
      self = .once(start: try reader.instant("start"), duration: try reader.span("duration"))
    case .weekly:
      self = .weekly(
        weekday: try reader.integer("weekday", in: 1...7),
        second: try reader.integer("second", in: 0...86_399),
        duration: try reader.recurring(within: .days(7)),
        zone: try reader.name("zone")
      )
    case .daily:
      self = .daily(
        second: try reader.integer("second", in: 0...86_399),
        duration: try reader.recurring(within: .days(1)),
        zone: try reader.name("zone")
      )
    }
  }
}

extension ObjectReader {
  /// The changes of the clocks of a zone, by its name.
  mutating func zone() throws(DocumentFault) -> (name: String, rules: TimeZoneRules) {
    let offsets = -93_600...93_600
    let name = try name("name")
    let offset = try integer("offset", in: offsets)
    var previous: Instant?
    let changes = try objects("changes") { (entry) throws(DocumentFault) in
      let at = try entry.instant("at")
      if let previous, at <= previous { throw entry.place.member("at").fault("'\(at)' is not after '\(previous)'") }
      previous = at
      return TimeZoneRules.Change(at: at, offset: try entry.integer("offset", in: offsets))
    }
    return (name, TimeZoneRules(offset: offset, changes: changes))
  }

  fileprivate mutating func recurring(within limit: TimeSpan) throws(DocumentFault) -> TimeSpan {
    let duration = try span("duration")
    guard duration < limit else { throw place.member("duration").fault("'\(duration)' is not shorter than \(limit)") }
    return duration
  }

  fileprivate mutating func integer(_ name: String, in range: ClosedRange<Int>) throws(DocumentFault) -> Int {
    let value = try value(name)
    guard let integer = value.number?.integer, range.contains(integer) else {
      throw place.member(name).fault("no whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }
}
