import DeployGate
import Quantities

/// Samples of one ledger, by the time at which rules wrote them: all rules of a group write at one time.
struct RecordedSamples: Sendable {
  enum Part: Sendable {
    case total
    case bad
    case start
    case ledger
    case level(String)
  }

  private(set) var totals: [Int64: Double] = [:]
  private(set) var bads: [Int64: Double] = [:]
  private(set) var starts: [Int64: Double] = [:]
  /// The running sum of all that was ever counted.
  private(set) var ledgers: [Int64: Double] = [:]
  /// In the order of time.
  private(set) var levels: [String: [PrometheusSeries.Sample]] = [:]

  mutating func add(_ samples: [PrometheusSeries.Sample], as part: Part) {
    switch part {
    case .total: for sample in samples { totals[sample.time] = sample.value }
    case .bad: for sample in samples { bads[sample.time] = sample.value }
    case .start: for sample in samples { starts[sample.time] = sample.value }
    case .ledger: for sample in samples { ledgers[sample.time] = sample.value }
    case .level(let name): levels[name, default: []] += samples
    }
  }

  /// The times at which both counts were written, ascending.
  var times: [Int64] { totals.keys.filter { bads[$0] != nil }.sorted() }

  /// What was counted at a time; nil where the samples are no counts.
  func counts(at time: Int64) -> EventCounts? {
    guard let bad = bads[time].flatMap(Rational.init(counted:)),
      let total = totals[time].flatMap(Rational.init(counted:))
    else { return nil }
    return EventCounts(bad: bad, total: total)
  }
}

/// What is recorded of one count of one budget.
struct RecordedLedger: Sendable {
  var newest = RecordedSamples()
  var past = RecordedSamples()
  var spentTotal: Double?
  var spentBad: Double?

  /// A ledger at the time of its newest samples.
  struct Reading: Sendable {
    let ledger: RecordedLedger
    /// Milliseconds since 1970.
    let at: Int64
    /// nil where what was recorded is no count.
    let counts: EventCounts?
  }

  /// By the last evaluations, or by the history where those left nothing; nil where neither has a count.
  var reading: Reading? {
    guard let at = newest.times.last ?? past.times.last else { return nil }
    return Reading(ledger: self, at: at, counts: newest.counts(at: at) ?? past.counts(at: at))
  }
}

extension RecordedLedger.Reading {
  /// Doubtful before anything counted, then by what remains.
  func isWorse(than other: RecordedLedger.Reading, target: Target) -> Bool {
    switch (counts, other.counts) {
    case (nil, nil): at > other.at
    case (nil, .some): true
    case (.some, nil): false
    case (let mine?, let others?):
      switch (Remaining(mine, target: target), Remaining(others, target: target)) {
      case (let less, let more) where less != more: less < more
      default: mine.total != others.total ? mine.total < others.total : at > other.at
      }
    }
  }

  func observation(of budget: BudgetName, levels: [String], telemetry: TelemetryRecord, interval: TimeSpan)
    -> Observation
  {
    let instant = Instant(milliseconds: at)
    let lost = telemetry.lost(at: at, interval: interval) { hasCounted(since: $0) }
    return Observation(
      budget: budget,
      at: instant,
      counts: counts ?? EventCounts(bad: .zero, total: .zero),
      since: since(atMost: instant),
      isPartial: counts == nil,
      lost: lost.map { min($0, instant) },
      levels: levels.compactMap { level in
        entered(level).map { LevelTrack.Entry(level: level, since: min($0, instant)) }
      },
      burn: burn,
      history: history(before: instant)
    )
  }

  private func since(atMost limit: Instant) -> Instant? {
    let newest = ledger.newest.starts.max { $0.key < $1.key }?.value
    guard let seconds = newest, seconds > 0, seconds < 1e12 else { return nil }
    return min(Instant(unixSeconds: Int64(seconds)), limit)
  }

  /// Whether the ledger has grown since a time; not where nothing tells.
  private func hasCounted(since time: Int64) -> Bool {
    guard let before = ledger.past.ledgers[time], let now = ledger.newest.ledgers.max(by: { $0.key < $1.key })?.value
    else {
      return false
    }
    return now != before
  }

  private var burn: [BurnObservation] {
    guard let total = ledger.spentTotal.flatMap(Rational.init(counted:)),
      let bad = ledger.spentBad.flatMap(Rational.init(counted:))
    else { return [] }
    return [BurnObservation(window: ObservationQueries.burnWindow, counts: EventCounts(bad: bad, total: total))]
  }

  private func history(before limit: Instant) -> [PastObservation] {
    var last: Instant?
    return ledger.past.times.compactMap { time in
      let instant = Instant(milliseconds: time)
      guard instant < limit, last.map({ $0 < instant }) ?? true, let counts = ledger.past.counts(at: time) else {
        return nil
      }
      last = instant
      return PastObservation(at: instant, counts: counts)
    }
  }

  /// Since when a level holds without a break, as far as the history tells; nil where it does not hold.
  private func entered(_ level: String) -> Instant? {
    let recent = (ledger.newest.levels[level] ?? []).filter { $0.time <= at }
    let samples = (ledger.past.levels[level] ?? []).filter { $0.time < recent.first?.time ?? .max } + recent
    guard let last = samples.last, last.value > 0 else { return nil }
    let first = samples.suffix(from: (samples.lastIndex { $0.value <= 0 }).map { $0 + 1 } ?? 0).first ?? last
    return Instant(milliseconds: first.time)
  }
}

extension Rational {
  /// A count as a server computes it, to a millionth: beyond that lies only the noise of sums of floats. Nil for what is no
  /// count: below zero by more than noise, not a number, or more than a snapshot may say.
  init?(counted value: Double) {
    guard value > -1e-6, value < 1e17 else { return nil }
    if value < 1e11 {
      self.init(numerator: Int128((max(value, 0) * 1e6).rounded()), denominator: 1_000_000)
    } else {
      self.init(Int128(value.rounded()))
    }
  }
}
