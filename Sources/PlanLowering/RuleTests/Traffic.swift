import PlanModel
import PromQL
import Quantities

/// How many events there have been since the start, one number for each interval: what the ledgers have to say.
struct Traffic: Sendable, Hashable {
  private(set) var total: [Int]
  /// For each channel of the probe.
  private(set) var bad: [[Int]]

  /// Two intervals without an event, so that every series is there before it counts.
  init(channels: Int) {
    total = [0, 0]
    bad = Array(repeating: [0, 0], count: channels)
  }

  var length: Int { total.count }
  var last: Int { length - 1 }

  /// Counts for some intervals: so many events in each, so many of them bad in each channel.
  mutating func add(_ events: Int, bad failures: [Int]? = nil, intervals: Int = 1) {
    for _ in 0..<intervals {
      total.append(total[last] + events)
      for channel in bad.indices {
        let before = bad[channel][bad[channel].count - 1]
        bad[channel].append(before + (failures?[channel] ?? 0))
      }
    }
  }

  /// Lets nothing happen up to a length.
  mutating func rest(until length: Int) {
    add(0, intervals: max(0, length - self.length))
  }

  func value(_ role: Probe.Role, at interval: Int) -> Int {
    switch role {
    case .all: total[interval]
    case .good(let channel): total[interval] - bad[channel][interval]
    case .bad(let channel): bad[channel][interval]
    }
  }

  /// What is scraped of it.
  func samples(of probe: Probe, disturbed: Disturbance = Disturbance()) -> [TestSeries] {
    probe.series.compactMap { series in
      let values = disturbed.samples((0..<length).map { value(series.role, at: $0) }, appearsLate: series.appearsLate)
      // Prometheus has no series without samples.
      guard values.contains(where: { $0 != nil }) else { return nil }
      return TestSeries(metric: series.labels.metric, labels: series.labels.pairs, values: values)
    }
  }
}

/// What happens to counters on the way to Prometheus.
struct Disturbance: Sendable {
  /// Intervals without a scrape.
  var missing: Range<Int> = 0..<0
  /// The interval before which the process starts anew.
  var reset: Int?

  fileprivate func samples(_ counts: [Int], appearsLate: Bool) -> [Double?] {
    counts.indices.map { interval in
      if missing.contains(interval) { return nil }
      var count = counts[interval]
      if let reset, interval >= reset { count -= counts[reset - 1] }
      return count == 0 && appearsLate ? nil : Double(count)
    }
  }
}
