/// Which samples a moment of evaluation looks at.
struct Reading {
  /// How far back an instant selector looks.
  static let lookBack = 300_000

  private let grid: Grid
  private let sampled: Grid
  private let reach: Program.Reach
  /// What has to be added to a moment of evaluation, where the two grids fall together.
  private let shift: (first: Int, last: Int)?

  init(_ reach: Program.Reach, grid: Grid, sampled: Grid) {
    self.grid = grid
    self.sampled = sampled
    self.reach = reach
    if grid.step == sampled.step, (grid.start - sampled.start).isMultiple(of: grid.step) {
      let start = grid.start - sampled.start - reach.offset
      shift = (-(reach.range - start).dividedRoundingDown(by: grid.step), start.dividedRoundingDown(by: grid.step))
    } else {
      shift = nil
    }
  }

  func first(_ step: Int) -> Int {
    shift.map { step + $0.first } ?? sampled.first(notBefore: bounds(step).start)
  }

  func last(_ step: Int) -> Int {
    shift.map { step + $0.last } ?? sampled.last(notAfter: bounds(step).end)
  }

  func bounds(_ step: Int) -> WindowCursor.Bounds {
    let end = grid.time(step) - reach.offset
    return WindowCursor.Bounds(start: end - reach.range, end: end)
  }
}

extension Evaluator {
  mutating func readLatest(
    _ node: Int,
    _ sources: [Source],
    _ offset: Int,
    _ span: Span,
    _ store: SeriesStore,
    into block: inout Block
  ) {
    let reading = Reading(Program.Reach(range: Reading.lookBack, offset: offset), grid: grid, sampled: sampled)
    for (column, source) in sources.enumerated() {
      var cursor = cursors[node][column]
      var place = column * capacity
      for step in span.steps {
        let last = reading.last(step, of: source, span)
        cursor.move(over: store.series[source.id], from: reading.first(step), through: last)
        block.set(cursor.latest(in: store.series[source.id], through: last), at: place)
        place += 1
      }
      cursors[node][column] = cursor
    }
  }

  mutating func readWindows(
    _ node: Int,
    _ function: WindowFunction,
    _ sources: [Source],
    _ reach: Program.Reach,
    _ span: Span,
    _ store: SeriesStore,
    into block: inout Block
  ) {
    let reading = Reading(reach, grid: grid, sampled: sampled)
    for (column, source) in sources.enumerated() {
      var cursor = cursors[node][column]
      var place = column * capacity
      for step in span.steps {
        let last = reading.last(step, of: source, span)
        cursor.move(over: store.series[source.id], from: reading.first(step), through: last)
        let value = cursor.value(of: function, in: store.series[source.id], on: sampled, reading.bounds(step))
        block.set(value, at: place)
        place += 1
      }
      cursors[node][column] = cursor
    }
  }

  mutating func readAbsence(
    _ node: Int,
    _ sources: [Source],
    _ reach: Program.Reach,
    _ span: Span,
    _ store: SeriesStore,
    into block: inout Block
  ) {
    let reading = Reading(reach, grid: grid, sampled: sampled)
    for index in 0..<span.steps.count { block.set(1, at: index) }
    for (column, source) in sources.enumerated() {
      var cursor = cursors[node][column]
      for (index, step) in span.steps.enumerated() {
        let last = reading.last(step, of: source, span)
        cursor.move(over: store.series[source.id], from: reading.first(step), through: last)
        if cursor.lower < cursor.upper { block.present[index] = false }
      }
      cursors[node][column] = cursor
    }
  }

  mutating func readSubquery(
    _ node: Int,
    _ function: WindowFunction,
    _ subquery: Int,
    _ span: Span,
    _ store: SeriesStore,
    into block: inout Block
  ) throws(Ambiguity) {
    for (index, step) in span.steps.enumerated() {
      try subqueries[subquery].advance(to: step, of: grid, written: span.lastWritten(before: step), store)
      for column in program.nodes[node].labels.indices {
        let value = subqueries[subquery].value(of: function, column, at: grid.time(step))
        block.set(value, at: column * capacity + index)
      }
    }
  }
}

extension Reading {
  fileprivate func last(_ step: Int, of source: Source, _ span: Evaluator.Span) -> Int {
    source.isLater ? min(last(step), span.lastWritten(before: step)) : last(step)
  }
}

extension Evaluator.Block {
  mutating func set(_ value: Double?, at place: Int) {
    if let value { values[place] = value }
    present[place] = value != nil
  }
}
