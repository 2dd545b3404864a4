import Quantities

/// The levels that a budget is in: each is entered where its bound says so and kept until it may be left.
package struct LevelTrack: Sendable, Hashable {
  /// A level that has been entered and not left.
  package struct Entry: Sendable, Hashable {
    package var level: String
    package var since: Instant

    package init(level: String, since: Instant) {
      self.level = level
      self.since = since
    }
  }

  /// Best first.
  package var entries: [Entry]
  /// The worst of the entries, which rules.
  package var ruling: String
  package var since: Instant
  /// Whether the ruling level was seen to begin; otherwise it may have begun before `since`.
  package var isBeginningSeen: Bool
  /// The instant of the newest data that were judged.
  package var lastSeen: Instant

  package init(entries: [Entry], ruling: String, since: Instant, isBeginningSeen: Bool, lastSeen: Instant) {
    self.entries = entries
    self.ruling = ruling
    self.since = since
    self.isBeginningSeen = isBeginningSeen
    self.lastSeen = lastSeen
  }
}

extension LevelRules {
  /// The track after one more observation; `today` is the day up to which sign-offs count.
  func track(
    _ track: LevelTrack?,
    observing remaining: Remaining,
    at instant: Instant,
    signedOffBy today: Instant
  ) -> LevelTrack {
    let entered = Dictionary((track?.entries ?? []).map { ($0.level, $0.since) }) { first, _ in first }
    let entries = levels.indices.compactMap { index -> LevelTrack.Entry? in
      let level = levels[index]
      if level.enter?.holds(for: remaining) ?? true {
        return LevelTrack.Entry(level: level.name, since: entered[level.name] ?? instant)
      }
      guard let since = entered[level.name] else { return nil }
      let isLeft = level.leave?.holds(for: remaining) ?? true
      let isKept = !isLeft || !openItems(at: index, entered: since, now: today).isEmpty
      return isKept ? LevelTrack.Entry(level: level.name, since: since) : nil
    }
    // A policy whose levels leave a gap is refused when it is read; should one get here, the worst level rules.
    let ruling = entries.last ?? LevelTrack.Entry(level: levels[worst].name, since: instant)
    return LevelTrack(entries: entries, ruling: ruling.level, from: track, at: instant)
  }

  /// The track with levels that somebody else recorded as entered: the worse of both counts.
  func track(_ track: LevelTrack?, recorded: [LevelTrack.Entry], at instant: Instant) -> LevelTrack? {
    if recorded.isEmpty { return track }
    var since = Dictionary((track?.entries ?? []).map { ($0.level, $0.since) }) { first, _ in first }
    // Of two beginnings the later one is what sign-offs have to follow: history may have gone past a level that was left
    // and entered again.
    for entry in recorded { since[entry.level] = max(entry.since, since[entry.level] ?? entry.since) }
    let entries = levels.compactMap { level in
      since[level.name].map { LevelTrack.Entry(level: level.name, since: $0) }
    }
    guard let ruling = entries.last else { return track }
    if let track, track.ruling == ruling.level {
      var merged = track
      merged.entries = entries
      merged.since = min(track.since, recorded.first { $0.level == ruling.level }?.since ?? track.since)
      return merged
    }
    return LevelTrack(
      entries: entries,
      ruling: ruling.level,
      since: ruling.since,
      isBeginningSeen: true,
      lastSeen: max(instant, track?.lastSeen ?? instant)
    )
  }
}

extension LevelTrack {
  fileprivate init(entries: [Entry], ruling: String, from previous: LevelTrack?, at instant: Instant) {
    let goesOn = previous?.ruling == ruling
    self.init(
      entries: entries,
      ruling: ruling,
      since: goesOn ? previous?.since ?? instant : instant,
      isBeginningSeen: goesOn ? previous?.isBeginningSeen ?? false : previous != nil,
      lastSeen: instant
    )
  }
}
