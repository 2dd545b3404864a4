import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Panels about values themselves: latencies, sizes, levels of use.
struct ValuePanels {
  let index: CatalogIndex
  let service: ServiceID
  /// What the author calls the panel.
  let title: String?

  private static let range = PromQLDuration.minutes(5)

  // MARK: Heatmaps

  func heatmaps(of indicators: [IndicatorID]) -> [PanelPlan] {
    let distributions = indicators.compactMap { id in distribution(id).map { (id, $0) } }
    return distributions.map { id, source in
      let selector = source.selector.value
      let query: PanelQuery =
        switch source.histogram {
        case .classic:
          PanelQuery(
            .sum(.increase(BucketSelectors(histogram: selector).buckets, over: Self.range), by: ["le"]),
            legend: "{{le}}",
            isHeatmap: true
          )
        case .native:
          PanelQuery(.sum(.increase(selector, over: Self.range)), legend: "{{le}}", isHeatmap: true)
        }
      return PanelPlan(
        title: panelTitle(of: id, default: "Heatmap", isOnly: distributions.count == 1),
        description: """
          How many events took how long: each column is 5 minutes, the darker the more of them. A second band above \
          the first is a group of events that fares worse, which no percentile shows.\(unitSentence(source.unit))
          """,
        visualization: .heatmap,
        unit: source.unit.panelUnit,
        queries: [query]
      )
    }
  }

  // MARK: Quantiles

  func quantiles(of indicators: [IndicatorID]) -> [PanelPlan] {
    let shown = indicators.filter { index.catalog[$0].kind.hasValues }
    return shown.compactMap { id in
      let indicator = index.catalog[id]
      let bounds = Bounds(of: index.objectives(on: id))
      let isOnly = shown.count == 1
      switch indicator.kind {
      case .distribution(let source): return quantiles(of: id, source, bounds, isOnly: isOnly)
      case .gauge(let source): return level(of: id, source, bounds, isOnly: isOnly)
      case .ratio, .time, .attested: return nil
      }
    }
  }

  private func quantiles(
    of id: IndicatorID,
    _ source: DistributionSource,
    _ bounds: Bounds,
    isOnly: Bool
  ) -> PanelPlan {
    PanelPlan(
      title: panelTitle(of: id, default: "Quantiles", isOnly: isOnly),
      description: """
        The value that the named share of the last 5 minutes' events did not exceed: p95 is exceeded by one in \
        twenty. It is interpolated within buckets, so look here for the shape of a change and at the compliance for \
        its verdict. Dashed lines are the objectives' bounds.\(unitSentence(source.unit))
        """,
      visualization: .timeseries,
      unit: source.unit.panelUnit,
      queries: percentiles(on: id).map { name, share in
        PanelQuery(quantile(share, of: source), legend: name)
      },
      thresholds: bounds.thresholds
    )
  }

  /// The percentiles of the objectives, and the three that everybody looks for. Where values have to lie above a bound,
  /// the events that fare worst are the lowest.
  private func percentiles(on id: IndicatorID) -> [(name: String, share: Rational)] {
    var shares: [Rational: String] = [:]
    for hundredths in [50, 95, 99] {
      shares[Rational(numerator: Int128(hundredths), denominator: 100)] = "p\(hundredths)"
    }
    for objective in index.objectives(on: id) {
      guard case .percentile(let percentile, let sign, _) = objective.measure else { continue }
      let share = percentile.share
      if sign.isUpperBound {
        shares[share.fraction] = percentile.description
      } else if shares[share.complement.fraction] == nil {
        shares[share.complement.fraction] = "p\(share.complement.percentNumberText)"
      }
    }
    return shares.sorted { $0.key < $1.key }.map { ($0.value, $0.key) }
  }

  private func quantile(_ share: Rational, of source: DistributionSource) -> PromQLExpression {
    let selector = source.selector.value
    let number = PromQLExpression.constant(share)
    switch source.histogram {
    case .classic:
      return .histogramQuantile(
        number,
        .sum(.rate(BucketSelectors(histogram: selector).buckets, over: Self.range), by: ["le"])
      )
    case .native:
      return .histogramQuantile(number, .sum(.rate(selector, over: Self.range)))
    }
  }

  private func level(of id: IndicatorID, _ source: GaugeSource, _ bounds: Bounds, isOnly: Bool) -> PanelPlan {
    let operand = PromQLExpression.selector(source.selector.value)
    let value: PromQLExpression =
      switch source.across {
      case .max: .max(operand)
      case .min: .min(operand)
      case .avg: .avg(operand)
      case .sum: .sum(operand)
      }
    return PanelPlan(
      title: panelTitle(of: id, default: "Value", isOnly: isOnly),
      description: """
        The \(source.across.rawValue) across all series of it, as it is judged. Dashed lines are the objectives' \
        bounds.\(unitSentence(source.unit))
        """,
      visualization: .timeseries,
      unit: source.unit.panelUnit,
      queries: [PanelQuery(value, legend: source.across.rawValue)],
      thresholds: bounds.thresholds
    )
  }

  // MARK: Words

  private func distribution(_ id: IndicatorID) -> DistributionSource? {
    switch index.catalog[id].kind {
    case .distribution(let source): source
    case .ratio, .time, .gauge, .attested: nil
    }
  }

  private func panelTitle(of id: IndicatorID, default kind: String, isOnly: Bool) -> String {
    if let title, isOnly { return title }
    let name = index.catalog[id].title ?? index.name(of: id, seenFrom: service)
    return "\(title ?? kind): \(name)"
  }

  /// Grafana knows few units; others are named.
  private func unitSentence(_ unit: Unit) -> String {
    unit.panelUnit == .none && !unit.symbol.isEmpty ? " Values are in \(unit)." : ""
  }
}

/// The bounds that objectives set for an indicator's value.
private struct Bounds {
  private var upper: [Rational] = []
  private var lower: [Rational] = []

  init(of objectives: [Objective]) {
    for objective in objectives {
      switch objective.measure {
      case .percentile(_, let sign, let bound), .value(let sign, let bound):
        if sign.isUpperBound { upper.append(bound.value.value) } else { lower.append(bound.value.value) }
      case .share, .attested: continue
      }
    }
  }

  /// Nothing where values have to lie between bounds of both kinds, which colours cannot say.
  var thresholds: [PanelThreshold] {
    if !upper.isEmpty && lower.isEmpty {
      let sorted = Set(upper).sorted()
      return [PanelThreshold(from: nil, color: .green)]
        + sorted.enumerated().map { position, bound in
          PanelThreshold(from: bound.decimalText, color: position == sorted.count - 1 ? .red : .orange)
        }
    }
    if !lower.isEmpty && upper.isEmpty {
      let sorted = Set(lower).sorted()
      return [PanelThreshold(from: nil, color: .red)]
        + sorted.enumerated().map { position, bound in
          PanelThreshold(from: bound.decimalText, color: position == sorted.count - 1 ? .green : .orange)
        }
    }
    return []
  }
}

extension Unit {
  /// How Grafana shows values in this unit. It takes numbers as seconds and bytes, so multiples of those stay numbers.
  fileprivate var panelUnit: PanelPlan.Unit {
    if dimension == Unit.second.dimension && scale == .one { return .seconds }
    if dimension == Unit.byte.dimension && scale == .one { return .bytes }
    return .none
  }
}
