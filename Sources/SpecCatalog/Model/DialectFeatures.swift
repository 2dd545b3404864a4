import PromQL

/// What the system that evaluates rules has, as far as rules depend on it: all that the compiler knows of a dialect.
///
/// What a dialect lacks is lowered to what it has, or refused where the specs ask for it; `docs/dialects.md` names the
/// source of every answer.
package struct DialectFeatures: Sendable, Hashable {
  /// Whether a range of `5m` holds the sample that is exactly five minutes old.
  package enum RangeStart: Sendable, Hashable {
    case included
    case excluded
    /// Included in some releases and excluded in others.
    case either
  }

  /// Whose grammar queries are read in.
  package var promQL = PromQLDialect.prometheus2
  /// Functions of that grammar that the system does not know.
  package var missingFunctions: Set<PromQLFunction> = []
  package var hasNativeHistograms = true
  /// Whether alerts may have `keep_firing_for`.
  package var keepsAlertsFiring = true
  package var rangeStart = RangeStart.included
  /// Whether a rule sees what the rules before it in its group have just recorded.
  package var readsItsOwnWrites = true
  /// Whether groups say what becomes of an answer in which some of the stores are missing.
  package var hasPartialResponses = false

  /// What Prometheus 2.42 has.
  fileprivate init() {}
}

extension Dialect {
  package var features: DialectFeatures {
    var features = DialectFeatures()
    switch self {
    case .prometheus2: break
    case .prometheus3:
      features.promQL = .prometheus3
      features.rangeStart = .excluded
    case .mimir:
      features.rangeStart = .either
    case .thanos:
      features.rangeStart = .either
      features.hasPartialResponses = true
    case .victoriaMetrics:
      features.missingFunctions = [.dayOfYear, .histogramCount, .histogramFraction, .histogramSum]
      features.hasNativeHistograms = false
      features.keepsAlertsFiring = false
      features.readsItsOwnWrites = false
    }
    return features
  }
}
