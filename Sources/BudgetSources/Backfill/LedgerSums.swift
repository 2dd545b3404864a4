import PlanModel

/// Running sums of one ledger, one for each combination of the labels that split it.
struct LedgerSums: Sendable, Equatable {
  struct Sum: Sendable, Equatable {
    var total: Double
    var bad: Double
    /// Whether there was data since the last samples were written; what is gone has none.
    var isPresent: Bool
  }

  /// The sums by the values of the splitting labels.
  private(set) var sums: [[String]: Sum] = [:]
  /// The moment before the first thing was counted, in milliseconds; nil before that.
  private(set) var start: Int64?

  init() {}

  init(sums: [[String]: Sum], start: Int64?) {
    self.sums = sums
    self.start = start
  }

  /// Without the bases that they begin with.
  func counted(above range: BackfillRange) -> (total: Double, bad: Double) {
    sums.values.reduce((0, 0)) { ($0.0 + $1.total - range.totalBase, $0.1 + $1.bad - range.badBase) }
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
        begin(key, before: time - span.step, range, source, into: &text)
        sums[key]?.total += max(delta, 0)
        sums[key]?.isPresent = true
      }
      for (key, delta) in bads.values(at: evaluation) { sums[key]?.bad += max(delta, 0) }
      if (range.end - time).isMultiple(of: resolution) { write(at: time, source, into: &text) }
    }
  }

  private mutating func begin(
    _ key: [String],
    before time: Int64,
    _ range: BackfillRange,
    _ source: LedgerSource,
    into text: inout LedgerText
  ) {
    guard sums[key] == nil else { return }
    let sum = Sum(total: range.totalBase, bad: range.badBase, isPresent: true)
    sums[key] = sum
    if start == nil {
      start = time
      text.add(.ledgerStart, source, [], Double(time) / 1_000, at: time)
    }
    text.add(sum, of: key, source, at: time)
  }

  private mutating func write(at time: Int64, _ source: LedgerSource, into text: inout LedgerText) {
    guard let start else { return }
    text.add(.ledgerStart, source, [], Double(start) / 1_000, at: time)
    for key in sums.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard let sum = sums[key], sum.isPresent else { continue }
      text.add(sum, of: key, source, at: time)
      sums[key]?.isPresent = false
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
