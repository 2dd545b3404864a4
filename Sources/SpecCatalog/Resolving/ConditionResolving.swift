import Diagnostics
import Quantities
import SpecSyntax

extension Resolution {
  /// The range that a comparison looks at where it does not say.
  private static let usualRange = TimeSpan.minutes(5)

  /// A condition with its references followed; nil where a part of it is in error.
  mutating func condition(_ spec: ConditionSpec, in service: ServiceID) -> AlertCondition? {
    switch spec {
    case .all(let parts):
      let resolved = parts.compactMap { condition($0, in: service) }
      return resolved.count == parts.count ? .all(resolved) : nil
    case .any(let parts):
      let resolved = parts.compactMap { condition($0, in: service) }
      return resolved.isEmpty ? nil : .any(resolved)
    case .comparison(let comparison):
      return self.comparison(comparison, in: service).map { .comparison($0) }
    }
  }

  private mutating func comparison(_ spec: ComparisonSpec, in service: ServiceID) -> AlertComparison? {
    guard let measure = measure(spec, in: service), let bound = alertBound(spec, of: measure) else { return nil }
    return AlertComparison(
      measure: measure,
      comparison: spec.comparison.value,
      bound: bound,
      range: spec.range?.value ?? Self.usualRange,
      sustained: spec.sustained?.value ?? .zero,
      text: spec.text
    )
  }

  private mutating func measure(_ spec: ComparisonSpec, in service: ServiceID) -> AlertMeasure? {
    switch spec.measure.value {
    case .burnRate: return budgetSubjects(spec, in: service).map { .burnRate($0) }
    case .budgetRemaining: return budgetSubjects(spec, in: service).map { .budgetRemaining($0) }
    case .failureRatio, .successRatio, .failures, .events, .percentile, .value, .rate:
      return indicatorMeasure(spec, in: service)
    }
  }

  private mutating func indicatorMeasure(_ spec: ComparisonSpec, in service: ServiceID) -> AlertMeasure? {
    guard let subject = spec.subject else {
      bag.report(.malformedCondition, "'\(spec.text.value)' does not say of which indicator", at: spec.measure.span)
      return nil
    }
    guard let id = find(.indicator, subject, from: service, as: IndicatorID.self) else { return nil }
    let guardian = catalog.objectives.firstIndex { $0.indicator == id && $0.splitBy.isEmpty }.map(ObjectiveID.init)
    let indicator = catalog[id]
    switch (spec.measure.value, indicator.kind) {
    case (.failureRatio, .ratio), (.failureRatio, .time), (.failureRatio, .distribution):
      return isJudged(indicator, by: guardian, spec) ? .failureRatio(id, guardian) : nil
    case (.successRatio, .ratio), (.successRatio, .time), (.successRatio, .distribution):
      return isJudged(indicator, by: guardian, spec) ? .successRatio(id, guardian) : nil
    case (.failures, .ratio), (.failures, .distribution):
      return isJudged(indicator, by: guardian, spec) ? .failures(id, guardian) : nil
    case (.events, .ratio), (.events, .distribution): return .events(id)
    case (.rate, .ratio), (.rate, .distribution): return .rate(id)
    case (.percentile(let percentile), .distribution): return .percentile(id, percentile)
    case (.value, .gauge): return .value(id)
    default:
      reportMismatch(
        "'\(indicator.name.value)' is \(indicator.noun), of which there is no '\(spec.measure.value.word)'",
        at: spec.measure.span
      )
      return nil
    }
  }

  /// An event of a distribution fails by the bound of an objective; without one nobody said what failing is.
  private mutating func isJudged(_ indicator: Indicator, by guardian: ObjectiveID?, _ spec: ComparisonSpec) -> Bool {
    guard case .distribution = indicator.kind, guardian == nil else { return true }
    reportMismatch(
      "'\(indicator.name.value)' is a distribution without an objective, so no event of it fails",
      at: spec.measure.span
    )
    return false
  }

  /// Objectives by name, those of a journey, or all of the service that have a budget.
  private mutating func budgetSubjects(_ spec: ComparisonSpec, in service: ServiceID) -> [ObjectiveID]? {
    guard let subject = spec.subject else {
      return catalog.objectives.indices.map(ObjectiveID.init).filter {
        catalog[$0].service == service && !catalog[$0].isAttested
      }
    }
    if let journey = names.find(.journey, fullName: "\(name(of: service))/\(subject.value)") {
      return catalog.journeys[journey.index].objectives
    }
    return findObjective(subject, from: service).map { [$0] }
  }

