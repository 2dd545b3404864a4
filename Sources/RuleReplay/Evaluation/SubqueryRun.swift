/// A subquery as it is evaluated: at the multiples of its step, each once.
struct SubqueryRun: Sendable {
  private let subquery: Program.Subquery
  private let grid: Grid
  /// Whether a moment may look otherwise later, when the rules of that moment have been evaluated.
  private let readsLater: Bool
  private var evaluator: Evaluator
  private var results: [PointSeries]
  private var cursors: [WindowCursor]
  private var next = 0
  private var isLastProvisional = false

  private static let capacity = 64

  init(_ subquery: Program.Subquery, grid outer: Grid, sampled: Grid) {
    self.subquery = subquery
    let earliest = outer.start - subquery.offset - subquery.range
    let start = -(-earliest).dividedRoundingDown(by: subquery.step) * subquery.step
    let end = outer.time(max(0, outer.count - 1))
    grid = Grid(start: start, step: subquery.step, count: max(0, (end - start) / subquery.step + 1))
    readsLater = subquery.program.sources.contains(where: \.isLater)
    evaluator = Evaluator(subquery.program, grid: grid, sampled: sampled, capacity: Self.capacity)
    results = subquery.program.labels.map { _ in PointSeries() }
    cursors = subquery.program.labels.map { _ in WindowCursor() }
  }

  /// Evaluates what a moment of the outer grid looks at and was not evaluated before.
  mutating func advance(
    to step: Int,
    of outer: Grid,
    written: Int,
    _ store: SeriesStore
  ) throws(Evaluator.Ambiguity) {
    if isLastProvisional { withdrawLast() }
    let last = grid.last(notAfter: outer.time(step) - subquery.offset)
    while next <= last {
      let steps = next..<min(next + Self.capacity, last + 1)
      do {
        try evaluator.run(Evaluator.Span(steps: steps, written: written), reading: store)
      } catch {
        throw Evaluator.Ambiguity(labels: error.labels, moment: step)
      }
      for (index, moment) in steps.enumerated() {
        for column in results.indices {
          if let value = evaluator.result(column, at: index) { results[column].append(value, at: moment) }
        }
      }
      next = steps.upperBound
      isLastProvisional = readsLater && grid.time(next - 1) >= outer.time(step)
    }
  }

  private mutating func withdrawLast() {
    next -= 1
    isLastProvisional = false
    for column in results.indices where results[column].moments.last == Int32(next) {
      results[column].removeLast()
      cursors[column].forget(from: results[column].moments.count)
    }
  }

  /// The function over the results of a column, at a time of the outer grid.
  mutating func value(of function: WindowFunction, _ column: Int, at time: Int) -> Double? {
    let end = time - subquery.offset
    let bounds = WindowCursor.Bounds(start: end - subquery.range, end: end)
    cursors[column].move(
      over: results[column],
      from: grid.first(notBefore: bounds.start),
      through: grid.last(notAfter: bounds.end)
    )
    return cursors[column].value(of: function, in: results[column], on: grid, bounds)
  }
}
