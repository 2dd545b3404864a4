import PromQL
import Quantities
import SpecCatalog

/// What an objective counts: all of it and the bad part, in one interval.
enum CountedUnits: Sendable {
  case events(total: EventSum, part: EventSum, side: RatioSource.Side)
  /// Observations of a native histogram, of which those up to `bound` are good, or those above it.
  case observations(VectorSelector, bound: Rational, isUpperBound: Bool)
  /// Seconds, in slices of one interval.
  case downtime(Downtime)
  case violations(GaugeViolation)

  /// nil for an indicator that counts nothing.
  init?(_ objective: Objective, on indicator: Indicator, conditions: ConditionExpressions) {
    switch indicator.kind {
    case .ratio(let source):
      self = .events(total: EventSum(source.valid), part: EventSum(source.numerator), side: source.side)
    case .distribution(let source):
      guard case .percentile(_, let comparison, let bound) = objective.measure else { return nil }
      self = .init(source, bound: bound.value.value, isUpperBound: comparison.isUpperBound)
    case .time(let source):
      self = .downtime(Downtime(source, conditions: conditions))
    case .gauge(let source):
      guard case .value(let comparison, let bound) = objective.measure else { return nil }
      self = .violations(
        GaugeViolation(
          gauge: GaugeReading(source, timing: conditions.timing),
          good: comparison,
          bound: bound.value.value
        )
      )
    case .attested: return nil
    }
  }

  /// Observations on the right side of a bound.
  ///
  /// A classic histogram counts what is at most `le`: good below an upper bound, bad below a lower one.
  init(_ source: DistributionSource, bound: Rational, isUpperBound: Bool) {
    switch source.histogram {
    case .classic:
      let buckets = BucketSelectors(histogram: source.selector.value)
      // Series of a histogram are born together; one without `le` is enough to know it by.
      self = .events(
        total: EventSum(buckets.count, sibling: buckets.count.onlyTarget),
        part: EventSum(buckets.atMost(bound), sibling: buckets.count.onlyTarget),
        side: isUpperBound ? .good : .bad
      )
    case .native:
      self = .observations(source.selector.value, bound: bound, isUpperBound: isUpperBound)
    }
  }

  /// Whether the unit is a second rather than an event.
  var countsTime: Bool {
    switch self {
    case .events, .observations: false
    case .downtime, .violations: true
    }
  }

  /// Everything that decides what is counted, as text.
  var identity: String {
    switch self {
    case .events(let total, let part, let side): "\(side)\n\(part.identity)\nof\n\(total.identity)"
    case .observations(let selector, let bound, let isUpperBound):
      "\(isUpperBound ? "at most" : "above") \(bound)\nof\n\(selector)"
    case .downtime(let downtime): "down\n\(downtime.isDown)"
    case .violations(let violation): "not \(violation.good) \(violation.bound)\nof\n\(violation.gauge.value(by: []))"
    }
  }

  /// The selectors whose silence means that telemetry is lost; empty where slices of time tell.
  var selectors: [VectorSelector] {
    switch self {
    case .events(let total, part: _, side: _): total.selectors
    case .observations(let selector, bound: _, isUpperBound: _): [selector]
    case .downtime, .violations: []
    }
  }
}

/// An indicator of time: down while any of its conditions holds.
struct Downtime: Sendable {
  /// 1 while down, 0 otherwise.
  let isDown: PromQLExpression
  /// 1 while there is anything to judge by, 0 otherwise. No data is not health.
  let hasData: PromQLExpression

  /// `clamp_max(sum of (count(Q) or vector(0)), 1)`; a condition that has to hold for a while is the least of it over that
  /// while.
  init(_ source: TimeSource, conditions: ConditionExpressions) {
    let states = source.downWhen.map { conditions.state(of: $0) }
    isDown = Self.any(of: states)
    let selectors = source.downWhen.flatMap { state in
      conditions.selectors(of: state).map { selector in
        switch state {
        case .query: selector
        // What is counted is not there before its counts are.
        case .condition: conditions.timing.arrived(selector)
        }
      }
    }
    var seen: Set<VectorSelector> = []
    let found = selectors.filter { seen.insert($0).inserted }.map { selector in
      PromQLExpression.lastOverTime(selector, over: conditions.timing.reach.promQL).isPresent
    }
    hasData = Self.any(of: found)
  }

  private static func any(of states: [PromQLExpression]) -> PromQLExpression {
    guard let sum = PromQLExpression.joined(states, +) else { return .vector(0) }
    return states.count == 1 ? sum : .clampMax(sum, 1)
  }
}

/// A gauge, read once for all its series.
struct GaugeReading: Sendable {
  let selector: VectorSelector
  let across: GaugeSource.Aggregation
  let timing: RuleTiming

  init(_ source: GaugeSource, timing: RuleTiming) {
    selector = source.selector.value
    across = source.across
    self.timing = timing
  }

  /// `AGG(last_over_time(X[W]))`.
  func value(by labels: [String]) -> PromQLExpression {
    let operation: AggregationOperator =
      switch across {
      case .max: .max
      case .min: .min
      case .avg: .avg
      case .sum: .sum
      }
    return .aggregate(
      operation,
      .lastOverTime(selector, over: timing.reach.promQL),
      grouping: labels.isEmpty ? nil : .by(labels)
    )
  }
}

/// A gauge outside its bound.
struct GaugeViolation: Sendable {
  let gauge: GaugeReading
  /// What the value is to be.
  let good: Comparison
  let bound: Rational

  /// 1 where the bound is violated, 0 where it is kept, nothing without data.
  func state(by labels: [String]) -> PromQLExpression {
    gauge.value(by: labels).compared(good.negated, to: .constant(bound), .zeroOrOne)
  }
}

extension PromQLExpression {
  /// 1 where the query yields anything, 0 where it yields nothing.
  var isPresent: PromQLExpression { .group(self).or(.vector(0)) }

  func compared(
    _ comparison: Comparison,
    to bound: PromQLExpression,
    _ result: ComparisonResult = .filter,
    matching: VectorMatching? = nil
  ) -> PromQLExpression {
    switch comparison {
    case .less: less(than: bound, result, matching: matching)
    case .lessOrEqual: lessOrEqual(to: bound, result, matching: matching)
    case .greater: greater(than: bound, result, matching: matching)
    case .greaterOrEqual: greaterOrEqual(to: bound, result, matching: matching)
    }
  }
}
