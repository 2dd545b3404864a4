import PromQL

/// Makes a program of an expression, for the series that there are.
struct ProgramBuilder {
  let index: SeriesIndex
  /// The number of the rule that is built.
  let reader: Int
  private(set) var program = Program()
  /// Equal parts are computed once.
  private var known: [PromQLExpression: Int] = [:]

  init(index: SeriesIndex, reader: Int) {
    self.index = index
    self.reader = reader
  }

  static func program(of expression: PromQLExpression, index: SeriesIndex, reader: Int) throws(UnplayedPart) -> Program
  {
    var builder = ProgramBuilder(index: index, reader: reader)
    let root = try builder.add(expression)
    // The result stands last, also where it was computed for another part before.
    if root != builder.program.nodes.count - 1 { _ = builder.append(.vector(root), builder.labels(root)) }
    return builder.program
  }

  func labels(_ node: Int) -> [SeriesLabels] { program.nodes[node].labels }
  func isScalar(_ node: Int) -> Bool { program.nodes[node].isScalar }

  mutating func add(_ expression: PromQLExpression) throws(UnplayedPart) -> Int {
    if let node = known[expression] { return node }
    let node = try build(expression)
    known[expression] = node
    return node
  }

  private mutating func build(_ expression: PromQLExpression) throws(UnplayedPart) -> Int {
    switch expression {
    case .number(let number): return append(.constant(number.value), [.none], isScalar: true)
    case .string: throw UnplayedPart("a string")
    case .selector(let selector):
      let sources = try index.sources(of: selector, for: reader)
      return append(.latest(sources, offset: Int(selector.offset.milliseconds)), names(of: sources))
    case .range, .subquery: throw UnplayedPart("a range outside a function")
    case .call(let call): return try add(call)
    case .aggregation(let aggregation): return try add(aggregation)
    case .binary(let operation): return try add(operation)
    case .unary(.plus, let operand): return try add(operand)
    case .unary(.minus, let operand):
      let operand = try add(operand)
      return appendMerged(.each(.negated, operand, parameters: []), withoutNames(operand), isScalar: isScalar(operand))
    }
  }

  private mutating func add(_ aggregation: Aggregation) throws(UnplayedPart) -> Int {
    guard let function = AggregateFunction(aggregation.operation) else {
      throw UnplayedPart(aggregation.operation.rawValue)
    }
    let operand = try add(aggregation.operand)
    let keys = labels(operand).map { labels in
      switch aggregation.grouping {
      case .by(let names): labels.keeping(names)
      case .without(let names): labels.removing(names + [SeriesLabels.metricName])
      case nil: SeriesLabels.none
      }
    }
    let (names, groups) = Self.grouped(keys)
    return append(.aggregate(function, operand, groups: groups), names)
  }

  // MARK: Nodes

  mutating func append(_ operation: Program.Operation, _ labels: [SeriesLabels], isScalar: Bool = false) -> Int {
    program.nodes.append(Program.Node(operation: operation, labels: labels, isScalar: isScalar))
    return program.nodes.count - 1
  }

  /// Columns whose labels have become equal are joined, which fails where two of them have a value at one moment.
  mutating func appendMerged(
    _ operation: Program.Operation,
    _ labels: [SeriesLabels],
    isScalar: Bool = false
  ) -> Int {
    let node = append(operation, labels, isScalar: isScalar)
    let (names, groups) = Self.grouped(labels)
    return names.count == labels.count ? node : append(.merge(node, groups: groups), names)
  }

  mutating func append(_ subquery: Program.Subquery) -> Int {
    program.subqueries.append(subquery)
    return program.subqueries.count - 1
  }

  func names(of sources: [Source]) -> [SeriesLabels] { sources.map { index.labels[$0.id] } }

  func withoutNames(_ node: Int) -> [SeriesLabels] { labels(node).map(\.withoutName) }

  /// The different labels in order of appearance, and where each stands.
  static func grouped(_ keys: [SeriesLabels]) -> (names: [SeriesLabels], groups: [[Int]]) {
    var names: [SeriesLabels] = []
    var groups: [[Int]] = []
    var places: [SeriesLabels: Int] = [:]
    for (column, key) in keys.enumerated() {
      if let place = places[key] {
        groups[place].append(column)
      } else {
        places[key] = names.count
        names.append(key)
        groups.append([column])
      }
    }
    return (names, groups)
  }
}
