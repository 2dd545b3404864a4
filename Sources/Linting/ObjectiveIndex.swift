import SpecCatalog

/// The objectives of a catalog by what they bound, looked up once for a whole rule.
struct ObjectiveIndex {
  private let byIndicator: [IndicatorID: [Objective]]

  init(_ catalog: Catalog) {
    byIndicator = Dictionary(grouping: catalog.objectives, by: \.indicator)
  }

  /// The objectives on an indicator, in the order of the specs.
  subscript(indicator: IndicatorID) -> [Objective] { byIndicator[indicator] ?? [] }

  /// The objectives that bound what a promise bounds.
  func guards(of promise: Promise) -> [Objective] {
    let promised = Strictness(promise)
    return self[promise.indicator].filter { Strictness($0).isComparable(with: promised) }
  }
}
