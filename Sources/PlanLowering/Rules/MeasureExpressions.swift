import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// The measures that conditions compare, each as one series without labels.
///
/// Shares and counts come from the ledger of an objective on the same indicator where there is one, so that an alert and
/// the budget agree on what counts; else from the metrics themselves.
struct MeasureExpressions: Sendable {
  let index: RuleIndex

  private var catalog: Catalog { index.catalog }
  private var timing: RuleTiming { index.timing }
  private var labelNames: LabelNames { index.labelNames }

  func comparison(
    _ comparison: AlertComparison,
    _ result: PromQLExpression.ComparisonResult
  ) -> PromQLExpression {
    if case .percentile(let indicator, let percentile) = comparison.measure {
      return quantile(percentile, of: indicator, comparison, result)
    }
    return value(of: comparison.measure, over: range(of: comparison))
      .compared(comparison.comparison, to: .constant(number(of: comparison.bound.value)), result)
  }

  /// Long enough to hold two samples of a ledger and of the metrics.
  private func range(of comparison: AlertComparison) -> TimeSpan { max(comparison.range, timing.rateRange) }

  private func number(of bound: AlertBound) -> Rational {
    switch bound {
    case .ratio(let ratio): ratio.fraction
    case .number(let number): number
    case .value(let bound): bound.value
    case .multiple(let factor, let objective): factor * (catalog[objective].bound?.value.value ?? .zero)
    }
  }

  private func value(of measure: AlertMeasure, over range: TimeSpan) -> PromQLExpression {
    switch measure {
    case .failureRatio(let indicator, let objective):
      return share(of: bad(indicator, objective, over: range), in: total(indicator, objective, over: range))
    case .successRatio(let indicator, let objective):
      return PromQLExpression.number(1).minus(
        share(of: bad(indicator, objective, over: range), in: total(indicator, objective, over: range))
      )
    case .failures(let indicator, let objective): return bad(indicator, objective, over: range)
    case .events(let indicator): return total(indicator, nil, over: range)
    case .rate(let indicator): return total(indicator, nil, over: range).divided(by: timing.seconds(range))
    case .value(let indicator), .percentile(let indicator, _): return gauge(indicator)
    case .burnRate(let objectives): return fastestBurn(of: objectives, over: range)
    case .budgetRemaining(let objectives):
      return .min(.selector(RecordName.budgetRemaining.rawValue, named(objectives)))
    }
  }

  private func share(of bad: PromQLExpression, in total: PromQLExpression) -> PromQLExpression {
    bad.divided(by: .clampMin(total, ObjectiveSeries.tiny))
  }

  private func gauge(_ indicator: IndicatorID) -> PromQLExpression {
    switch catalog[indicator].kind {
    case .gauge(let source): GaugeReading(source, timing: timing).value(by: [])
    case .ratio, .distribution, .time, .attested: .vector(0)
    }
  }
}

// MARK: - Ledgers

extension MeasureExpressions {
  private func named(_ objectives: [ObjectiveID]) -> LabelMatcher {
    let names = objectives.map { catalog[$0].fullName }
    return names.count == 1
      ? .equal(labelNames.slo, names[0])
      : .matches(labelNames.slo, LabelMatcher.pattern(ofAny: names))
  }

  /// The increase of a ledger, whole; of what was counted otherwise before too, for as long as the range remembers it.
  private func increase(_ ledger: RecordName, of objective: ObjectiveID, over range: TimeSpan) -> PromQLExpression {
    let selector = VectorSelector(ledger.rawValue, [named([objective])])
    return .sum(.increase(selector, over: range.promQL))
  }

  /// `max(bad / (total × budget))`.
  private func fastestBurn(of objectives: [ObjectiveID], over range: TimeSpan) -> PromQLExpression {
    let matcher = named(objectives)
    func increase(_ ledger: RecordName) -> PromQLExpression {
      .increase(VectorSelector(ledger.rawValue, [matcher]), over: range.promQL)
    }
    let matching = VectorMatching(
      .on([labelNames.slo, ObjectiveSeries.countLabel]),
      .groupLeft(including: [])
    )
    let allowed = PromQLExpression.clampMin(increase(.totalLedger), ObjectiveSeries.tiny)
      .times(.selector(RecordName.budget.rawValue, matcher), matching: matching)
    return .max(increase(.badLedger).divided(by: allowed))
  }

  private func total(_ indicator: IndicatorID, _ objective: ObjectiveID?, over range: TimeSpan) -> PromQLExpression {
    if let ledger = objective ?? index.ledger(of: indicator) { return increase(.totalLedger, of: ledger, over: range) }
    switch catalog[indicator].kind {
    case .ratio(let source): return EventSum(source.valid).increase(over: range, timing: timing)
    case .distribution(let source): return observations(of: source, over: range)
    case .time, .gauge: return .vector(timing.seconds(range))
    case .attested: return .vector(0)
    }
  }

