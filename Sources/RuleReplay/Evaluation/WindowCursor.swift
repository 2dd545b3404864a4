/// Where a window stands in the samples of one series. Windows only move forward.
struct WindowCursor: Sendable {
  /// Positions of the samples in the window.
  private(set) var lower = 0
  private(set) var upper = 0
  /// How many endings lie before the end of the window.
  private var endings = 0
  private var resets = 0
  /// The position of the greatest or least value, of those below `searched`.
  private var best: Int?
  private var searched = 0

  /// Moves to the samples of the moments `first` to `last`.
  mutating func move(over points: PointSeries, from first: Int, through last: Int) {
    let count = points.moments.count
    while upper < count, Int(points.moments[upper]) <= last { upper += 1 }
    while lower < upper, Int(points.moments[lower]) < first { lower += 1 }
  }

  /// Looks anew at samples that have changed since.
  mutating func forget(from count: Int) {
    upper = min(upper, count)
    best = nil
  }

  /// The newest value, unless the series was marked as ended since.
  mutating func latest(in points: PointSeries, through last: Int) -> Double? {
    guard lower < upper else { return nil }
    if !points.endings.isEmpty {
      while endings < points.endings.count, Int(points.endings[endings]) <= last { endings += 1 }
      if endings > 0, points.endings[endings - 1] > points.moments[upper - 1] { return nil }
    }
    return points.values[upper - 1]
  }

  // MARK: Functions

  /// The bounds of a range, in milliseconds.
  struct Bounds {
    let start: Int
    let end: Int
  }

  mutating func value(
    of function: WindowFunction,
    in points: PointSeries,
    on grid: Grid,
    _ bounds: @autoclosure () -> Bounds
  ) -> Double? {
    guard lower < upper else { return nil }
    switch function {
    case .last: return points.values[upper - 1]
    case .count: return Double(upper - lower)
    case .present: return 1
    case .sum: return sum(points)
    case .average: return average(points)
    case .greatest: return extreme(points) { $0 >= $1 }
    case .least: return extreme(points) { $0 <= $1 }
    case .increase: return growth(points, on: grid, bounds(), isCounter: true)
    case .delta: return growth(points, on: grid, bounds(), isCounter: false)
    case .rate:
      let bounds = bounds()
      return growth(points, on: grid, bounds, isCounter: true, per: Double(bounds.end - bounds.start) / 1_000)
    }
  }

  /// A value that is no number gives way to any other.
  private mutating func extreme(_ points: PointSeries, _ beats: (Double, Double) -> Bool) -> Double {
    var winner = lower
    var next = lower + 1
    if let best, best >= lower { (winner, next) = (best, searched) }
    while next < upper {
      if beats(points.values[next], points.values[winner]) || points.values[winner].isNaN { winner = next }
      next += 1
    }
    (best, searched) = (winner, upper)
    return points.values[winner]
  }

  private func sum(_ points: PointSeries) -> Double {
    var sum = CompensatedSum()
    for position in lower..<upper { sum.add(points.values[position]) }
    return sum.result
  }

  private func average(_ points: PointSeries) -> Double {
    var mean = CompensatedSum()
    var count = 0.0
    for position in lower..<upper {
      count += 1
      let value = points.values[position]
      if mean.total.isInfinite, value.isFinite || (value.isInfinite && value == mean.total) { continue }
      mean.add(value / count - mean.total / count)
    }
    return mean.result
  }

  /// What the samples grew by, carried on to the bounds of the range where they come near: Prometheus's
  /// `extrapolatedRate`, in its order of operations.
  private mutating func growth(
    _ points: PointSeries,
    on grid: Grid,
    _ bounds: Bounds,
    isCounter: Bool,
    per seconds: Double? = nil
  ) -> Double? {
    guard upper - lower >= 2 else { return nil }
    let (first, last) = (points.values[lower], points.values[upper - 1])
    let (start, end) = (grid.time(Int(points.moments[lower])), grid.time(Int(points.moments[upper - 1])))
    var growth = last - first
    if isCounter, !points.resets.isEmpty {
      while resets < points.resets.count, Int(points.resets[resets]) <= lower { resets += 1 }
      var reset = resets
      while reset < points.resets.count, Int(points.resets[reset]) < upper {
        growth += points.values[Int(points.resets[reset]) - 1]
        reset += 1
      }
    }
    let sampled = Double(end - start) / 1_000
    let spacing = sampled / Double(upper - lower - 1)
    var toStart = Double(start - bounds.start) / 1_000
    let toEnd = Double(bounds.end - end) / 1_000
    if isCounter, growth > 0, first >= 0 {
      // A counter is never below zero, so it began no earlier than where its slope meets zero.
      toStart = min(toStart, sampled * (first / growth))
    }
    let near = spacing * 1.1
    var covered = sampled
    covered += toStart < near ? toStart : spacing / 2
    covered += toEnd < near ? toEnd : spacing / 2
    var factor = covered / sampled
    if let seconds { factor /= seconds }
    return growth * factor
  }
}

/// A sum that keeps what rounding drops: Neumaier, *Rundungsfehleranalyse einiger Verfahren zur Summation endlicher
/// Summen*.
private struct CompensatedSum {
  var total = 0.0
  private var dropped = 0.0

  mutating func add(_ value: Double) {
    let next = total + value
    dropped += total.magnitude >= value.magnitude ? (total - next) + value : (value - next) + total
    total = next
  }

  var result: Double { total.isInfinite ? total : total + dropped }
}
