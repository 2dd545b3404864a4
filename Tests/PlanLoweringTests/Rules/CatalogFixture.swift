import Diagnostics
import PromQL
import Quantities

@testable import SpecCatalog

/// A small catalog with one service, `shop`, evaluated and scraped every minute, in no time: what promtool makes up is
/// there at once.
struct CatalogFixture {
  var catalog = Catalog()
  let service = ServiceID(0)

  init() {
    catalog.settings.interval = .minutes(1)
    catalog.settings.scrapeInterval = .minutes(1)
    catalog.settings.scrapeTimeout = .zero
    catalog.services = [Service(name: at("shop"), owner: at("payments"))]
  }

  // MARK: Indicators

  @discardableResult
  mutating func indicator(
    _ kind: Indicator.Kind,
    named name: String = "requests",
    excluding: [ExclusionID] = []
  ) -> IndicatorID {
    catalog.indicators.append(
      Indicator(
        service: service,
        name: at(name),
        title: nil,
        meaning: nil,
        kind: kind,
        excluding: excluding.map(at),
        criteria: Criteria(),
        measurement: [],
        span: here
      )
    )
    return IndicatorID(catalog.indicators.count - 1)
  }

  mutating func exclusion(_ name: String, _ kind: Exclusion.Kind, when: String? = nil) throws -> ExclusionID {
    catalog.exclusions.append(
      Exclusion(
        service: service,
        name: at(name),
        title: nil,
        kind: kind,
        when: try when.map(query),
        span: here
      )
    )
    return ExclusionID(catalog.exclusions.count - 1)
  }

  // MARK: Objectives

  mutating func objective(
    _ name: String = "availability",
    on indicator: IndicatorID = IndicatorID(0),
    judging measure: Objective.Measure = .share(at(.greaterOrEqual)),
    target: String = "99%",
    over window: String = "1d",
    by labels: [String] = [],
    policy: PolicyChoice = .none,
    alerts: BurnAlerting = BurnAlerting(),
    described description: Objective.Description = Objective.Description()
  ) throws -> ObjectiveID {
    catalog.objectives.append(
      Objective(
        service: service,
        journey: nil,
        name: at(name),
        fullName: "shop/\(name)",
        expression: at("requests >= \(target) over \(window)"),
        indicator: indicator,
        indicatorSpan: here,
        measure: measure,
        target: at(try Target(reading: target)),
        window: at(try TimeWindow(reading: window)),
        splitBy: labels.map(at),
        policy: policy,
        alerting: alerts,
        description: description,
        span: here
      )
    )
    return ObjectiveID(catalog.objectives.count - 1)
  }

  /// The levels in order: a name, where it is entered and where it is left.
  mutating func policy(_ levels: (String, enter: Level.Bound?, leave: Level.Bound?)...) -> PolicyID {
    catalog.policies.append(
      Policy(
        service: service,
        name: at("budget"),
        title: nil,
        description: nil,
        changes: [],
        actions: nil,
        levels: levels.map { level in
          Level(
            name: at(level.0),
            when: at(level.enter),
            until: level.leave.map(at),
            allow: .all,
            approve: [],
            rollout: nil,
            actions: [],
            exit: [],
            guidance: [],
            span: here
          )
        },
        withoutData: nil,
        span: here
      )
    )
    return PolicyID(catalog.policies.count - 1)
  }

  mutating func journey(
    _ name: String,
    _ objectives: [ObjectiveID],
    weights: [(objective: ObjectiveID, weight: Rational)] = []
  ) {
    catalog.journeys.append(
      Journey(
        service: service,
        name: at(name),
        title: nil,
        description: nil,
        expectation: nil,
        rationale: nil,
        owner: nil,
        traffic: nil,
        objectives: objectives,
        requires: [],
        weights: weights.map { ($0.objective, at($0.weight)) },
        steps: [],
        span: here
      )
    )
  }

  mutating func alert(_ name: String, _ when: AlertCondition...) {
    catalog.alerts.append(
      AlertPolicy(
        service: service,
        name: at(name),
        origin: .alerts,
        title: nil,
        meaning: nil,
        when: when,
        severity: nil,
        channels: [],
        steps: ["look at the queue"],
        runbook: nil,
        labels: [],
        span: here
      )
    )
  }
}

// MARK: - Pieces

let here = SourceSpan(file: FileID(0), start: 0, end: 0)

func at<Value>(_ value: Value) -> Located<Value> { Located(value, at: here) }

func query(_ text: String) throws -> SourcedQuery<PromQLExpression> {
  SourcedQuery(try PromQLParser.parse(text, allowsPlaceholders: true), givenAt: here)
}

func selector(_ text: String) throws -> SourcedQuery<VectorSelector> {
  SourcedQuery(try PromQLParser.parseSelector(text), givenAt: here)
}

extension Indicator.Kind {
  /// Failures among requests, both counted by one metric.
  static func failures(
    _ bad: String = #"http_requests_total{code="500"}"#,
    of valid: String = "http_requests_total"
  ) throws -> Indicator.Kind {
    .ratio(
      RatioSource(side: .bad, numerator: [.counter(try selector(bad))], valid: [.counter(try selector(valid))])
    )
  }

  static func successes(_ good: String, of valid: String) throws -> Indicator.Kind {
    .ratio(
      RatioSource(side: .good, numerator: [.counter(try selector(good))], valid: [.counter(try selector(valid))])
    )
  }

  static func template(bad: String, of valid: String) throws -> Indicator.Kind {
    .ratio(
      RatioSource(side: .bad, numerator: [.template(try query(bad))], valid: [.template(try query(valid))])
    )
  }

  static func histogram(_ name: String, _ histogram: DistributionSource.Histogram = .classic) throws -> Indicator.Kind {
    .distribution(DistributionSource(selector: try selector(name), histogram: histogram, unit: .second))
  }

  static func gauge(_ text: String, _ across: GaugeSource.Aggregation = .max) throws -> Indicator.Kind {
    .gauge(GaugeSource(selector: try selector(text), across: across, slice: .minutes(1), unit: .number))
  }

  static func uptime(_ conditions: DownCondition...) -> Indicator.Kind {
    .time(TimeSource(downWhen: conditions, slice: .minutes(1)))
  }
}

extension Objective.Measure {
  static func percentile(_ percentile: String, _ comparison: Comparison, _ bound: Rational) throws -> Objective.Measure
  {
    .percentile(
      try Percentile(reading: percentile),
      comparison,
      at(MetricBound(value: bound, text: bound.decimalText))
    )
  }

  static func value(_ comparison: Comparison, _ bound: Rational) -> Objective.Measure {
    .value(comparison, at(MetricBound(value: bound, text: bound.decimalText)))
  }
}

extension Level.Bound {
  static func below(_ ratio: String) throws -> Level.Bound {
    Level.Bound(comparison: .less, ratio: try Ratio(reading: ratio))
  }

  static func above(_ ratio: String) throws -> Level.Bound {
    Level.Bound(comparison: .greater, ratio: try Ratio(reading: ratio))
  }
}
