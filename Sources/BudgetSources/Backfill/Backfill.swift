import ContentHash
import PlanModel
import Quantities
import WorkspaceFiles

/// Computes the past of ledgers from the metrics in a Prometheus, and writes it as OpenMetrics.
///
/// Each evaluation that the rules would have made is asked for by `query_range`, in chunks; after each chunk the sums and
/// the length of the output are noted, so that a run that was stopped goes on from there.
package struct Backfill: Sendable {
  package struct Progress: Sendable {
    package let objective: String
    /// How much of the whole is done, from 0 to 1.
    package let share: Double
    package let reached: Instant
  }

  /// Prometheus answers with at most 11,000 points; a tenth is asked for, as answers are read into memory.
  private static let pointsPerChunk = 2_880
  private static let coarsest = TimeSpan.minutes(5)

  private let sources: [LedgerSource]
  private let request: BackfillRequest
  private let output: ResumableFile

  package init(_ sources: [LedgerSource], _ request: BackfillRequest, output: ResumableFile) throws(BackfillError) {
    guard !sources.isEmpty else { throw .nothingCounts }
    for source in sources where !Self.isUsable(request.resolution, source.interval) {
      throw .coarseResolution(request.resolution, interval: source.interval)
    }
    self.sources = sources
    self.request = request
    self.output = output
  }

  /// Recorded starts are read with the 5 minutes that Prometheus looks back for a sample.
  private static func isUsable(_ resolution: TimeSpan, _ interval: TimeSpan) -> Bool {
    resolution >= interval && resolution.microseconds.isMultiple(of: interval.microseconds)
      && (resolution <= coarsest || resolution == interval)
  }

  package func run(
    asking client: PrometheusClient,
    _ progress: @Sendable (Progress) -> Void
  ) async throws -> [LedgerPast] {
    var state = try await begin(asking: client)
    while state.ledger < sources.count {
      let source = sources[state.ledger]
      let range = state.ranges[state.ledger]
      var points = Self.pointsPerChunk
      while let span = nextSpan(of: source, range, state, points) {
        do {
          try await add(span, of: source, range, to: &state, asking: client)
        } catch let error as PrometheusError where error.asksForTooMuch && span.count > 1 {
          points = span.count / 2
          continue
        }
        progress(
          Progress(objective: source.objective.text, share: share(of: state), reached: .init(milliseconds: span.last))
        )
      }
      try finish(source, &state)
    }
    try output.append(LedgerText.end)
    try output.finish()
    return state.done
  }

  /// Writes the ledger that is complete anew, ending at zero. Until that is done, it counts as not begun.
  private func finish(_ source: LedgerSource, _ state: inout BackfillState) throws {
    let text = EndingAtZero.text(try output.text(from: state.ledgerBegin, to: state.bytes))
    var before = state
    before.restart()
    try output.note(Array(before.json.text(.compact).utf8))
    try output.resume(at: state.ledgerBegin)
    try output.append(text)
    state.bytes = state.ledgerBegin + text.count
    state.finish(source)
    try output.note(Array(state.json.text(.compact).utf8))
  }

  /// What an earlier run left, or the ranges of this one.
  private func begin(asking client: PrometheusClient) async throws -> BackfillState {
    let identity = identity
    if let left = try output.noted() {
      let state = try BackfillState(reading: left, at: output.statePath)
      guard state.request == identity, state.ranges.count == sources.count else {
        throw BackfillError.otherRun(output.statePath)
      }
      try output.resume(at: state.bytes)
      return state
    }
    var ranges: [BackfillRange] = []
    for source in sources { ranges.append(try await source.range(request, asking: client)) }
    let state = BackfillState(request: identity, ranges: ranges)
    try output.begin(noting: Array(state.json.text(.compact).utf8))
    return state
  }

  /// What was asked for, but for the time at which it was: a later run goes on with the ranges that the first one found.
  private var identity: String {
    var words = ["\(request.resolution)", request.from.map { "\($0)" } ?? "-", request.to.map { "\($0)" } ?? "-"]
    for source in sources {
      words += [source.objective.text, source.countHash, source.total.description, source.bad.description]
    }
    return SHA256.hexadecimal(of: Array(words.joined(separator: "\n").utf8))
  }

  private func nextSpan(
    of source: LedgerSource,
    _ range: BackfillRange,
    _ state: BackfillState,
    _ points: Int
  ) -> EvaluationSpan? {
    let step = source.interval.microseconds / 1_000
    let first = (state.reached ?? range.start) + step
    guard first <= range.end else { return nil }
    return EvaluationSpan(first: first, step: step, count: min(points, Int((range.end - first) / step) + 1))
  }

  private func add(
    _ span: EvaluationSpan,
    of source: LedgerSource,
    _ range: BackfillRange,
    to state: inout BackfillState,
    asking client: PrometheusClient
  ) async throws {
    func values(_ expression: String) async throws -> [PrometheusSeries] {
      let answer = try await client.queryRange(expression, from: span.first, through: span.last, every: span.step)
      if let warning = answer.warnings.first {
        throw BackfillError.incomplete(objective: source.objective.text, warning: warning)
      }
      return answer.value
    }
    let total = try await values(source.total.description)
    let bad = try await values(source.bad.description)
    var text = LedgerText()
    state.sums.add(
      total: total,
      bad: bad,
      span,
      of: source,
      in: range,
      every: request.resolution.microseconds / 1_000,
      into: &text
    )
    try output.append(text.bytes)
    state.bytes += text.bytes.count
    state.reached = span.last
    try output.note(Array(state.json.text(.compact).utf8))
  }

  private func share(of state: BackfillState) -> Double {
    let range = state.ranges[state.ledger]
    let part = Double((state.reached ?? range.start) - range.start) / Double(range.end - range.start)
    return (Double(state.ledger) + part) / Double(sources.count)
  }
}

extension BackfillState {
  fileprivate mutating func finish(_ source: LedgerSource) {
    let range = ranges[ledger]
    let counted = sums.counted
    done.append(
      LedgerPast(
        objective: source.objective.text,
        start: sums.start ?? range.end,
        end: range.end,
        total: counted.total,
        bad: counted.bad
      )
    )
    ledger += 1
    reached = nil
    sums = LedgerSums()
    ledgerBegin = bytes
  }

  /// Back to where the running ledger began.
  fileprivate mutating func restart() {
    reached = nil
    sums = LedgerSums()
    bytes = ledgerBegin
  }
}
