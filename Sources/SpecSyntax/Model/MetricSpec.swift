import Diagnostics
import Quantities

/// One metric of the instrumentation contract.
package struct MetricSpec: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case counter
    case gauge
    case histogram
    case nativeHistogram = "native-histogram"
  }

  package enum Place: String, Sendable, CaseIterable {
    case server
    case browser
    case client
  }

  package enum LabelValues: Sendable {
    case any
    case only([Located<String>])
  }

  package var kind: Located<Kind>
  /// A base unit, or a noun for what is counted.
  package var unit: Located<String>?
  package var labels: [Named<LabelValues>]?
  /// Upper bounds of a histogram's buckets.
  package var buckets: [Located<Quantity>]?
  package var measured: Located<Place>?
  package var meaning: Located<String>?
}
