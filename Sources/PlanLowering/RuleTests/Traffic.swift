import PlanModel
import PromQL
import Quantities

/// How much there has been since the start, one number for each evaluation: what the ledgers have to say.
struct Traffic: Sendable, Hashable {
  private(set) var total: [Int]
  /// For each channel of the probe.
  private(set) var bad: [[Int]]
  /// Seconds in a slice of time; nil where events are counted.
  private let slice: Int?
  private let isFaultless: Bool

  /// Two evaluations without an event, so that every series is there before it counts; before them some without
  /// anything at all.
  init(of probe: Probe, silentFor silence: Int = 0) {
    slice = probe.slice
    isFaultless = probe.isFaultless
    total = Array(repeating: 0, count: silence)
    bad = Array(repeating: total, count: probe.channels.count)
    add(0, intervals: 2)
  }

  var length: Int { total.count }
  var last: Int { length - 1 }

  /// Counts for some intervals: so many events in each, so many of them bad in each channel. Of time, each interval has
  /// a slice, all of it bad if there is anything bad.
  mutating func add(_ events: Int, bad failures: [Int]? = nil, intervals: Int = 1) {
    for _ in 0..<intervals {
      total.append((total.last ?? 0) + (slice ?? events))
      for channel in bad.indices {
        let failed = isFaultless ? 0 : failures?[channel] ?? 0
        let before = bad[channel].last ?? 0
        bad[channel].append(before + (failed > 0 ? slice ?? failed : 0))
      }
    }
  }

  /// Lets nothing happen up to a length.
  mutating func rest(until length: Int) {
    add(0, intervals: max(0, length - self.length))
  }

  private func value(_ role: Probe.Role, at interval: Int) -> Double? {
    switch role {
    case .all: Double(total[interval])
    case .good(let channel): Double(total[interval] - bad[channel][interval])
    case .bad(let channel): Double(bad[channel][interval])
    case .state(bad: let onFailure, good: let otherwise):
      bad[0][interval] > (interval == 0 ? 0 : bad[0][interval - 1]) ? onFailure : otherwise
    }
  }

  /// What is to be seen of it at each evaluation; counters and what shows its state at once.
  func samples(
    of probe: Probe,
    disturbed: Disturbance = Disturbance()
  ) -> [(series: TestSeries, isCounter: Bool)] {
    probe.series.compactMap { series in
      let values = (0..<length).map { value(series.role, at: $0) }
      let seen = disturbed.samples(values, of: series)
      // Prometheus has no series without samples.
      guard seen.contains(where: { $0 != nil }) else { return nil }
      let samples = TestSeries(metric: series.labels.metric, labels: series.labels.pairs, values: seen)
      return (samples, series.isCounter)
    }
  }
}

/// What happens to metrics on the way to Prometheus.
struct Disturbance: Sendable {
  /// Evaluations at which there is nothing yet.
  var silence = 0
  /// Evaluations without a scrape of counters.
  var missing: Range<Int> = 0..<0
  /// The evaluation before which the process starts anew.
  var reset: Int?

  fileprivate func samples(_ values: [Double?], of series: Probe.Series) -> [Double?] {
    values.indices.map { interval in
      if interval < silence { return nil }
      guard series.isCounter, var count = values[interval] else { return values[interval] }
      if missing.contains(interval) { return nil }
      if let reset, interval >= reset { count -= (values[reset - 1] ?? 0) }
      return count == 0 && series.appearsLate ? nil : count
    }
  }
}
