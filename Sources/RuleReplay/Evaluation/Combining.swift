import PromQL

extension Evaluator {
  // MARK: Operators

  func combine(
    _ pairing: Program.Pairing,
    _ left: Int,
    _ right: Int,
    _ span: Span,
    into block: inout Block
  ) throws(Ambiguity) {
    try check(pairing.rivals, span)
    for crowd in pairing.crowded {
      for (index, moment) in span.steps.enumerated() {
        let present = crowd.pairs.filter {
          blocks[left].present[$0.left * capacity + index] && blocks[right].present[$0.right * capacity + index]
        }
        if present.count > 1 { throw Ambiguity(labels: crowd.labels, moment: moment) }
      }
    }
    let sides = Sides(pairing, blocks[left], blocks[right], capacity: capacity, count: span.steps.count)
    switch pairing.operation {
    case .add: sides.compute(into: &block) { $0 + $1 }
    case .subtract: sides.compute(into: &block) { $0 - $1 }
    case .multiply: sides.compute(into: &block) { $0 * $1 }
    case .divide: sides.compute(into: &block) { $0 / $1 }
    case .modulo: sides.compute(into: &block) { $0.truncatingRemainder(dividingBy: $1) }
    case .equal: sides.compare(into: &block) { $0 == $1 }
    case .notEqual: sides.compare(into: &block) { $0 != $1 }
    case .greater: sides.compare(into: &block) { $0 > $1 }
    case .less: sides.compare(into: &block) { $0 < $1 }
    case .greaterOrEqual: sides.compare(into: &block) { $0 >= $1 }
    case .lessOrEqual: sides.compare(into: &block) { $0 <= $1 }
    case .power, .atan2, .and, .or, .unless: preconditionFailure("programs pair columns only by operators played here")
    }
  }

  private func check(_ all: [Program.Rivals], _ span: Span) throws(Ambiguity) {
    for rivals in all {
      for (index, moment) in span.steps.enumerated() {
        if count(rivals.columns, of: rivals.node, index) < 2 { continue }
        if let other = rivals.other, count(other.columns, of: other.node, index) == 0 { continue }
        throw Ambiguity(labels: rivals.signature, moment: moment)
      }
    }
  }

  private func count(_ columns: [Int], of node: Int, _ index: Int) -> Int {
    columns.reduce(0) { blocks[node].present[$1 * capacity + index] ? $0 + 1 : $0 }
  }

  // MARK: Sets

  func filter(_ left: Int, _ right: Int, _ partners: [[Int]], keeps: Bool, _ span: Span, into block: inout Block) {
    let (own, others) = (blocks[left], blocks[right].present)
    for (column, partners) in partners.enumerated() {
      for index in 0..<span.steps.count {
        let place = column * capacity + index
        var isThere = false
        for partner in partners where others[partner * capacity + index] { isThere = true }
        block.values[place] = own.values[place]
        block.present[place] = own.present[place] && isThere == keeps
      }
    }
  }

  func unite(
    _ left: Int,
    _ right: Int,
    _ partners: [[Int]],
    _ results: [Int],
    _ span: Span,
    into block: inout Block
  ) {
    let (first, second) = (blocks[left], blocks[right])
    for column in block.present.indices { block.present[column] = false }
    for place in first.present.indices {
      block.values[place] = first.values[place]
      block.present[place] = first.present[place]
    }
    for (column, partners) in partners.enumerated() {
      for index in 0..<span.steps.count where second.present[column * capacity + index] {
        var isThere = false
        for partner in partners where first.present[partner * capacity + index] { isThere = true }
        if !isThere { block.set(second.values[column * capacity + index], at: results[column] * capacity + index) }
      }
    }
  }

  func findAbsence(_ operand: Int, _ span: Span, into block: inout Block) {
    let columns = program.nodes[operand].labels.indices
    for index in 0..<span.steps.count {
      block.set(columns.contains { blocks[operand].present[$0 * capacity + index] } ? nil : 1, at: index)
    }
  }

  // MARK: Shapes

  func copy(_ operand: Int, into block: inout Block) {
    let source = blocks[operand]
    for place in source.values.indices {
      block.values[place] = source.values[place]
      block.present[place] = source.present[place]
    }
  }

  /// The value where there is exactly one.
  func single(_ operand: Int, _ span: Span, into block: inout Block) {
    let source = blocks[operand]
    for index in 0..<span.steps.count {
      let present = program.nodes[operand].labels.indices.filter { source.present[$0 * capacity + index] }
      block.values[index] = present.count == 1 ? source.values[present[0] * capacity + index] : .nan
    }
  }

  func merge(
    _ operand: Int,
    _ groups: [[Int]],
    _ node: Int,
    _ span: Span,
    into block: inout Block
  ) throws(Ambiguity) {
    for (result, group) in groups.enumerated() {
      for (index, moment) in span.steps.enumerated() {
        var value: Double?
        for column in group where blocks[operand].present[column * capacity + index] {
          if value != nil { throw Ambiguity(labels: program.nodes[node].labels[result], moment: moment) }
          value = blocks[operand].values[column * capacity + index]
        }
        block.set(value, at: result * capacity + index)
      }
    }
  }
}

/// The two sides of an operator.
private struct Sides {
  let pairing: Program.Pairing
  let left: Evaluator.Block
  let right: Evaluator.Block
  let capacity: Int
  let count: Int

  init(_ pairing: Program.Pairing, _ left: Evaluator.Block, _ right: Evaluator.Block, capacity: Int, count: Int) {
    self.pairing = pairing
    self.left = left
    self.right = right
    self.capacity = capacity
    self.count = count
  }

  @inline(__always)
  func compute(into block: inout Evaluator.Block, _ operate: (Double, Double) -> Double) {
    clear(&block)
    for pair in pairing.pairs {
      for index in 0..<count {
        let (a, b) = (pair.left * capacity + index, pair.right * capacity + index)
        if left.present[a], right.present[b] {
          let place = pair.result * capacity + index
          block.values[place] = operate(left.values[a], right.values[b])
          block.present[place] = true
        }
      }
    }
  }

  @inline(__always)
  func compare(into block: inout Evaluator.Block, _ holds: (Double, Double) -> Bool) {
    clear(&block)
    for pair in pairing.pairs {
      for index in 0..<count {
        let (a, b) = (pair.left * capacity + index, pair.right * capacity + index)
        guard left.present[a], right.present[b] else { continue }
        let isTrue = holds(left.values[a], right.values[b])
        if !isTrue, !pairing.returnsBool { continue }
        let place = pair.result * capacity + index
        let kept = pairing.keepsRight ? right.values[b] : left.values[a]
        block.values[place] = pairing.returnsBool ? (isTrue ? 1 : 0) : kept
        block.present[place] = true
      }
    }
  }

  private func clear(_ block: inout Evaluator.Block) {
    for place in block.present.indices { block.present[place] = false }
  }
}
