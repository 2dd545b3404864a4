import Diagnostics
import PromQL
import Quantities
import SpecCatalog

struct NameAgainstConvention: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO212",
    name: "name-against-convention",
    severity: .warning,
    summary: "Metrics are named as Prometheus names them, and buckets are not matched by hand.",
    rationale: """
      Dashboards, alerts and people tell a counter by its '_total' and a duration by its '_seconds'. A bucket matched \
      by its text stops matching when a client writes '1.0' for '1'.
      """,
    flagged: """
      metrics:
        «http_requests»:
          type: counter
      indicators:
        requests:
          good: http_requests{code!~"5.."}
          valid: http_requests
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    accepted: """
      metrics:
        http_requests_total:
          type: counter
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    source: "Prometheus documentation, Metric and label naming."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let names = catalog.metrics.flatMap { metric -> [Finding] in
      let name = MetricName(metric.name.value)
      var found: [Finding] = []
      if metric.kind.value == .counter, !name.isTotal {
        found.append(Finding("counter '\(metric.name.value)' does not end in '_total'", at: metric.name.span))
      }
      if let word = name.unitWord, let base = name.baseUnitWord {
        found.append(
          Finding("'\(metric.name.value)' is in '\(word)', not in the base unit '\(base)'", at: metric.name.span)
        )
      }
      return found
    }
    let buckets = SelectorSite.all(in: catalog).flatMap { site in
      site.selector.matchers.filter { $0.label == "le" }.map {
        Finding("a bucket is matched by hand; a 'distribution' finds it by its bound", at: site.span(of: $0))
      }
    }
    return names + buckets
  }
}
