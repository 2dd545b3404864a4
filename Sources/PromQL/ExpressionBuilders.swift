// How lowering code writes queries. A builder says what PromQL would, in the order that PromQL does:
//
//   .sum(.rate(errors, over: .minutes(5)), by: ["job"]) / .sum(.rate(total, over: .minutes(5)), by: ["job"])

extension PromQLExpression: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  package init(integerLiteral value: Int) { self = .number(PromQLNumber(Double(value))) }
  package init(floatLiteral value: Double) { self = .number(PromQLNumber(value)) }
}

extension PromQLExpression {
  package static func call(_ function: PromQLFunction, _ arguments: PromQLExpression...) -> PromQLExpression {
    .call(FunctionCall(function, arguments))
  }

  /// A selector by name and matchers, for where no `VectorSelector` is at hand.
  package static func selector(_ metricName: String, _ matchers: LabelMatcher...) -> PromQLExpression {
    .selector(VectorSelector(metricName, matchers))
  }

  package static func range(_ selector: VectorSelector, over range: PromQLRange) -> PromQLExpression {
    .range(RangeSelector(selector, range))
  }

  /// The expression evaluated over a span of time: `x[1h:1m]`.
  package func subquery(over range: PromQLDuration, every step: PromQLDuration? = nil) -> PromQLExpression {
    .subquery(Subquery(of: self, .fixed(range), step: step))
  }

  /// The sign turned; a number stays a number.
  package var negated: PromQLExpression {
    if case .number(let number) = self { .number(number.negated) } else { .unary(.minus, self) }
  }
}

// MARK: - Aggregations

extension PromQLExpression {
  package static func aggregate(
    _ operation: AggregationOperator,
    _ operand: PromQLExpression,
    parameter: PromQLExpression? = nil,
    grouping: Grouping? = nil
  ) -> PromQLExpression {
    .aggregation(Aggregation(operation, parameter: parameter, operand, grouping: grouping))
  }

  package static func sum(_ operand: PromQLExpression, grouping: Grouping? = nil) -> PromQLExpression {
    aggregate(.sum, operand, grouping: grouping)
  }

  package static func sum(_ operand: PromQLExpression, by labels: [String]) -> PromQLExpression {
    aggregate(.sum, operand, grouping: .by(labels))
  }

  package static func avg(_ operand: PromQLExpression, grouping: Grouping? = nil) -> PromQLExpression {
    aggregate(.avg, operand, grouping: grouping)
  }

  package static func avg(_ operand: PromQLExpression, by labels: [String]) -> PromQLExpression {
    aggregate(.avg, operand, grouping: .by(labels))
  }

  package static func min(_ operand: PromQLExpression, grouping: Grouping? = nil) -> PromQLExpression {
    aggregate(.min, operand, grouping: grouping)
  }

  package static func min(_ operand: PromQLExpression, by labels: [String]) -> PromQLExpression {
    aggregate(.min, operand, grouping: .by(labels))
  }

  package static func max(_ operand: PromQLExpression, grouping: Grouping? = nil) -> PromQLExpression {
    aggregate(.max, operand, grouping: grouping)
  }

  package static func max(_ operand: PromQLExpression, by labels: [String]) -> PromQLExpression {
    aggregate(.max, operand, grouping: .by(labels))
  }

  package static func count(_ operand: PromQLExpression, grouping: Grouping? = nil) -> PromQLExpression {
    aggregate(.count, operand, grouping: grouping)
  }

  package static func count(_ operand: PromQLExpression, by labels: [String]) -> PromQLExpression {
    aggregate(.count, operand, grouping: .by(labels))
  }

  package static func group(_ operand: PromQLExpression, grouping: Grouping? = nil) -> PromQLExpression {
    aggregate(.group, operand, grouping: grouping)
  }

  package static func group(_ operand: PromQLExpression, by labels: [String]) -> PromQLExpression {
    aggregate(.group, operand, grouping: .by(labels))
  }

  package static func topk(
    _ count: PromQLExpression,
    _ operand: PromQLExpression,
    grouping: Grouping? = nil
  ) -> PromQLExpression {
    aggregate(.topk, operand, parameter: count, grouping: grouping)
  }

  package static func bottomk(
    _ count: PromQLExpression,
    _ operand: PromQLExpression,
    grouping: Grouping? = nil
  ) -> PromQLExpression {
    aggregate(.bottomk, operand, parameter: count, grouping: grouping)
  }

  package static func quantile(
    _ quantile: PromQLExpression,
    _ operand: PromQLExpression,
    grouping: Grouping? = nil
  ) -> PromQLExpression {
    aggregate(.quantile, operand, parameter: quantile, grouping: grouping)
  }

  package static func countValues(
    _ label: String,
    _ operand: PromQLExpression,
    grouping: Grouping? = nil
  ) -> PromQLExpression {
    aggregate(.countValues, operand, parameter: .string(label), grouping: grouping)
  }
}

// MARK: - Functions over a span of time

extension PromQLExpression {
  /// A function of one range vector over a range that may be a placeholder: `rate(x[$window])`.
  package static func apply(
    _ function: PromQLFunction,
    to selector: VectorSelector,
    over range: PromQLRange
  ) -> PromQLExpression {
    call(function, .range(selector, over: range))
  }

  package static func rate(_ selector: VectorSelector, over range: PromQLDuration) -> PromQLExpression {
    apply(.rate, to: selector, over: .fixed(range))
  }

