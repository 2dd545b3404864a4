/// What Prometheus 3 knows but keeps behind a feature flag: rules that use it fail to load on a server without the flag,
/// so it is refused by name rather than passed on.
///
/// Functions: `promql/parser/functions.go` of Prometheus 3, those marked experimental. Aggregations, modifiers and
/// durations: Prometheus documentation, *Feature flags*.
enum ExperimentalSyntax {
  private static let functionFlag = "promql-experimental-functions"
  private static let modifierFlag = "promql-extended-range-selectors"
  private static let durationFlag = "promql-duration-expr"

  private static let functions: Set<String> = [
    "double_exponential_smoothing", "first_over_time", "histogram_quantiles", "info", "integral", "mad_over_time",
    "range", "sort_by_label", "sort_by_label_desc", "step", "ts_of_first_over_time", "ts_of_last_over_time",
    "ts_of_max_over_time", "ts_of_min_over_time",
  ]
  private static let aggregations: Set<String> = ["limitk", "limit_ratio"]
  private static let modifiers: Set<String> = ["anchored", "smoothed"]

  /// Why a function or aggregation that is in no table is refused; nil for one that nobody has.
  static func refusal(ofCall name: String, in dialect: PromQLDialect) -> String? {
    if functions.contains(name) { return refusal(of: "function '\(name)'", flag: functionFlag, in: dialect) }
    if aggregations.contains(name) { return refusal(of: "aggregation '\(name)'", flag: functionFlag, in: dialect) }
    return nil
  }

  /// Why a word behind a range selector is refused; nil for one that is no modifier anywhere.
  static func refusal(ofModifier name: String, in dialect: PromQLDialect) -> String? {
    modifiers.contains(name) ? refusal(of: "the modifier '\(name)'", flag: modifierFlag, in: dialect) : nil
  }

  static func refusalOfArithmetic(in dialect: PromQLDialect) -> String {
    refusal(of: "arithmetic with durations", flag: durationFlag, in: dialect)
  }

  private static func refusal(of what: String, flag: String, in dialect: PromQLDialect) -> String {
    switch dialect {
    case .prometheus2: "\(what) is not part of \(dialect.rawValue)"
    case .prometheus3: "\(what) is experimental in Prometheus 3, and off without the feature flag '\(flag)'"
    }
  }
}
