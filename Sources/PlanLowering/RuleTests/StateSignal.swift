import PromQL
import Quantities
import SpecCatalog

/// A made-up gauge that makes a PromQL comparison hold or not.
struct StateSignal: Sendable, Hashable {
  let labels: SampleLabels
  /// The value with which the comparison holds, and the one with which it does not; nil for no sample at all.
  let on: Double?
  let off: Double?

  /// nil for anything but a metric, or one aggregate of it, that is compared with a number, and `absent`.
  init?(_ expression: PromQLExpression) {
    switch expression {
    case .binary(let operation): self.init(operation)
    case .call(let call) where call.function == .absent || call.function == .absentOverTime:
      guard let selector = call.arguments.first.flatMap(Self.metric), let labels = Self.labels(of: selector) else {
        return nil
      }
      self.init(labels: labels, on: nil, off: 1)
    case .call, .number, .string, .selector, .range, .subquery, .aggregation, .unary: return nil
    }
  }

  /// A gauge within its bound and outside.
  init?(_ source: GaugeSource, good: Comparison, bound: Rational) {
    guard let labels = Self.labels(of: source.selector.value) else { return nil }
    let edge = bound.doubleValue
    let candidates = [edge / 2, edge * 2, edge - 1, edge + 1]
    guard let off = candidates.first(where: { good.holds($0, edge) }),
      let on = candidates.first(where: { !good.holds($0, edge) })
    else { return nil }
    self.init(labels: labels, on: on, off: off)
  }

  private init(labels: SampleLabels, on: Double?, off: Double?) {
    self.labels = labels
    self.on = on
    self.off = off
  }

  private init?(_ operation: BinaryOperation) {
    guard !operation.returnsBool, case .number(let number) = operation.right,
      let selector = Self.metric(in: operation.left), let labels = Self.labels(of: selector)
    else { return nil }
    let bound = number.value
    let candidates = [0, 1, bound, bound / 2, bound * 2, bound - 1, bound + 1]
    let holds = candidates.filter { Self.holds($0, operation.operation, bound) }
    let fails = candidates.filter { !Self.holds($0, operation.operation, bound) }
    guard operation.operation.isComparison, let on = holds.first, let off = fails.first else { return nil }
    self.init(labels: labels, on: on, off: off)
  }

  private static func holds(_ value: Double, _ operation: BinaryOperator, _ bound: Double) -> Bool {
    switch operation {
    case .equal: value == bound
    case .notEqual: value != bound
    case .greater: value > bound
    case .less: value < bound
    case .greaterOrEqual: value >= bound
    case .lessOrEqual: value <= bound
    case .add, .subtract, .multiply, .divide, .modulo, .power, .atan2, .and, .or, .unless: false
    }
  }

  /// The metric of which an aggregate of one series is the series' own value.
  private static func metric(in expression: PromQLExpression) -> VectorSelector? {
    switch expression {
    case .selector(let selector): return selector
    case .range(let range): return range.selector
    case .aggregation(let aggregation):
      switch aggregation.operation {
      case .sum, .avg, .min, .max: return metric(in: aggregation.operand)
      case .count, .group, .stddev, .stdvar, .topk, .bottomk, .quantile, .countValues: return nil
      }
    case .number, .string, .subquery, .call, .binary, .unary: return nil
    }
  }

  private static func labels(of selector: VectorSelector) -> SampleLabels? {
    guard selector.isNow else { return nil }
    return LabelChoice(needed: []).series(of: selector)
  }
}

extension VectorSelector {
  /// Whether the metric is read as of now.
  var isNow: Bool { offset == .zero && at == nil && metricName != nil }
}
