import PromQL
import SpecCatalog

/// Queries over what an indicator counts, for where no objective's ledger has it.
struct EventQueries {
  let range: PromQLDuration

  /// Events per second; nil for what counts no events.
  func total(of indicator: Indicator, by labels: [String] = []) -> PromQLExpression? {
    switch indicator.kind {
    case .ratio(let source): sum(source.valid, by: labels)
    case .distribution(let source): count(of: source, by: labels)
    case .time, .gauge, .attested: nil
    }
  }

  /// Bad events per second of a ratio; nil for all else, where it takes a bound to say what is bad.
  func bad(of indicator: Indicator, by labels: [String] = []) -> PromQLExpression? {
    guard case .ratio(let source) = indicator.kind else { return nil }
    guard let total = sum(source.valid, by: labels), let part = sum(source.numerator, by: labels) else { return nil }
    // A numerator without series is a numerator of nothing.
    let counted = part.or(0 * total)
    switch source.side {
    case .bad: return counted
    case .good: return .clampMin(total - counted, 0)
    }
  }

  private func count(of source: DistributionSource, by labels: [String]) -> PromQLExpression {
    let selector = source.selector.value
    switch source.histogram {
    case .classic: return .total(of: .rate(BucketSelectors(histogram: selector).count, over: range), by: labels)
    case .native: return .histogramCount(.total(of: .rate(selector, over: range), by: labels))
    }
  }

  /// nil where a label is asked of a query that an author wrote as a whole, which may not keep it.
  private func sum(_ queries: [Query], by labels: [String]) -> PromQLExpression? {
    var counters: [PromQLExpression] = []
    var templates: [PromQLExpression] = []
    for query in queries {
      switch query {
      case .counter(let source): counters.append(.rate(source.value, over: range))
      case .template(let source): templates.append(source.value.substituting(range))
      }
    }
    if !labels.isEmpty && !templates.isEmpty { return nil }
    var parts = templates.map { PromQLExpression.sum($0) }
    if let union = Self.union(counters) { parts.append(.total(of: union, by: labels)) }
    return PromQLExpression.joined(parts, +)
  }

  /// Series of several counters side by side: a label tells those apart that have all others in common.
  private static func union(_ rates: [PromQLExpression]) -> PromQLExpression? {
    if rates.count == 1 { return rates.first }
    let told = rates.enumerated().map { PromQLExpression.labelled($1, "nines_part", "\($0)") }
    return PromQLExpression.joined(told) { $0.or($1) }
  }

}
