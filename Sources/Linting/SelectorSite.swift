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
  /// The range that a counter is read over here, where it is read as a rate.
  let usualRange: String
  /// Whether it is part of a query that has to read over the window and does not, which is said of the whole query.
  let lacksWindow: Bool
  /// The query that it is part of.
  private let text: [UInt8]
  private let locate: @Sendable (SourcePlace) -> SourceSpan

  func span(of matcher: LabelMatcher) -> SourceSpan { locate(matcher.place) }

  /// The name in front of the braces; nil where it is written in another way.
  var nameSpan: SourceSpan? {
    guard let name = selector.metricName, let start = selector.place.bytes?.lowerBound else { return nil }
    return span(of: name, at: start)
  }

  /// The label of a matcher; nil where it is written in quotes.
  func labelSpan(of matcher: LabelMatcher) -> SourceSpan? {
    matcher.place.bytes.flatMap { span(of: matcher.label, at: $0.lowerBound) }
  }

  /// The value of a matcher without its quotes; nil where it is written with escapes.
  func valueSpan(of matcher: LabelMatcher) -> SourceSpan? {
    matcher.place.bytes.flatMap { span(of: matcher.value, at: $0.upperBound - 1 - matcher.value.utf8.count) }
  }

  /// A word of the query, if it stands there as it reads.
  private func span(of word: String, at start: Int) -> SourceSpan? {
    let end = start + word.utf8.count
    guard start >= 0, end <= text.count, text[start..<end].elementsEqual(word.utf8) else { return nil }
    return locate(SourcePlace(bytes: start..<end))
  }

  /// Every selector of indicators and exclusions; what a preset gives is none of the author's.
  static func all(in catalog: Catalog) -> [SelectorSite] {
    catalog.indicators.flatMap { sites(in: $0) }
      + catalog.exclusions.flatMap { exclusion in
        exclusion.when.map { sites(in: $0, exclusion.service, usualRange: "5m") } ?? []
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
        case .query(let query, sustained: _): sites(in: query, indicator.service, usualRange: "5m")
        case .condition: []
        }
      }
    case .attested: []
    }
  }

  static func sites(in query: Query, _ service: ServiceID) -> [SelectorSite] {
    switch query {
    case .counter(let selector): [site(selector, .counter, service)].compactMap { $0 }
    case .template(let template): sites(in: template, service, usualRange: "$window")
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
      usualRange: "$window",
      lacksWindow: false,
      text: Array((query.text ?? "").utf8),
      locate: { query.span(of: $0) }
    )
  }

  private static func sites(
    in query: SourcedQuery<PromQLExpression>,
    _ service: ServiceID,
    usualRange: String
  ) -> [SelectorSite] {
    guard let written = query.text else { return [] }
    let text = Array(written.utf8)
    let lacksWindow = usualRange == "$window" && query.value.placeholders.isEmpty
    return query.value.selectorUses.map { use in
      SelectorSite(
        selector: use.selector,
        role: .expression(use.function, isRange: use.range != nil),
        service: service,
        span: query.span(of: use.selector.place),
        usualRange: usualRange,
        lacksWindow: lacksWindow,
        text: text,
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
