import SpecCatalog

/// The metrics that the workspace declares, by name.
struct ContractIndex {
  private let byName: [String: [Metric]]

  init(_ catalog: Catalog) {
    byName = Dictionary(grouping: catalog.metrics, by: \.name.value)
  }

  /// The metric of a name that a service sees: its own, else one that another service declares.
  func metric(_ name: String, for service: ServiceID) -> Metric? {
    guard let candidates = byName[name] else { return nil }
    return candidates.first { $0.service == service } ?? candidates.first
  }

  /// The classic histogram behind an indicator, where the contract declares its buckets.
  func histogram(of indicator: Indicator) -> (source: DistributionSource, metric: Metric)? {
    switch indicator.kind {
    case .distribution(let source):
      guard let name = source.selector.value.metricName, let metric = metric(name, for: indicator.service) else {
        return nil
      }
      return (source, metric)
    case .ratio, .time, .gauge, .attested: return nil
    }
  }
}
