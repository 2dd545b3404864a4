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

extension AlertCondition {
  /// The comparisons each of which suffices.
  var alternatives: [AlertComparison] {
    switch self {
    case .any(let parts): parts.flatMap(\.alternatives)
    case .all(let parts): parts.count == 1 ? parts[0].alternatives : []
    case .comparison(let comparison): [comparison]
    }
  }
}

extension AlertPolicy {
  var comparisons: [AlertComparison] { when.flatMap(\.comparisons) }
}
