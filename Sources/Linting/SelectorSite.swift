import Diagnostics
import PromQL
import SpecCatalog

/// A selector that an author wrote, with how it is read and where it stands.
struct SelectorSite {
  enum Role {
    /// Of an indicator that takes rates of it by itself.
    case counter
    case histogram
    case gauge
    /// In a PromQL expression, with the function that reads it and whether it reads a range.
    case expression(PromQLFunction?, isRange: Bool)
  }

  let selector: VectorSelector
  let role: Role
  let service: ServiceID
  /// The name and the braces.
  let span: SourceSpan
  private let locate: @Sendable (SourcePlace) -> SourceSpan

  func span(of matcher: LabelMatcher) -> SourceSpan { locate(matcher.place) }

  /// Every selector of indicators and exclusions; what a preset gives is none of the author's.
  static func all(in catalog: Catalog) -> [SelectorSite] {
    catalog.indicators.flatMap { sites(in: $0) }
      + catalog.exclusions.flatMap { exclusion in
        exclusion.when.map { sites(in: $0, exclusion.service) } ?? []
      }
  }

  static func sites(in indicator: Indicator) -> [SelectorSite] {
    switch indicator.kind {
    case .ratio(let source): (source.numerator + source.valid).flatMap { sites(in: $0, indicator.service) }
    case .distribution(let source): [site(source.selector, .histogram, indicator.service)].compactMap { $0 }
    case .gauge(let source): [site(source.selector, .gauge, indicator.service)].compactMap { $0 }
    case .time(let source):
      source.downWhen.flatMap { condition -> [SelectorSite] in
        switch condition {
        case .query(let query, sustained: _): sites(in: query, indicator.service)
        case .condition: []
        }
      }
    case .attested: []
    }
  }

  static func sites(in query: Query, _ service: ServiceID) -> [SelectorSite] {
    switch query {
    case .counter(let selector): [site(selector, .counter, service)].compactMap { $0 }
    case .template(let template): sites(in: template, service)
    }
  }

  private static func site(
    _ query: SourcedQuery<VectorSelector>,
    _ role: Role,
    _ service: ServiceID
  ) -> SelectorSite? {
    guard query.isWritten else { return nil }
    return SelectorSite(
      selector: query.value,
      role: role,
      service: service,
      span: query.span(of: query.value.place),
      locate: { query.span(of: $0) }
    )
  }

  private static func sites(in query: SourcedQuery<PromQLExpression>, _ service: ServiceID) -> [SelectorSite] {
    guard query.isWritten else { return [] }
    return query.value.selectorUses.map { use in
      SelectorSite(
        selector: use.selector,
        role: .expression(use.function, isRange: use.range != nil),
        service: service,
        span: query.span(of: use.selector.place),
        locate: { query.span(of: $0) }
      )
    }
  }
}

extension ContractIndex {
  /// The declared metric of a selector: by its own name, or as a series of a histogram.
  func metric(of site: SelectorSite) -> Metric? {
    guard let name = site.selector.metricName else { return nil }
    if let exact = metric(name, for: site.service) { return exact }
    for suffix in ["_bucket", "_count", "_sum"] where name.hasSuffix(suffix) {
      guard let metric = metric(String(name.dropLast(suffix.count)), for: site.service) else { continue }
      switch metric.kind.value {
      case .histogram, .nativeHistogram: return metric
      case .counter, .gauge: continue
      }
    }
    return nil
  }
}
