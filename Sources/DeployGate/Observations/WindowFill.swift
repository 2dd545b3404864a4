import Quantities

/// How much of an objective's window lies behind the data.
struct WindowFill: Sendable, Hashable {
  /// How much of the window has been observed.
  var elapsed: TimeSpan
  var length: TimeSpan
  /// When the whole budget comes back at once; nil for rolling windows.
  var resets: Instant?
  /// Whether recording began after the window did.
  var isYoung: Bool

  /// Nil where nothing of the window has been observed yet, so that there is no rate to go by.
  init?(_ window: TimeWindow, at instant: Instant, since: Instant?, in zone: TimeZoneRules) {
    let start: Instant
    switch window {
    case .rolling(let span):
      start = instant - span
      length = span
      resets = nil
    case .calendar(let period, zone: _):
      start = period.start(containing: instant, in: zone)
      let end = period.end(containing: instant, in: zone)
      length = end - start
      resets = end
    }
    let begun = max(start, since ?? start)
    guard begun < instant else { return nil }
    elapsed = instant - begun
    isYoung = begun > start
  }
}

extension WindowFill {
  /// How long what remains lasts at a burn rate; nil where it is never used up.
  ///
  /// In a full window `remaining · window / burn` (The Site Reliability Workbook, chapter 5), although at 1 or below a rolling
  /// window gives back as much as is spent. A window that still fills counts events so far alone, and at a steady rate of events
  /// runs out after `elapsed · remaining / (burn - 1)`.
  func timeToExhaustion(of remaining: Rational, at burn: BurnRate) -> TimeSpan? {
    if remaining <= .zero { return .zero }
    guard burn > .planned else { return nil }
    return isFull
      ? burn.timeToExhaustion(of: length, remaining: remaining)
      : elapsed * (remaining / (burn.multiple - .one))
  }

  /// How long it takes until `bound` remains at a burn rate; nil where that never happens at this rate.
  ///
  /// With failures spread evenly over the window, a full rolling window loses old failures at the rate `1 - remaining` and gains
  /// new ones at the burn rate. A window that still fills dilutes its failures instead.
  func timeToRecovery(from remaining: Rational, to bound: Rational, at burn: BurnRate) -> TimeSpan? {
    let gain = isFull ? .one - remaining - burn.multiple : .one - bound - burn.multiple
    guard bound > remaining else { return .zero }
    guard gain > .zero else { return nil }
    let time = (isFull ? length : elapsed) * ((bound - remaining) / gain)
    return isFull && time > length ? nil : time
  }

  private var isFull: Bool { resets == nil && !isYoung }
}
