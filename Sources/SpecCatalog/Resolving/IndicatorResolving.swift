import Diagnostics
import PromQL
import Quantities
import SpecSyntax

extension Resolution {
  mutating func resolveMetrics(of document: SpecDocument, in service: ServiceID) {
    for spec in document.metrics {
      guard declare(.metric, spec.name, index: catalog.metrics.count, in: service) else { continue }
      let unit = MetricUnits.unit(stated: spec.unit, metricName: spec.name.value)
      catalog.metrics.append(
        Metric(
          service: service,
          name: spec.name,
          kind: spec.kind.map(Metric.Kind.init),
          unit: spec.unit,
          labels: spec.labels?.map { label in
            switch label.value {
            case .any: (label.name, nil)
            case .only(let values): (label.name, values)
            }
          },
          buckets: spec.buckets?.map { bucket in bucket.map { $0.amount(in: unit) } },
          measured: spec.measured?.value.rawValue,
          meaning: spec.meaning?.value,
          span: spec.span
        )
      )
    }
  }

  mutating func resolveIndicators(of document: SpecDocument, in service: ServiceID) {
    for spec in document.indicators {
      let id = IndicatorID(catalog.indicators.count)
      guard let kind = indicatorKind(of: spec, as: id, in: service) else {
        names.noteFailed(.indicator, fullName: "\(name(of: service))/\(spec.name.value)")
        continue
      }
      guard declare(.indicator, spec.name, index: id.index, in: service) else { continue }
      catalog.indicators.append(
        Indicator(
          service: service,
          name: spec.name,
          title: spec.title?.value,
          meaning: spec.meaning?.value,
          kind: kind,
          excluding: exclusions(named: spec.excluding, from: service),
          criteria: Criteria(
            good: spec.criteria?.good.map(\.value) ?? [],
            bad: spec.criteria?.bad.map(\.value) ?? [],
            excluded: spec.criteria?.excluded.map(\.value) ?? []
          ),
          measurement: spec.measurement.map(\.value),
          span: spec.span
        )
      )
    }
  }

  private mutating func indicatorKind(
    of spec: Named<IndicatorSpec>,
    as id: IndicatorID,
    in service: ServiceID
  ) -> Indicator.Kind? {
    switch spec.kind {
    case .ratio(let side, let numerator, let valid):
      return .ratio(
        RatioSource(
          side: side == .good ? .good : .bad,
          numerator: numerator.map(Query.init),
          valid: valid.map(Query.init)
        )
      )
    case .distribution(let selector):
      return .distribution(distribution(SourcedQuery(selector), unit: spec.unit, in: service))
    case .time(let conditions, let slice):
      let kept = conditions.enumerated().compactMap { downCondition($1.value, at: $0, of: id, in: service) }
      return .time(TimeSource(downWhen: kept, slice: slice?.value ?? .minutes(1)))
    case .gauge(let selector, let across, let slice):
      return .gauge(
        gauge(
          SourcedQuery(selector),
          across: across?.value,
          slice: slice?.value,
          unit: spec.unit,
          in: service
        )
      )
    case .attested(let statement):
      return .attested(
        Attestation(
          statement: statement.statement.value,
          evidence: statement.evidence?.value,
          by: statement.by,
          on: statement.on,
          renew: statement.renew.value
        )
      )
    case .preset(let preset):
      return presetKind(preset, unit: spec.unit, in: service)
    }
  }

  func distribution(
    _ selector: SourcedQuery<VectorSelector>,
    unit: Located<String>?,
    in service: ServiceID
  ) -> DistributionSource {
    let contract = contract(of: selector.value, in: service)
    return DistributionSource(
      selector: selector,
      histogram: contract?.kind.value == .nativeHistogram ? .native : .classic,
      unit: MetricUnits.unit(
        stated: unit ?? contract?.unit,
        metricName: selector.value.metricName
      ) ?? .number
    )
  }

  func gauge(
    _ selector: SourcedQuery<VectorSelector>,
    across: IndicatorSpec.SeriesJoin?,
    slice: TimeSpan?,
    unit: Located<String>?,
    in service: ServiceID
  ) -> GaugeSource {
    GaugeSource(
      selector: selector,
      across: across.map(GaugeSource.Aggregation.init) ?? .max,
      slice: slice ?? .minutes(1),
      unit: MetricUnits.unit(
        stated: unit ?? contract(of: selector.value, in: service)?.unit,
        metricName: selector.value.metricName
      ) ?? .number
    )
  }

  /// The declaration of the metric that a selector reads, in its own service's contract.
  func contract(of selector: VectorSelector, in service: ServiceID) -> Metric? {
    guard let metric = selector.metricName else { return nil }
    return names.findOwn(.metric, fullName: "\(name(of: service))/\(metric)").map { catalog.metrics[$0.index] }
  }

  /// PromQL stands as it is; a condition waits until everything that it may refer to is known.
  private mutating func downCondition(
    _ spec: DownConditionSpec,
    at position: Int,
    of indicator: IndicatorID,
    in service: ServiceID
  ) -> DownCondition? {
    switch spec {
    case .query(let query, let sustained):
      return .query(SourcedQuery(query), sustained: sustained?.value ?? .zero)
    case .condition(let condition):
      pendingConditions.append(
        PendingCondition(indicator: indicator, service: service, position: position, spec: condition)
      )
      return nil
    }
  }

  mutating func resolveDownConditions() {
    for pending in pendingConditions where pending.indicator.index < catalog.indicators.count {
      names.asker = pending.service
      guard let condition = condition(pending.spec, in: pending.service),
        case .time(var source) = catalog[pending.indicator].kind
      else { continue }
      source.downWhen.insert(.condition(condition), at: min(pending.position, source.downWhen.count))
      catalog.indicators[pending.indicator.index] = catalog[pending.indicator].replacing(.time(source))
    }
  }

  mutating func exclusions(named references: [Located<String>], from service: ServiceID) -> [Located<ExclusionID>] {
    references.compactMap { reference in
      find(.exclusion, reference, from: service, as: ExclusionID.self).map { Located($0, at: reference.span) }
    }
  }
}

extension Query {
  init(_ spec: QuerySpec) {
    switch spec {
    case .selector(let query): self = .counter(SourcedQuery(query))
    case .promql(let query): self = .template(SourcedQuery(query))
    }
  }
}

extension Metric.Kind {
  init(_ spec: MetricSpec.Kind) {
    switch spec {
    case .counter: self = .counter
    case .gauge: self = .gauge
    case .histogram: self = .histogram
    case .nativeHistogram: self = .nativeHistogram
    }
  }
}

extension GaugeSource.Aggregation {
  init(_ spec: IndicatorSpec.SeriesJoin) {
    switch spec {
    case .max: self = .max
    case .min: self = .min
    case .avg: self = .avg
    case .sum: self = .sum
    }
  }
}

extension Quantity {
  /// How many of a metric's unit; a number without a unit of its own is one of the metric's, as in its instrumentation.
  fileprivate func amount(in unit: Unit?) -> Rational {
    guard let unit, self.unit != .number else { return value }
    return value / unit.scale
  }
}
