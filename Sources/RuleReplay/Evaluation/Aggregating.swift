extension Evaluator {
  /// Values of one moment made into fewer, in the order of the columns.
  func aggregate(
    _ function: AggregateFunction,
    _ operand: Int,
    _ groups: [[Int]],
    _ span: Span,
    into block: inout Block
  ) {
    for (result, group) in groups.enumerated() {
      for index in 0..<span.steps.count {
        var sum: AggregateSum?
        for column in group where blocks[operand].present[column * capacity + index] {
          let value = blocks[operand].values[column * capacity + index]
          if sum == nil { sum = AggregateSum(value) } else { sum?.add(value, function) }
        }
        block.set(sum?.result(function), at: result * capacity + index)
      }
    }
  }

  /// A function of each value, with scalars as parameters.
  func apply(_ function: ElementFunction, _ operand: Int, _ parameters: [Int], _ span: Span, into block: inout Block) {
    let source = blocks[operand]
    for column in program.nodes[operand].labels.indices {
      for index in 0..<span.steps.count {
        let place = column * capacity + index
        let value = source.present[place] ? source.values[place] : nil
        block.set(
          value.flatMap { function.value($0) { blocks[parameters[$0]].values[index] } },
          at: place
        )
      }
    }
  }
}

private struct AggregateSum {
  private var value: Double
  private var count = 1.0

  init(_ first: Double) {
    value = first
  }

  mutating func add(_ next: Double, _ function: AggregateFunction) {
    count += 1
    switch function {
    case .sum: value += next
    case .average:
      if value.isInfinite, next.isFinite || (next.isInfinite && next == value) { return }
      value += next / count - value / count
    case .least: if value > next || value.isNaN { value = next }
    case .greatest: if value < next || value.isNaN { value = next }
    case .count, .group: break
    }
  }

  func result(_ function: AggregateFunction) -> Double {
    switch function {
    case .sum, .average, .least, .greatest: value
    case .count: count
    case .group: 1
    }
  }
}

extension ElementFunction {
  /// nil where the function yields nothing.
  fileprivate func value(_ value: Double, _ parameter: (Int) -> Double) -> Double? {
    switch self {
    case .negated: return -value
    case .abs: return value.magnitude
    case .ceil: return value.rounded(.up)
    case .floor: return value.rounded(.down)
    case .sgn: return value < 0 ? -1 : value > 0 ? 1 : value
    case .sqrt: return value.squareRoot()
    case .clampMin: return Self.greater(value, parameter(0))
    case .clampMax: return Self.less(value, parameter(0))
    case .clamp:
      let (low, high) = (parameter(0), parameter(1))
      return high < low ? nil : Self.greater(low, Self.less(high, value))
    case .round: return (value + 0.5).rounded(.down)
    }
  }

  /// What is no number stays none, on either side.
  private static func greater(_ left: Double, _ right: Double) -> Double {
    left.isNaN || right.isNaN ? .nan : max(left, right)
  }

  private static func less(_ left: Double, _ right: Double) -> Double {
    left.isNaN || right.isNaN ? .nan : min(left, right)
  }
}