  package static func increase(_ selector: VectorSelector, over range: PromQLDuration) -> PromQLExpression {
    apply(.increase, to: selector, over: .fixed(range))
  }

  package static func delta(_ selector: VectorSelector, over range: PromQLDuration) -> PromQLExpression {
    apply(.delta, to: selector, over: .fixed(range))
  }

  package static func resets(_ selector: VectorSelector, over range: PromQLDuration) -> PromQLExpression {
    apply(.resets, to: selector, over: .fixed(range))
  }

  package static func changes(_ selector: VectorSelector, over range: PromQLDuration) -> PromQLExpression {
    apply(.changes, to: selector, over: .fixed(range))
  }

  package static func lastOverTime(_ selector: VectorSelector, over range: PromQLDuration) -> PromQLExpression {
    apply(.lastOverTime, to: selector, over: .fixed(range))
  }

  package static func maxOverTime(_ selector: VectorSelector, over range: PromQLDuration) -> PromQLExpression {
    apply(.maxOverTime, to: selector, over: .fixed(range))
  }

  package static func minOverTime(_ selector: VectorSelector, over range: PromQLDuration) -> PromQLExpression {
    apply(.minOverTime, to: selector, over: .fixed(range))
  }

  package static func avgOverTime(_ selector: VectorSelector, over range: PromQLDuration) -> PromQLExpression {
    apply(.avgOverTime, to: selector, over: .fixed(range))
  }

  package static func sumOverTime(_ selector: VectorSelector, over range: PromQLDuration) -> PromQLExpression {
    apply(.sumOverTime, to: selector, over: .fixed(range))
  }

  package static func countOverTime(_ selector: VectorSelector, over range: PromQLDuration) -> PromQLExpression {
    apply(.countOverTime, to: selector, over: .fixed(range))
  }

  package static func presentOverTime(_ selector: VectorSelector, over range: PromQLDuration) -> PromQLExpression {
    apply(.presentOverTime, to: selector, over: .fixed(range))
  }

  package static func absentOverTime(_ selector: VectorSelector, over range: PromQLDuration) -> PromQLExpression {
    apply(.absentOverTime, to: selector, over: .fixed(range))
  }
}

// MARK: - Other functions

extension PromQLExpression {
  package static func time() -> PromQLExpression { call(.time) }
  package static func vector(_ scalar: PromQLExpression) -> PromQLExpression { call(.vector, scalar) }
  package static func scalar(_ vector: PromQLExpression) -> PromQLExpression { call(.scalar, vector) }
  package static func timestamp(_ vector: PromQLExpression) -> PromQLExpression { call(.timestamp, vector) }
  package static func absent(_ vector: PromQLExpression) -> PromQLExpression { call(.absent, vector) }
  package static func abs(_ vector: PromQLExpression) -> PromQLExpression { call(.abs, vector) }
  package static func sqrt(_ vector: PromQLExpression) -> PromQLExpression { call(.sqrt, vector) }
  package static func floor(_ vector: PromQLExpression) -> PromQLExpression { call(.floor, vector) }
  package static func ceil(_ vector: PromQLExpression) -> PromQLExpression { call(.ceil, vector) }
  package static func round(_ vector: PromQLExpression) -> PromQLExpression { call(.round, vector) }
  package static func sgn(_ vector: PromQLExpression) -> PromQLExpression { call(.sgn, vector) }
  package static func histogramCount(_ vector: PromQLExpression) -> PromQLExpression { call(.histogramCount, vector) }
  package static func histogramSum(_ vector: PromQLExpression) -> PromQLExpression { call(.histogramSum, vector) }

  package static func clampMax(_ vector: PromQLExpression, _ maximum: PromQLExpression) -> PromQLExpression {
    call(.clampMax, vector, maximum)
  }

  package static func clampMin(_ vector: PromQLExpression, _ minimum: PromQLExpression) -> PromQLExpression {
    call(.clampMin, vector, minimum)
  }

  package static func clamp(
    _ vector: PromQLExpression,
    _ minimum: PromQLExpression,
    _ maximum: PromQLExpression
  ) -> PromQLExpression {
    call(.clamp, vector, minimum, maximum)
  }

  package static func histogramQuantile(
    _ quantile: PromQLExpression,
    _ buckets: PromQLExpression
  ) -> PromQLExpression {
    call(.histogramQuantile, quantile, buckets)
  }

  /// The share of the observations of native histograms between two values.
  package static func histogramFraction(
    _ lower: PromQLExpression,
    _ upper: PromQLExpression,
    _ histograms: PromQLExpression
  ) -> PromQLExpression {
    call(.histogramFraction, lower, upper, histograms)
  }

  package static func labelReplace(
    _ vector: PromQLExpression,
    label: String,
    with replacement: String,
    from source: String,
    matching pattern: String
  ) -> PromQLExpression {
    call(.labelReplace, vector, .string(label), .string(replacement), .string(source), .string(pattern))
  }

  /// Gives every series a label with a fixed value.
  package static func labelled(_ vector: PromQLExpression, _ label: String, _ value: String) -> PromQLExpression {
    // A dollar sign would refer to a group of the pattern.
    let literal = value.split(separator: "$", omittingEmptySubsequences: false).joined(separator: "$$")
    return labelReplace(vector, label: label, with: literal, from: "", matching: "")
  }
}
