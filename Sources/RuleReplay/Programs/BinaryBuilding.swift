import PlanModel
import PromQL

extension ProgramBuilder {
  mutating func add(_ operation: BinaryOperation) throws(UnplayedPart) -> Int {
    switch operation.operation {
    case .power, .atan2: throw UnplayedPart(operation.operation.rawValue)
    case .and:
      let (left, right) = try addSides(operation)
      return addSet(operation, left, right) { .and(left, right, partners: $0) }
    case .unless:
      let (left, right) = try addSides(operation)
      return addSet(operation, left, right) { .unless(left, right, partners: $0) }
    case .or:
      let (left, right) = try addSides(operation)
      return addUnion(operation, left, right)
    case .add, .subtract, .multiply, .divide, .modulo, .equal, .notEqual, .greater, .less, .greaterOrEqual,
      .lessOrEqual:
      let (left, right) = try addSides(operation)
      return isScalar(left) || isScalar(right)
        ? addScaled(operation, left, right) : addMatched(operation, left, right)
    }
  }

  private mutating func addSides(_ operation: BinaryOperation) throws(UnplayedPart) -> (left: Int, right: Int) {
    (try add(operation.left), try add(operation.right))
  }

  private func dropsName(_ operation: BinaryOperation) -> Bool {
    operation.returnsBool || !operation.operation.isComparison
  }

  // MARK: Scalars

  private mutating func addScaled(_ operation: BinaryOperation, _ left: Int, _ right: Int) -> Int {
    let many = isScalar(left) ? right : left
    let names = dropsName(operation) ? withoutNames(many) : labels(many)
    let pairs = labels(many).indices.map { column in
      Program.Pair(left: isScalar(left) ? 0 : column, right: isScalar(right) ? 0 : column, result: column)
    }
    return appendMerged(
      .pairs(
        Program.Pairing(
          operation: operation.operation,
          returnsBool: operation.returnsBool,
          keepsRight: isScalar(left) && !isScalar(right),
          pairs: pairs,
          rivals: []
        ),
        left,
        right
      ),
      names,
      isScalar: isScalar(left) && isScalar(right)
    )
  }

  // MARK: Vectors

  private func signature(_ labels: SeriesLabels, _ matching: VectorMatching?) -> SeriesLabels {
    switch matching?.labels {
    case .on(let names): labels.keeping(names)
    case .ignoring(let names): labels.removing(names + [SeriesLabels.metricName])
    case nil: labels.withoutName
    }
  }

  private mutating func addMatched(_ operation: BinaryOperation, _ left: Int, _ right: Int) -> Int {
    let matching = operation.matching
    let signatures = (left: signatures(left, matching), right: signatures(right, matching))
    let leftColumns = Dictionary(grouping: signatures.left.indices) { signatures.left[$0] }
    let rightColumns = Dictionary(grouping: signatures.right.indices) { signatures.right[$0] }
    var names: [SeriesLabels] = []
    var pairs: [(left: Int, right: Int)] = []
    for (column, signature) in signatures.left.enumerated() {
      for partner in rightColumns[signature] ?? [] {
        pairs.append((column, partner))
        names.append(result(operation, labels(left)[column], labels(right)[partner]))
      }
    }
    let (distinct, groups) = Self.grouped(names)
    let placed = groups.enumerated().flatMap { result, group in
      group.map { Program.Pair(left: pairs[$0].left, right: pairs[$0].right, result: result) }
    }
    let rivals: [Program.Rivals] =
      switch matching?.cardinality ?? .oneToOne {
      case .oneToOne:
        rivals(rightColumns, of: right, facing: nil) + rivals(leftColumns, of: left, facing: (right, rightColumns))
      case .groupLeft: rivals(rightColumns, of: right, facing: nil)
      case .groupRight: rivals(leftColumns, of: left, facing: nil)
      }
    return append(
      .pairs(
        Program.Pairing(
          operation: operation.operation,
          returnsBool: operation.returnsBool,
          keepsRight: false,
          pairs: placed,
          rivals: rivals,
          crowded: groups.indices.filter { groups[$0].count > 1 }.map { result in
            (placed.filter { $0.result == result }, distinct[result])
          }
        ),
        left,
        right
      ),
      distinct
    )
  }

  private func signatures(_ node: Int, _ matching: VectorMatching?) -> [SeriesLabels] {
    labels(node).map { signature($0, matching) }
  }

  private func rivals(
    _ columns: [SeriesLabels: [Int]],
    of node: Int,
    facing others: (node: Int, columns: [SeriesLabels: [Int]])?
  ) -> [Program.Rivals] {
    columns.filter { $0.value.count > 1 }.map { signature, columns in
      Program.Rivals(
        node: node,
        columns: columns,
        other: others.map { ($0.node, $0.columns[signature] ?? []) },
        signature: signature
      )
    }
  }

  private func result(_ operation: BinaryOperation, _ left: SeriesLabels, _ right: SeriesLabels) -> SeriesLabels {
    let drops = dropsName(operation)
    switch operation.matching?.cardinality ?? .oneToOne {
    case .oneToOne:
      let named = drops ? left.withoutName : left
      switch operation.matching?.labels {
      case .on(let names): return named.keeping(names)
      case .ignoring(let names): return named.removing(names)
      case nil: return named
      }
    case .groupLeft(let including):
      return (drops ? left.withoutName : left).setting(including.map { LabelPair($0, right[$0]) })
    case .groupRight(let including):
      return (drops ? right.withoutName : right).setting(including.map { LabelPair($0, left[$0]) })
    }
  }

  // MARK: Sets

  private mutating func addSet(
    _ operation: BinaryOperation,
    _ left: Int,
    _ right: Int,
    _ make: ([[Int]]) -> Program.Operation
  ) -> Int {
    let others = signatures(right, operation.matching)
    let partners = signatures(left, operation.matching).map { signature in
      others.indices.filter { others[$0] == signature }
    }
    return append(make(partners), labels(left))
  }

  private mutating func addUnion(_ operation: BinaryOperation, _ left: Int, _ right: Int) -> Int {
    let others = signatures(left, operation.matching)
    let partners = signatures(right, operation.matching).map { signature in
      others.indices.filter { others[$0] == signature }
    }
    var names = labels(left)
    var results: [Int] = []
    for label in labels(right) {
      // Equal labels have equal signatures: where the left has a value, the right is left out.
      if let place = labels(left).firstIndex(of: label) {
        results.append(place)
      } else {
        results.append(names.count)
        names.append(label)
      }
    }
    return append(.or(left, right, partners: partners, results: results), names)
  }
}
