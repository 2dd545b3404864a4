/// Runs a program forward in time, a block of moments after the other.
struct Evaluator: Sendable {
  /// The columns of one node for the moments of a block, one after the other, and which of them have a value.
  struct Block: Sendable {
    var values: [Double] = []
    var present: [Bool] = []
  }

  /// A moment at which two series have the same labels.
  struct Ambiguity: Error {
    let labels: SeriesLabels
    let moment: Int
  }

  /// The moments that are evaluated.
  struct Span {
    let steps: Range<Int>
    /// The last moment of the rules' own grid that later rules have written; where it is the moment before each step, nil.
    let written: Int?

    func lastWritten(before step: Int) -> Int { written ?? step - 1 }
  }

  let program: Program
  /// The moments of evaluation, and those of the samples.
  let grid: Grid
  let sampled: Grid
  let capacity: Int
  var blocks: [Block]
  var cursors: [[WindowCursor]]
  var subqueries: [SubqueryRun]

  init(_ program: Program, grid: Grid, sampled: Grid, capacity: Int) {
    self.program = program
    self.grid = grid
    self.sampled = sampled
    self.capacity = capacity
    blocks = program.nodes.map { node in
      let size = node.labels.count * capacity
      return Block(values: Array(repeating: 0, count: size), present: Array(repeating: node.isScalar, count: size))
    }
    cursors = program.nodes.map { node in Array(repeating: WindowCursor(), count: node.labels.count) }
    subqueries = program.subqueries.map { SubqueryRun($0, grid: grid, sampled: sampled) }
    for (index, node) in program.nodes.enumerated() {
      switch node.operation {
      case .constant(let value): blocks[index].values = Array(repeating: value, count: capacity)
      case .absentOverTime(let sources, _): cursors[index] = sources.map { _ in WindowCursor() }
      case .time, .latest, .window, .overSubquery, .absent, .each, .vector, .scalar, .pairs, .and, .unless, .or,
        .aggregate, .merge:
        break
      }
    }
  }

  /// Evaluates the moments, at most as many as the capacity, and never one again that lies before the last.
  mutating func run(_ span: Span, reading store: SeriesStore) throws(Ambiguity) {
    for node in program.nodes.indices { try evaluate(node, span, store) }
  }

  /// The value of a column of the result, counted from the block's first moment.
  func result(_ column: Int, at index: Int) -> Double? {
    guard let block = blocks.last, block.present[column * capacity + index] else { return nil }
    return block.values[column * capacity + index]
  }

  private mutating func evaluate(_ node: Int, _ span: Span, _ store: SeriesStore) throws(Ambiguity) {
    var block = Block()
    swap(&block, &blocks[node])
    defer { swap(&block, &blocks[node]) }
    switch program.nodes[node].operation {
    case .constant: break
    case .time:
      for (index, step) in span.steps.enumerated() { block.values[index] = Double(grid.time(step)) / 1_000 }
    case .latest(let sources, let offset): readLatest(node, sources, offset, span, store, into: &block)
    case .window(let function, let sources, let reach):
      readWindows(node, function, sources, reach, span, store, into: &block)
    case .overSubquery(let function, let subquery):
      try readSubquery(node, function, subquery, span, store, into: &block)
    case .absentOverTime(let sources, let reach): readAbsence(node, sources, reach, span, store, into: &block)
    case .absent(let operand): findAbsence(operand, span, into: &block)
    case .each(let function, let operand, let parameters): apply(function, operand, parameters, span, into: &block)
    case .vector(let operand): copy(operand, into: &block)
    case .scalar(let operand): single(operand, span, into: &block)
    case .pairs(let pairing, let left, let right): try combine(pairing, left, right, span, into: &block)
    case .and(let left, let right, let partners): filter(left, right, partners, keeps: true, span, into: &block)
    case .unless(let left, let right, let partners): filter(left, right, partners, keeps: false, span, into: &block)
    case .or(let left, let right, let partners, let results):
      unite(left, right, partners, results, span, into: &block)
    case .aggregate(let function, let operand, let groups): aggregate(function, operand, groups, span, into: &block)
    case .merge(let operand, let groups): try merge(operand, groups, node, span, into: &block)
    }
  }
}
