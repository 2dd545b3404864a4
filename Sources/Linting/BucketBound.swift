import Diagnostics
import Quantities
import SpecCatalog

/// A bound that somebody holds against a classic histogram whose buckets are declared.
struct BucketBound {
  let value: Rational
  /// As written.
  let text: String
  let span: SourceSpan
  /// Whether the span is the value itself, so that another can stand there.
  let isReplaceable: Bool
  let metric: Metric
  let unit: Unit
  /// Upper bounds, rising.
  let buckets: [Rational]

  /// Every such bound of objectives and alerts.
  static func all(in catalog: Catalog) -> [BucketBound] {
    let contract = ContractIndex(catalog)
    let ofObjectives = catalog.objectives.compactMap { objective -> BucketBound? in
      guard case .percentile(_, _, let bound) = objective.measure else { return nil }
      return BucketBound(
        bound.value.value,
        text: bound.value.text,
        at: bound.span,
        isReplaceable: true,
        catalog[objective.indicator],
        contract
      )
    }
    let ofAlerts = catalog.alerts.flatMap(\.comparisons).compactMap { comparison -> BucketBound? in
      guard case .percentile(let indicator, _) = comparison.measure else { return nil }
      let span = comparison.bound.span
      switch comparison.bound.value {
      case .value(let bound):
        return BucketBound(bound.value, text: bound.text, at: span, isReplaceable: true, catalog[indicator], contract)
      case .multiple(let factor, let objective):
        guard let bound = catalog[objective].bound?.value else { return nil }
        return BucketBound(
          bound.value * factor,
          text: "\(factor.figureText)x \(bound.text)",
          at: span,
          isReplaceable: false,
          catalog[indicator],
          contract
        )
      case .ratio, .number: return nil
      }
    }
    return ofObjectives + ofAlerts
  }

  private init?(
    _ value: Rational,
    text: String,
    at span: SourceSpan,
    isReplaceable: Bool,
    _ indicator: Indicator,
    _ contract: ContractIndex
  ) {
    guard let (source, metric) = contract.histogram(of: indicator), let buckets = metric.buckets, !buckets.isEmpty
    else { return nil }
    switch source.histogram {
    case .classic: break
    case .native: return nil
    }
    self.value = value
    self.text = text
    self.span = span
    self.isReplaceable = isReplaceable
    self.metric = metric
    unit = source.unit
    self.buckets = buckets.map(\.value).sorted()
  }

  /// A bucket's bound as an author would write it.
  func bucketText(_ bucket: Rational) -> String { Quantity(bucket, unit).readableText }
}
