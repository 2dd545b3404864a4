/// The labels that the series of a result may have, apart from the metric name.
package enum SurvivingLabels: Hashable, Sendable {
  /// Whatever the series read have, without these.
  case all(except: Set<String>)
  case only(Set<String>)

  package static let none = SurvivingLabels.only([])

  package func contains(_ label: String) -> Bool {
    switch self {
    case .all(let except): !except.contains(label)
    case .only(let labels): labels.contains(label)
    }
  }

  /// What remains when only some labels are kept.
  package func keeping(_ labels: Set<String>) -> SurvivingLabels {
    .only(labels.filter(contains))
  }

  package func removing(_ labels: Set<String>) -> SurvivingLabels {
    switch self {
    case .all(let except): .all(except: except.union(labels))
    case .only(let kept): .only(kept.subtracting(labels))
    }
  }

  /// What may be there when either may.
  package func union(_ other: SurvivingLabels) -> SurvivingLabels {
    switch (self, other) {
    case (.all(let left), .all(let right)): .all(except: left.intersection(right))
    case (.all(let except), .only(let labels)), (.only(let labels), .all(let except)):
      .all(except: except.subtracting(labels))
    case (.only(let left), .only(let right)): .only(left.union(right))
    }
  }

  /// What may be there when both must have it.
  package func intersection(_ other: SurvivingLabels) -> SurvivingLabels {
    switch (self, other) {
    case (.all(let left), .all(let right)): .all(except: left.union(right))
    case (.all(let except), .only(let labels)), (.only(let labels), .all(let except)): .only(labels.subtracting(except))
    case (.only(let left), .only(let right)): .only(left.intersection(right))
    }
  }
}

extension PromQLExpression {
  /// The labels that the result may have; a scalar has none.
  package var survivingLabels: SurvivingLabels {
    switch self {
    case .number, .string: .none
    case .selector(let selector): selector.survivingLabels
    case .range(let range): range.selector.survivingLabels
    case .subquery(let subquery): subquery.operand.survivingLabels
    case .call(let call): call.survivingLabels
    case .aggregation(let aggregation): aggregation.survivingLabels
    case .binary(let operation): operation.survivingLabels
    case .unary(_, let operand): operand.survivingLabels
    }
  }
}

extension VectorSelector {
  /// A label that the selector demands to be empty is one that its series do not have.
  fileprivate var survivingLabels: SurvivingLabels {
    .all(except: Set(matchers.filter { $0.operation == .equal && $0.value.isEmpty }.map(\.label)))
  }

  /// What `absent` makes up its series from: labels with a single matcher, which names their value.
  fileprivate var labelsWithOneValue: SurvivingLabels {
    let counts = Dictionary(matchers.map { ($0.label, 1) }, uniquingKeysWith: +)
    let certain = matchers.filter {
      $0.operation == .equal && !$0.value.isEmpty && counts[$0.label] == 1 && $0.label != "__name__"
    }
    return .only(Set(certain.map(\.label)))
  }
}

extension FunctionCall {
  fileprivate var survivingLabels: SurvivingLabels {
    let argument = arguments.first { $0.valueType == .instantVector || $0.valueType == .rangeVector }
    let labels = argument?.survivingLabels ?? .none
    switch function {
    case .absent, .absentOverTime:
      switch argument {
      case .selector(let selector): return selector.labelsWithOneValue
      case .range(let range): return range.selector.labelsWithOneValue
      case .number, .string, .subquery, .call, .aggregation, .binary, .unary, nil: return .none
      }
    case .histogramQuantile, .histogramFraction: return labels.removing(["le"])
    case .labelReplace, .labelJoin:
      guard arguments.count > 1, case .string(let label) = arguments[1] else { return labels }
      return labels.union(.only([label]))
    case .scalar, .vector, .time, .pi: return .none
    case .abs, .acos, .acosh, .asin, .asinh, .atan, .atanh, .avgOverTime, .ceil, .changes, .clamp, .clampMax, .clampMin,
      .cos, .cosh, .countOverTime, .dayOfMonth, .dayOfWeek, .dayOfYear, .daysInMonth, .deg, .delta, .deriv, .exp,
      .floor,
      .histogramAvg, .histogramCount, .histogramStddev, .histogramStdvar, .histogramSum, .holtWinters, .hour, .idelta,
      .increase, .irate, .lastOverTime, .ln, .log10, .log2, .maxOverTime, .minOverTime, .minute, .month, .predictLinear,
      .presentOverTime, .quantileOverTime, .rad, .rate, .resets, .round, .sgn, .sin, .sinh, .sort, .sortDesc, .sqrt,
      .stddevOverTime, .stdvarOverTime, .sumOverTime, .tan, .tanh, .timestamp, .year:
      return labels
    }
  }
}

extension Aggregation {
  fileprivate var survivingLabels: SurvivingLabels {
    let labels = operand.survivingLabels
    let grouped: SurvivingLabels =
      switch grouping {
      case .by(let names): labels.keeping(Set(names))
      case .without(let names): labels.removing(Set(names))
      case nil: .none
      }
    switch operation {
    // These pick series rather than merge them.
    case .topk, .bottomk: return labels
    case .countValues:
      guard case .string(let label) = parameter else { return grouped }
      return grouped.union(.only([label]))
    case .sum, .avg, .count, .min, .max, .group, .stddev, .stdvar, .quantile: return grouped
    }
  }
}

extension BinaryOperation {
  fileprivate var survivingLabels: SurvivingLabels {
    let (left, right) = (self.left.survivingLabels, self.right.survivingLabels)
    if self.left.valueType == .scalar { return right }
    if self.right.valueType == .scalar { return left }
    switch operation {
    case .and, .unless: return left
    case .or: return left.union(right)
    case .add, .subtract, .multiply, .divide, .modulo, .power, .atan2, .equal, .notEqual, .greater, .less,
      .greaterOrEqual,
      .lessOrEqual:
      return paired(left, right)
    }
  }

  /// One series for each pair: the labels matched on, or those of the many side and what it takes over from the other.
  private func paired(_ left: SurvivingLabels, _ right: SurvivingLabels) -> SurvivingLabels {
    guard let matching else { return left.intersection(right) }
    switch matching.cardinality {
    case .groupLeft(let including): return left.removing(Set(including)).union(right.keeping(Set(including)))
    case .groupRight(let including): return right.removing(Set(including)).union(left.keeping(Set(including)))
    case .oneToOne: break
    }
    switch matching.labels {
    case .on(let names): return left.intersection(right).keeping(Set(names))
    case .ignoring(let names):
      // The labels not ignored agree, so that one side alone has none that the other lacks.
      return left.intersection(right).removing(Set(names))
    }
  }
}
