import Diagnostics
import Quantities
import SpecSyntax

/// What an objective or promise asks of its indicator, typed.
struct Requirement {
  var measure: Objective.Measure
  var target: Located<Target>
  var window: Located<TimeWindow>
  var splitBy: [Located<String>]
}

extension Resolution {
  /// The share of slices in which a gauge has to be within its bound, where its objective does not say.
  private static let usualShareOfSlices = Rational(numerator: 99, denominator: 100)

  mutating func requirement(_ expression: ObjectiveExpression, of indicator: IndicatorID) -> Requirement? {
    let indicator = catalog[indicator]
    switch expression.requirement {
    case .attested(let span):
      guard case .attested(let statement) = indicator.kind else {
        reportMismatch("'\(indicator.name.value)' is \(indicator.noun), not a statement to attest", at: span)
        return nil
      }
      return Requirement(
        measure: .attested,
        target: Located(.perfect, at: span),
        window: Located(.rolling(statement.renew), at: span),
        splitBy: []
      )
    case .bounded(let bounded):
      guard let (measure, target) = bound(bounded, of: indicator, expression) else { return nil }
      return Requirement(measure: measure, target: target, window: bounded.window, splitBy: bounded.splitBy)
    }
  }

  private mutating func bound(
    _ bounded: BoundedRequirement,
    of indicator: Indicator,
    _ expression: ObjectiveExpression
  ) -> (Objective.Measure, Located<Target>)? {
    if let share = bounded.atLeast, !indicator.isGauge {
      reportMismatch("'at least' is for gauges; '\(indicator.name.value)' is \(indicator.noun)", at: share.span)
      return nil
    }
    switch indicator.kind {
    case .ratio, .time: return shareBound(bounded, of: indicator)
    case .distribution(let source):
      guard let percentile = bounded.percentile else {
        bag.report(
          .percentileOfRatio,
          "'\(indicator.name.value)' is a distribution, and the objective names no percentile",
          at: expression.indicator.span,
          fix: DiagnosticFix(
            "bound a percentile of it, such as '\(indicator.name.value) p95'",
            edits: [TextEdit(replacing: expression.indicator.span, with: "\(expression.indicator.value) p95")],
            safety: .unsafe
          )
        )
        return nil
      }
      guard let bound = metricBound(bounded.bound, in: source.unit, of: indicator),
        let target = Target(percentile.value.share)
      else { return nil }
      return (
        .percentile(percentile.value, bounded.comparison.value, bound), Located(target, at: percentile.span)
      )
    case .gauge(let source):
      if let percentile = bounded.percentile { return reportPercentile(percentile, of: indicator) }
      guard let bound = metricBound(bounded.bound, in: source.unit, of: indicator) else { return nil }
      let share = bounded.atLeast?.value ?? Ratio(Self.usualShareOfSlices)
      guard let target = share.flatMap(Target.init) else { return nil }
      return (
        .value(bounded.comparison.value, bound), Located(target, at: bounded.atLeast?.span ?? bounded.bound.span)
      )
    case .attested:
      reportMismatch(
        "'\(indicator.name.value)' is a statement, which is attested and not measured",
        at: bounded.bound.span,
        fix: "write '\(indicator.name.value) attested'"
      )
      return nil
    }
  }

  /// `>= 99.5%` bounds the good share, `< 0.1%` the bad share; both come to one target.
  private mutating func shareBound(
    _ bounded: BoundedRequirement,
    of indicator: Indicator
  ) -> (Objective.Measure, Located<Target>)? {
    if let percentile = bounded.percentile { return reportPercentile(percentile, of: indicator) }
    let bound = bounded.bound.value
    if bound.unit == .percent, bound.value > .one {
      reportMismatch("'\(bound.text)' is above 100%, and no share is", at: bounded.bound.span)
      return nil
    }
    guard bound.dimension == .number, bound.unit == .percent, let share = bound.ratio else {
      reportMismatch(
        "'\(indicator.name.value)' is \(indicator.noun), which '\(bound.text)' cannot bound",
        at: bounded.bound.span,
        fix: "bound it by a percentage, such as '>= 99.9%'"
      )
      return nil
    }
    let good = bounded.comparison.value.isUpperBound ? share.complement : share
    guard let target = Target(good) else {
      reportMismatch(
        "'\(bounded.comparison.value) \(bound.text)' asks for no good event at all",
        at: bounded.bound.span
      )
      return nil
    }
    return (.share(bounded.comparison), Located(target, at: bounded.bound.span))
  }

  private mutating func reportPercentile(
    _ percentile: Located<Percentile>,
    of indicator: Indicator
  ) -> (Objective.Measure, Located<Target>)? {
    bag.report(
      .percentileOfRatio,
      "'\(indicator.name.value)' is \(indicator.noun) and has no \(percentile.value)",
      at: percentile.span
    )
    return nil
  }

  /// The bound in the unit of the metric; a bound of another dimension is reported.
  mutating func metricBound(
    _ bound: Located<Quantity>,
    in unit: Unit,
    of indicator: Indicator
  ) -> Located<MetricBound>? {
    let quantity = bound.value
    // A metric whose unit nobody states is taken in base units of whatever bounds it.
    let isUnknown = unit == .number && quantity.unit != .percent
    guard isUnknown || quantity.dimension.isComparable(with: unit.dimension) else {
      reportMismatch(
        "'\(indicator.name.value)' is measured in \(unit.pluralName), which '\(quantity.text)' cannot bound",
        at: bound.span
      )
      return nil
    }
    return bound.map { MetricBound(value: $0.value / (isUnknown ? .one : unit.scale), text: $0.text) }
  }

  mutating func reportMismatch(_ message: String, at span: SourceSpan, fix: String? = nil) {
    bag.report(
      .dimensionMismatch,
      message,
      at: span,
      fix: fix.map { DiagnosticFix($0, safety: .unsafe) }
    )
  }
}

extension Indicator {
  /// What the indicator is called in a message.
  package var noun: String {
    switch kind {
    case .ratio: "a ratio"
    case .distribution: "a distribution"
    case .time: "a share of time"
    case .gauge: "a gauge"
    case .attested: "a statement"
    }
  }

  var isGauge: Bool {
    if case .gauge = kind { true } else { false }
  }
}

extension Unit {
  /// What the unit is called in a message.
  var pluralName: String {
    switch self {
    case .number: "plain numbers"
    case .percent: "percent"
    case .second: "seconds"
    case .byte: "bytes"
    case .bit: "bits"
    default: "'\(symbol)'"
    }
  }
}