  private func bad(_ indicator: IndicatorID, _ objective: ObjectiveID?, over range: TimeSpan) -> PromQLExpression {
    if let ledger = objective ?? index.ledger(of: indicator) { return increase(.badLedger, of: ledger, over: range) }
    switch catalog[indicator].kind {
    case .ratio(let source):
      let part = EventSum(source.numerator).increase(over: range, timing: timing)
      switch source.side {
      case .bad: return part
      case .good: return .clampMin(EventSum(source.valid).increase(over: range, timing: timing).minus(part), 0)
      }
    case .time(let source): return downtime(source, over: range)
    // Without an objective nothing says what is bad of them.
    case .distribution, .gauge, .attested: return .vector(0)
    }
  }

  /// Seconds in which a query of the indicator said that it was down.
  private func downtime(_ source: TimeSource, over range: TimeSpan) -> PromQLExpression {
    let states = source.downWhen.compactMap { condition -> PromQLExpression? in
      switch condition {
      case .query(let query, sustained: _): query.value.isPresent
      // Conditions on other indicators may lead back here.
      case .condition: nil
      }
    }
    guard let sum = PromQLExpression.joined(states, +) else { return .vector(0) }
    let slices = PromQLExpression.clampMax(sum, 1).subquery(over: range.promQL, every: timing.interval.promQL)
    return PromQLExpression.call(.sumOverTime, slices).times(timing.intervalSeconds)
  }

  private func observations(of source: DistributionSource, over range: TimeSpan) -> PromQLExpression {
    let selector = source.selector.value
    return switch source.histogram {
    case .classic:
      PromQLExpression.sum(.increase(BucketSelectors(histogram: selector).count, over: range.promQL)).or(.vector(0))
    case .native: PromQLExpression.histogramCount(.sum(.increase(selector, over: range.promQL))).or(.vector(0))
    }
  }

  /// What has to have series for a measure to say anything.
  func selectors(of measure: AlertMeasure) -> [VectorSelector] {
    switch measure {
    case .failureRatio(let indicator, _), .successRatio(let indicator, _), .failures(let indicator, _),
      .events(let indicator), .percentile(let indicator, _), .value(let indicator), .rate(let indicator):
      switch catalog[indicator].kind {
      case .ratio(let source): EventSum(source.valid).selectors
      case .distribution(let source):
        switch source.histogram {
        case .classic: [BucketSelectors(histogram: source.selector.value).count]
        case .native: [source.selector.value]
        }
      case .gauge(let source): [source.selector.value]
      case .time, .attested: []
      }
    case .burnRate(let objectives), .budgetRemaining(let objectives):
      [VectorSelector(RecordName.budgetRemaining.rawValue, [named(objectives)])]
    }
  }
}

// MARK: - Percentiles

extension MeasureExpressions {
  /// `p95 > b` as the share above `b` where a bucket ends there, which is exact; estimated by `histogram_quantile` where
  /// none does.
  private func quantile(
    _ percentile: Percentile,
    of indicator: IndicatorID,
    _ comparison: AlertComparison,
    _ result: PromQLExpression.ComparisonResult
  ) -> PromQLExpression {
    guard case .distribution(let source) = catalog[indicator].kind else { return .vector(0).less(than: 0) }
    let bound = number(of: comparison.bound.value)
    let range = range(of: comparison)
    let share = PromQLExpression.constant(percentile.share.fraction)
    switch source.histogram {
    case .native:
      let rate = PromQLExpression.sum(.rate(source.selector.value, over: range.promQL))
      return PromQLExpression.histogramQuantile(share, rate)
        .compared(comparison.comparison, to: .constant(bound), result)
    case .classic:
      let buckets = BucketSelectors(histogram: source.selector.value)
      guard index.hasBucket(endingAt: bound, of: source.selector.value.metricName ?? "") else {
        let rate = PromQLExpression.sum(.rate(buckets.buckets, over: range.promQL), by: ["le"])
        return PromQLExpression.histogramQuantile(share, rate)
          .compared(comparison.comparison, to: .constant(bound), result)
      }
      let atMost = PromQLExpression.sum(.increase(buckets.atMost(bound), over: range.promQL))
      let all = PromQLExpression.sum(.increase(buckets.count, over: range.promQL)).greater(than: 0)
      // The percentile lies above the bound where less than its share lies at or below it.
      return atMost.divided(by: all).compared(comparison.comparison.mirrored, to: share, result)
    }
  }
}
