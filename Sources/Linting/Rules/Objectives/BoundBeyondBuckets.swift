import Diagnostics
import Quantities
import SpecCatalog

struct BoundBeyondBuckets: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO311",
    name: "bound-beyond-buckets",
    severity: .error,
    isConfigurable: false,
    summary: "A bound on a histogram is not above its last bucket.",
    rationale: """
      Above the last finite bucket a histogram cannot tell a slow event from one that took a day. A share below such a \
      bound cannot be computed at all.
      """,
    flagged: """
      metrics:
        page_duration_seconds:
          type: histogram
          unit: seconds
          buckets: [100ms, 300ms, 1s]
      indicators:
        pages:
          distribution: page_duration_seconds
      objectives:
        p99: pages p99 < «5s» over 28d
      """,
    accepted: """
      metrics:
        page_duration_seconds:
          type: histogram
          unit: seconds
          buckets: [100ms, 300ms, 1s, 5s]
      indicators:
        pages:
          distribution: page_duration_seconds
      objectives:
        p99: pages p99 < 5s over 28d
      """,
    source: "Prometheus documentation, histogram_quantile(), on the highest bucket."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    BucketBound.all(in: catalog).compactMap { bound in
      guard let last = bound.buckets.last, bound.value > last else { return nil }
      return Finding(
        "bound '\(bound.text)' is above '\(bound.bucketText(last))', the last bucket of '\(bound.metric.name.value)'",
        at: bound.span,
        notes: [DiagnosticNote("the buckets are declared here", at: bound.metric.name.span)]
      )
    }
  }
}
