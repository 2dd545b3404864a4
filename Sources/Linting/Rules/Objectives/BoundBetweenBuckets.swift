import Diagnostics
import Quantities
import SpecCatalog

struct BoundBetweenBuckets: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO310",
    name: "bound-between-buckets",
    severity: .error,
    fix: .unsafe,
    summary: "A bound on a histogram is the bound of one of its buckets.",
    rationale: """
      A histogram knows how many events lie below each of its bounds and nothing about what lies between them. \
      Between two buckets the share is guessed along a straight line, and the guess is off by up to all that the \
      bucket holds.
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
        p95: pages p95 < «250ms» over 28d
      """,
    accepted: """
      metrics:
        page_duration_seconds:
          type: histogram
          unit: seconds
          buckets: [100ms, 300ms, 1s]
      indicators:
        pages:
          distribution: page_duration_seconds
      objectives:
        p95: pages p95 < 300ms over 28d
      """,
    source: "Prometheus documentation, Histograms and summaries, on errors of quantile estimation."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    BucketBound.all(in: catalog).compactMap { bound in
      guard let last = bound.buckets.last, bound.value < last, !bound.buckets.contains(bound.value) else { return nil }
      return Finding.betweenBuckets(bound)
    }
  }
}

extension Finding {
  fileprivate static func betweenBuckets(_ bound: BucketBound) -> Finding {
    let below = bound.buckets.last { $0 < bound.value }
    let above = bound.buckets.first { $0 > bound.value }
    let neighbours = [below, above].compactMap { $0 }
    let nearest = neighbours.min { ($0 - bound.value).magnitude < ($1 - bound.value).magnitude }
    let place = neighbours.map { "'\(bound.bucketText($0))'" }.joined(separator: " and ")
    return Finding(
      """
      bound '\(bound.text)' is \(below == nil ? "below the first bucket" : "between the buckets") \(place) of \
      '\(bound.metric.name.value)'
      """,
      at: bound.span,
      notes: [DiagnosticNote("the buckets are declared here", at: bound.metric.name.span)],
      fix: nearest.map {
        let text = bound.bucketText($0)
        return DiagnosticFix(
          "use the nearest bucket, '\(text)'",
          edits: bound.isReplaceable ? [TextEdit(replacing: bound.span, with: text)] : [],
          safety: .unsafe
        )
      }
    )
  }
}
