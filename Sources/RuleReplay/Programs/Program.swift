import PromQL

/// A series that an expression reads.
struct Source: Sendable {
  let id: Int
  /// Written only after the reader was evaluated: of its own moment the reader sees nothing.
  let isLater: Bool
}

/// An expression whose series are known by name: steps that each make columns out of columns before them.
struct Program: Sendable {
  struct Node: Sendable {
    let operation: Operation
    /// One for each column; one without labels for a scalar.
    let labels: [SeriesLabels]
    let isScalar: Bool
  }

  struct Subquery: Sendable {
    let program: Program
    let range: Int
    let step: Int
    let offset: Int
  }

  /// Milliseconds before the time of evaluation.
  struct Reach: Sendable, Hashable {
    let range: Int
    let offset: Int
  }

  /// An operator over columns of two operands.
  struct Pairing: Sendable {
    let operation: BinaryOperator
    let returnsBool: Bool
    /// What a comparison lets through is the left value, unless the left is a scalar beside a vector.
    let keepsRight: Bool
    let pairs: [Pair]
    let rivals: [Rivals]
    /// Pairs that make the same column.
    var crowded: [(pairs: [Pair], labels: SeriesLabels)] = []
  }

  /// Columns of two operands that make one column.
  struct Pair: Sendable {
    let left: Int
    let right: Int
    let result: Int
  }

  /// Columns of one node with the same signature, of which no two may have a value at one moment; where they are the many
  /// of a side, only while the other side has one.
  struct Rivals: Sendable {
    let node: Int
    let columns: [Int]
    let other: (node: Int, columns: [Int])?
    let signature: SeriesLabels
  }

  enum Operation: Sendable {
    case constant(Double)
    case time
    case latest([Source], offset: Int)
    case window(WindowFunction, [Source], Reach)
    case overSubquery(WindowFunction, subquery: Int)
    case absent(Int)
    case absentOverTime([Source], Reach)
    case each(ElementFunction, Int, parameters: [Int])
    case vector(Int)
    case scalar(Int)
    case pairs(Pairing, Int, Int)
    /// For each column of the left the columns of the right that may let it through.
    case and(Int, Int, partners: [[Int]])
    case unless(Int, Int, partners: [[Int]])
    /// For each column of the right the columns of the left that stand for it, and where it goes.
    case or(Int, Int, partners: [[Int]], results: [Int])
    case aggregate(AggregateFunction, Int, groups: [[Int]])
    /// Columns that came to have the same labels.
    case merge(Int, groups: [[Int]])
  }

  var nodes: [Node] = []
  var subqueries: [Subquery] = []

  var labels: [SeriesLabels] { nodes.last?.labels ?? [] }

  /// Everything that it reads, in subqueries too.
  var sources: [Source] {
    nodes.flatMap { node -> [Source] in
      switch node.operation {
      case .latest(let sources, offset: _), .window(_, let sources, _), .absentOverTime(let sources, _): sources
      case .constant, .time, .overSubquery, .absent, .each, .vector, .scalar, .pairs, .and, .unless, .or, .aggregate,
        .merge:
        []
      }
    } + subqueries.flatMap(\.program.sources)
  }
}

/// Functions over the samples of a range.
enum WindowFunction: Sendable {
  case increase, rate, delta
  case last, least, greatest, sum, average, count, present

  static let named: [PromQLFunction: WindowFunction] = [
    .increase: .increase, .rate: .rate, .delta: .delta, .lastOverTime: .last, .minOverTime: .least,
    .maxOverTime: .greatest, .sumOverTime: .sum, .avgOverTime: .average, .countOverTime: .count,
    .presentOverTime: .present,
  ]

  /// The functions that read the time of samples know only those of selectors.
  var extrapolates: Bool {
    switch self {
    case .increase, .rate, .delta: true
    case .last, .least, .greatest, .sum, .average, .count, .present: false
    }
  }
}

/// Functions of one value.
enum ElementFunction: Sendable {
  case negated
  case abs, ceil, floor, round, sgn, sqrt
  case clamp, clampMin, clampMax

  static let named: [PromQLFunction: ElementFunction] = [
    .abs: .abs, .ceil: .ceil, .floor: .floor, .round: .round, .sgn: .sgn, .sqrt: .sqrt, .clamp: .clamp,
    .clampMin: .clampMin, .clampMax: .clampMax,
  ]
}

/// Aggregations of the values of a moment.
enum AggregateFunction: Sendable {
  case sum, average, least, greatest, count, group

  init?(_ operation: AggregationOperator) {
    switch operation {
    case .sum: self = .sum
    case .avg: self = .average
    case .min: self = .least
    case .max: self = .greatest
    case .count: self = .count
    case .group: self = .group
    case .stddev, .stdvar, .topk, .bottomk, .quantile, .countValues: return nil
    }
  }
}