  private mutating func alertBound(_ spec: ComparisonSpec, of measure: AlertMeasure) -> Located<AlertBound>? {
    let span = spec.bound.span
    switch spec.bound.value {
    case .objectiveMultiple(let factor): return multiple(factor, of: measure, spec)
    case .amount(let quantity):
      guard let bound = amount(Located(quantity, at: span), of: measure) else { return nil }
      return Located(bound, at: span)
    }
  }

  private mutating func amount(_ quantity: Located<Quantity>, of measure: AlertMeasure) -> AlertBound? {
    let value = quantity.value
    switch measure {
    case .failureRatio, .successRatio, .budgetRemaining:
      if value.unit == .percent, value.value > .one {
        reportMismatch("'\(value.text)' is above 100%, and no share is", at: quantity.span)
        return nil
      }
      guard value.unit == .percent, let ratio = value.ratio else {
        return reportBound(quantity, "a percentage, such as '5%'")
      }
      return .ratio(ratio)
    case .failures, .events:
      guard value.dimension.isComparable(with: .events), value.unit != .percent else {
        return reportBound(quantity, "a count, such as '50'")
      }
      return .number(value.value)
    case .rate:
      guard value.dimension.isComparable(with: .eventRate) else {
        return reportBound(quantity, "a rate of events, such as '10/s'")
      }
      return .number(value.value)
    case .burnRate:
      guard value.dimension == .number, value.unit != .percent else {
        return reportBound(quantity, "a plain number, such as '5'")
      }
      return .number(value.value)
    case .percentile(let id, _), .value(let id):
      let indicator = catalog[id]
      return metricBound(quantity, in: indicator.unit ?? .number, of: indicator).map { .value($0.value) }
    }
  }

  private mutating func reportBound(_ quantity: Located<Quantity>, _ expected: String) -> AlertBound? {
    reportMismatch("'\(quantity.value.text)' stands where \(expected), is meant", at: quantity.span)
    return nil
  }

  /// `2x objective`: the objective that bounds the same percentile, or the same gauge.
  private mutating func multiple(
    _ factor: Rational,
    of measure: AlertMeasure,
    _ spec: ComparisonSpec
  ) -> Located<AlertBound>? {
    let found: ObjectiveID?
    let subject: IndicatorID
    switch measure {
    case .percentile(let id, let percentile):
      subject = id
      found = catalog.objectives.firstIndex { $0.indicator == id && $0.percentile == percentile }
        .map(ObjectiveID.init)
    case .value(let id):
      subject = id
      found = catalog.objectives.firstIndex { $0.indicator == id && $0.bound != nil }.map(ObjectiveID.init)
    case .failureRatio, .successRatio, .failures, .events, .rate, .burnRate, .budgetRemaining:
      reportMismatch(
        "'\(spec.measure.value.word)' has no bound in an objective that could be multiplied",
        at: spec.bound.span
      )
      return nil
    }
    guard let found else {
      // It may be the objective that something else is wrong with.
      let owner = catalog[subject].service
      if names.isIncomplete(.objective, in: owner, called: name(of: owner)) { return nil }
      bag.report(
        .unresolvedReference,
        "no objective bounds '\(spec.measure.value.word)' of '\(spec.subject?.value ?? "")', so there is nothing to multiply",
        at: spec.bound.span,
        fix: multipliable(on: subject).map { DiagnosticFix("objectives bound \($0) of it", safety: .unsafe) }
      )
      return nil
    }
    return Located(.multiple(factor, of: found), at: spec.bound.span)
  }
}

extension Resolution {
  /// The percentiles of an indicator that objectives bound: `'p50' and 'p95'`.
  private func multipliable(on indicator: IndicatorID) -> String? {
    let bounded = catalog.objectives.filter { $0.indicator == indicator }.compactMap(\.percentile)
    return bounded.isEmpty ? nil : bounded.map { "'\($0)'" }.joined(separator: " and ")
  }
}

extension Objective {
  var isAttested: Bool {
    switch measure {
    case .attested: true
    case .share, .percentile, .value: false
    }
  }
}

extension Indicator {
  /// The unit of the metric; nil for what has none.
  package var unit: Unit? {
    switch kind {
    case .distribution(let source): source.unit
    case .gauge(let source): source.unit
    case .ratio, .time, .attested: nil
    }
  }
}

extension ComparisonSpec.Measure {
  /// The word of the language.
  fileprivate var word: String {
    switch self {
    case .failureRatio: "failure_ratio"
    case .successRatio: "success_ratio"
    case .failures: "failures"
    case .events: "events"
    case .percentile(let percentile): percentile.description
    case .value: "value"
    case .rate: "rate"
    case .burnRate: "burn_rate"
    case .budgetRemaining: "budget_remaining"
    }
  }
}
