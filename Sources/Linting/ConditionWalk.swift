import SpecCatalog

extension AlertCondition {
  /// Every comparison in it, from left to right.
  var comparisons: [AlertComparison] {
    switch self {
    case .any(let parts), .all(let parts): parts.flatMap(\.comparisons)
    case .comparison(let comparison): [comparison]
    }
  }
}

extension AlertPolicy {
  var comparisons: [AlertComparison] { when.flatMap(\.comparisons) }
}
