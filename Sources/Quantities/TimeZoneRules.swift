/// How far the clocks of a zone are ahead of UTC, at every moment.
///
/// The transitions of the past come from a file of the IANA time zone database, those of the future from the rule in
/// its last line (RFC 8536).
package struct TimeZoneRules: Sendable, Hashable {
  /// When the clocks change, in order, and by how many seconds they are ahead of UTC from then on.
  let transitions: [Transition]
  /// How far they were ahead before the first.
  let firstOffset: Int
  /// What holds after the last; nil where clocks never change again.
  let rule: RecurringTransitions?

  package static let utc = TimeZoneRules(transitions: [], firstOffset: 0, rule: nil)

  struct Transition: Sendable, Hashable {
    let at: Int64
    let offset: Int
  }

  /// No zone is further than this from UTC, by RFC 8536.
  static let greatestOffset = 26 * 3_600

  init(transitions: [Transition], firstOffset: Int, rule: RecurringTransitions?) {
    self.transitions = transitions
    self.firstOffset = firstOffset
    self.rule = rule
  }

  /// Whether a name has the form of those in the database, and none that leads elsewhere in a file system.
  package static func isName(_ name: some Collection<UInt8>) -> Bool {
    name.count <= 64
      && name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
        guard let first = part.first, first.isLetter, first < 0x80 else { return false }
        return part.allSatisfy {
          ($0.isLetter && $0 < 0x80) || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
            || $0 == UInt8(ascii: "+")
        }
      }
  }

  /// How many seconds the clocks are ahead of UTC.
  package func offset(at instant: Instant) -> Int {
    segment(at: instant.unixSeconds).offset
  }

  /// The day that it is in the zone.
  package func date(at instant: Instant) -> CalendarDate {
    let offset = Int64(offset(at: instant))
    let local = instant.unixSeconds.addingReportingOverflow(offset)
    return Instant(unixSeconds: local.overflow ? instant.unixSeconds : local.partialValue).utcDate
  }

  /// The first moment of a day: midnight, or the moment after it where the clocks skip midnight.
  package func start(of date: CalendarDate) -> Instant {
    let midnight = Int64(date.dayNumber) * 86_400
    var from = midnight - Int64(Self.greatestOffset)
    while true {
      let (offset, end) = segment(at: from)
      let reached = max(from, midnight - Int64(offset))
      guard let end, end <= reached else { return Instant(unixSeconds: reached) }
      from = end
    }
  }

  /// When the clocks show a time on a day, in seconds since midnight; where they skip it, the moment that they would have
  /// shown it.
  package func moment(ofSecond second: Int, on date: CalendarDate) -> Instant {
    let clock = Int64(date.dayNumber) * 86_400 + Int64(second)
    let guess = clock - Int64(offset(at: Instant(unixSeconds: clock)))
    return Instant(unixSeconds: clock - Int64(offset(at: Instant(unixSeconds: guess))))
  }

  /// A change of the clocks: from `at` on they are so many seconds ahead of UTC.
  package struct Change: Sendable, Hashable {
    package let at: Instant
    package let offset: Int

    package init(at: Instant, offset: Int) {
      self.at = at
      self.offset = offset
    }
  }

  /// Clocks that are `offset` seconds ahead of UTC until the first of the changes, which are in order.
  package init(offset: Int, changes: [Change]) {
    self.init(
      transitions: changes.map { Transition(at: $0.at.unixSeconds, offset: $0.offset) },
      firstOffset: offset,
      rule: nil
    )
  }

  /// The changes of the clocks from one moment to another.
  package func changes(from start: Instant, until end: Instant) -> [Change] {
    var changes: [Change] = []
    var current = segment(at: start.unixSeconds)
    while let next = current.end, next < end.unixSeconds {
      let following = segment(at: next)
      if following.offset != current.offset {
        changes.append(Change(at: Instant(unixSeconds: next), offset: following.offset))
      }
      current = following
    }
    return changes
  }

  /// The offset at a moment, and when it next changes.
  private func segment(at moment: Int64) -> (offset: Int, end: Int64?) {
    let next = firstTransition(after: moment)
    let offset = next == 0 ? firstOffset : transitions[next - 1].offset
    if next < transitions.count { return (offset, transitions[next].at) }
    guard let rule else { return (offset, nil) }
    return rule.segment(at: moment)
  }

  private func firstTransition(after moment: Int64) -> Int {
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].at <= moment { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
