/// Whose PromQL is read. Everything that Prometheus keeps behind a feature flag is refused in both.
package enum PromQLDialect: String, Hashable, Sendable, CaseIterable {
  case prometheus2 = "prometheus-2.42"
  /// Adds quoted metric and label names, numbers where a duration goes, and a few functions.
  case prometheus3 = "prometheus-3"
}
