import PlanModel

/// Running sums of one ledger, one for each combination of the labels that split it, from zero on.
struct LedgerSums: Sendable, Equatable {
  struct Sum: Sendable, Equatable {
    var total: Double
    var bad: Double
    /// The moment before the first thing was counted, in milliseconds.
    var start: Int64
  }

  /// The sums by the values of the splitting labels.
  private(set) var sums: [[String]: Sum] = [:]

  init() {}

  init(sums: [[String]: Sum]) {
    self.sums = sums
  }

  /// When the first of them began; nil before that.
  var start: Int64? { sums.values.map(\.start).min() }

  var counted: (total: Double, bad: Double) {
    sums.values.reduce((0, 0)) { ($0.0 + $1.total, $0.1 + $1.bad) }
  }

  /// Adds what was counted at each evaluation from the first after `previous` to `last`, and writes samples of every
  /// `resolution`, counted back from the end of the range.
  mutating func add(
    total: [PrometheusSeries],
    bad: [PrometheusSeries],
    _ span: EvaluationSpan,
    of source: LedgerSource,
    in range: BackfillRange,
    every resolution: Int64,
    into text: inout LedgerText
  ) {
    let totals = EvaluationTable(total, source.splitBy, span)
    let bads = EvaluationTable(bad, source.splitBy, span)
    for evaluation in 0..<span.count {
      let time = span.time(evaluation)
      for (key, delta) in totals.values(at: evaluation) where delta > 0 || start != nil {
        begin(key, before: time - span.step, range, source, every: resolution, into: &text)
        sums[key]?.total += max(delta, 0)
      }
      for (key, delta) in bads.values(at: evaluation) { sums[key]?.bad += max(delta, 0) }
      if (range.end - time).isMultiple(of: resolution) { write(at: time, source, into: &text) }
    }
  }

  /// Nothing was counted before that: rules read so at the older end of their windows, and so it is written.
  private mutating func begin(
    _ key: [String],
    before time: Int64,
    _ range: BackfillRange,
    _ source: LedgerSource,
    every resolution: Int64,
    into text: inout LedgerText
  ) {
    guard sums[key] == nil else { return }
    let sum = Sum(total: 0, bad: 0, start: time)
    sums[key] = sum
    for earlier in stride(from: min(range.end - source.lookBack, time), to: time, by: Int64.Stride(resolution)) {
      text.add(sum, of: key, source, at: earlier)
    }
    text.addStart(sum, of: key, source, at: time)
    text.add(sum, of: key, source, at: time)
  }

  private func write(at time: Int64, _ source: LedgerSource, into text: inout LedgerText) {
    for key in sums.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard let sum = sums[key] else { continue }
      text.addStart(sum, of: key, source, at: time)
      text.add(sum, of: key, source, at: time)
    }
  }
}

/// Evaluations an interval apart, in milliseconds.
struct EvaluationSpan: Sendable, Hashable {
  let first: Int64
  let step: Int64
  let count: Int

  var last: Int64 { time(count - 1) }
  func time(_ evaluation: Int) -> Int64 { first + Int64(evaluation) * step }
}

/// The samples of some series, by evaluation.
private struct EvaluationTable {
  private var rows: [[(key: [String], value: Double)]]

  init(_ series: [PrometheusSeries], _ splitBy: [String], _ span: EvaluationSpan) {
    rows = Array(repeating: [], count: span.count)
    for one in series {
      let key = splitBy.map { one.labels[$0] ?? "" }
      for sample in one.samples where !sample.value.isNaN {
        let (evaluation, rest) = (sample.time - span.first).quotientAndRemainder(dividingBy: span.step)
        if rest == 0, rows.indices.contains(Int(evaluation)) { rows[Int(evaluation)].append((key, sample.value)) }
      }
    }
  }

  func values(at evaluation: Int) -> [(key: [String], value: Double)] { rows[evaluation] }
}
