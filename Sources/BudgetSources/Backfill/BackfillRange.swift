import PlanModel
import PromQL
import Quantities

/// The part of the past that one ledger is computed for, in milliseconds since 1970.
struct BackfillRange: Sendable, Hashable {
  /// Where the ledger begins, with nothing counted.
  var start: Int64
  /// The last evaluation. Where the ledger goes on live, it is the one before the first live one, so that every event is in
  /// one of the two.
  var end: Int64
}

/// What was asked for.
package struct BackfillRequest: Sendable, Hashable {
  package var from: Instant?
  package var to: Instant?
  package var now: Instant
  /// How far apart samples are written.
  package var resolution: TimeSpan

  package init(from: Instant?, to: Instant?, now: Instant, resolution: TimeSpan) {
    self.from = from
    self.to = to
    self.now = now
    self.resolution = resolution
  }
}

/// Finds where live ledgers begin.
struct LiveLedgers: Sendable {
  let client: PrometheusClient

  /// The first evaluation of a ledger; nil where there is no ledger since `start`.
  func beginning(of source: LedgerSource, since start: Int64, until now: Int64) async throws -> Int64? {
    let total = source.ledger(.totalLedger)
    // As coarse as the server's limit of points allows, and at least as an hour.
    let step = max(3_600_000, (now - start) / 10_000 / 1_000 * 1_000)
    let counts = PromQLExpression.call(.countOverTime, .range(total, over: .fixed(.milliseconds(step))))
    let found = try await client.queryRange(counts.description, from: start, through: now + step, every: step)
    guard let first = found.value.flatMap(\.samples).map(\.time).min() else { return nil }
    return try await firstSamples(of: total, before: first, within: step).map(\.time).min()
  }

  private func firstSamples(
    of ledger: VectorSelector,
    before end: Int64,
    within span: Int64
  ) async throws -> [PrometheusSeries.Sample] {
    let samples = PromQLExpression.range(ledger, over: .fixed(.milliseconds(span)))
    return try await client.query(samples.description, at: end).value.compactMap(\.samples.first)
  }
}

extension LedgerSource {
  func ledger(_ record: RecordName) -> VectorSelector {
    VectorSelector(record.rawValue, identity)
  }

  /// The range that a request means for this ledger.
  func range(
    _ request: BackfillRequest,
    asking client: PrometheusClient
  ) async throws -> BackfillRange {
    let step = interval.microseconds / 1_000
    let from = request.from ?? (request.to ?? request.now) - window
    let now = request.now.milliseconds
    let live = try await LiveLedgers(client: client).beginning(of: self, since: from.milliseconds, until: now)
    guard let live else {
      guard let to = request.to else { throw BackfillError.noLedger(objective: objective.text) }
      return try range(from: from, lastEvaluation: to.milliseconds, step: step)
    }
    var end = live - step
    if let to = request.to {
      guard to.milliseconds < live else {
        throw BackfillError.overlap(objective: objective.text, start: .init(milliseconds: live), asked: to)
      }
      // On the live ledger's grid, so that no event falls between two evaluations.
      end -= (end - min(end, to.milliseconds) + step - 1) / step * step
    }
    let start = request.from ?? Instant(milliseconds: end) - window
    return try range(from: start, lastEvaluation: end, step: step)
  }

  private func range(
    from: Instant,
    lastEvaluation end: Int64,
    step: Int64
  ) throws(BackfillError) -> BackfillRange {
    let count = (end - from.milliseconds) / step
    guard count > 0 else {
      throw .emptyRange(objective: objective.text, from: from, to: Instant(milliseconds: end))
    }
    return BackfillRange(start: end - count * step, end: end)
  }
}

extension Instant {
  var milliseconds: Int64 { unixSeconds * 1_000 }

  init(milliseconds: Int64) {
    self.init(unixSeconds: milliseconds / 1_000)
  }
}
