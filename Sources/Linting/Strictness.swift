import Quantities
import SpecCatalog

/// How much a measure asks for, as far as two of them can be compared.
struct Strictness {
  let indicator: IndicatorID
  let measure: Objective.Measure
  let target: Target

  init(_ objective: Objective) {
    indicator = objective.indicator
    measure = objective.measure
    target = objective.target.value
  }

  init(_ promise: Promise) {
    indicator = promise.indicator
    measure = promise.measure
    target = promise.target.value
  }

  /// Whether both bound the same thing from the same side: one indicator, and one percentile of it.
  func isComparable(with other: Strictness) -> Bool {
    guard indicator == other.indicator else { return false }
    switch (measure, other.measure) {
    case (.share, .share), (.attested, .attested): return true
    case (.percentile(let mine, let comparison, _), .percentile(let theirs, let otherComparison, _)):
      return mine == theirs && comparison.isUpperBound == otherComparison.isUpperBound
    case (.value(let comparison, _), .value(let otherComparison, _)):
      return comparison.isUpperBound == otherComparison.isUpperBound
    case (.share, _), (.percentile, _), (.value, _), (.attested, _): return false
    }
  }

  /// Whether this asks for more than a comparable other in one respect and for no less in any.
  func isStricter(than other: Strictness) -> Bool {
    guard isAtLeastAsStrict(as: other) else { return false }
    return target > other.target || boundsMoreTightly(than: other)
  }

  /// Whether whatever meets this meets a comparable other too.
  func isAtLeastAsStrict(as other: Strictness) -> Bool {
    target >= other.target && !other.boundsMoreTightly(than: self)
  }

  private func boundsMoreTightly(than other: Strictness) -> Bool {
    switch (measure, other.measure) {
    case (.percentile(_, let comparison, let mine), .percentile(_, _, let theirs)),
      (.value(let comparison, let mine), .value(_, let theirs)):
      comparison.isUpperBound ? mine.value.value < theirs.value.value : mine.value.value > theirs.value.value
    case (.share, _), (.percentile, _), (.value, _), (.attested, _): false
    }
  }
}

extension Objective.Measure {
  /// `p95 < 200ms of requests at 95%` as a message says it: the bound that differs between two of a kind.
  func text(target: Target) -> String {
    switch self {
    case .share, .attested: target.description
    case .percentile(let percentile, let comparison, let bound):
      "\(percentile) \(comparison) \(bound.value.text)"
    case .value(let comparison, let bound): "\(comparison) \(bound.value.text) at least \(target)"
    }
  }
}
