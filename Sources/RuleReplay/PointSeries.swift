/// The samples of one series, by the moments of a grid, and the moments at which it was marked as ended.
struct PointSeries: Sendable {
  private(set) var moments: [Int32] = []
  private(set) var values: [Double] = []
  /// Positions of samples below the one before them, which a counter shows after a restart.
  private(set) var resets: [Int32] = []
  private(set) var endings: [Int32] = []

  mutating func append(_ value: Double, at moment: Int) {
    if let last = values.last, value < last { resets.append(Int32(values.count)) }
    moments.append(Int32(moment))
    values.append(value)
  }

  /// Marks the series as ended if the moment before had a sample: then looking back does not find that sample any more.
  mutating func end(at moment: Int) {
    if let last = moments.last, Int(last) == moment - 1 { endings.append(Int32(moment)) }
  }

  mutating func removeLast() {
    moments.removeLast()
    values.removeLast()
    if resets.last == Int32(values.count) { resets.removeLast() }
  }

  mutating func reserve(_ count: Int) {
    moments.reserveCapacity(count)
    values.reserveCapacity(count)
  }
}

/// All series that rules may read: made-up ones first, then what the rules record.
struct SeriesStore: Sendable {
  let grid: Grid
  var series: [PointSeries]
}
