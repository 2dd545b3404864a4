import Diagnostics
import PromQL
import Quantities
import SpecCatalog

struct UnknownMetric: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO205",
    name: "unknown-metric",
    severity: .warning,
    fix: .unsafe,
    summary: "Where a service declares its metrics, indicators read declared ones.",
    rationale: """
      Prometheus answers a misspelt name with nothing at all. The objective then has no failures and no events, and \
      looks like a quiet service.
      """,
    flagged: """
      metrics:
        http_requests_total:
          type: counter
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: «http_request_total»
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
    source: "Prometheus documentation, Querying basics: a selector that matches nothing yields an empty result."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let contract = ContractIndex(catalog)
    let declaring = Set(catalog.metrics.map(\.service))
    let names = Dictionary(grouping: catalog.metrics, by: \.service).mapValues { $0.map(\.name.value) }
    return SelectorSite.all(in: catalog).compactMap { site in
      // Prometheus itself writes 'up' and the series of its scrapes.
      guard declaring.contains(site.service), let name = site.selector.metricName, name != "up",
        !name.hasPrefix("scrape_"), contract.metric(of: site) == nil
      else { return nil }
      let nearest = nearestSpelling(to: name, among: names[site.service] ?? [])
      return Finding(
        "'\(name)' is none of the metrics that '\(catalog[site.service].name.value)' declares",
        at: site.span,
        fix: nearest.map { nearest in
          DiagnosticFix(
            "'\(nearest)' is declared, or declare '\(name)' under 'metrics'",
            edits: site.nameSpan.map { [TextEdit(replacing: $0, with: nearest)] } ?? [],
            safety: .unsafe
          )
        },
        isDoubtful: catalog.doubtfulWords.contains(name)
      )
    }
  }
}
