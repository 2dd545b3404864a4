import Diagnostics
import Quantities
import SpecCatalog

struct SustainShorterThanEvaluation: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO607",
    name: "sustain-shorter-than-evaluation",
    severity: .warning,
    summary: "'for' spans at least two evaluations, and a range at least four scrapes.",
    rationale: """
      A 'for' shorter than the time between two evaluations fires on the first of them, as if it were not there. A \
      range that holds fewer than four scrapes has gaps as soon as one scrape is late.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      severities:
        P2: { title: High, respond: 1h }
      alerts:
        ManyFailures:
          when: «failure_ratio(requests) > 5% for 10s»
          severity: P2
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      severities:
        P2: { title: High, respond: 1h }
      alerts:
        ManyFailures:
          when: failure_ratio(requests) > 5% for 5m
          severity: P2
      """,
    source: "Prometheus documentation, Alerting rules, on 'for'; rate(), on ranges of four scrape intervals."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let shortestSustain = catalog.settings.interval * 2
    let shortestRange = catalog.settings.scrapeInterval * 4
    return catalog.alerts.flatMap(\.comparisons).compactMap { comparison in
      if comparison.sustained > .zero, comparison.sustained < shortestSustain {
        return Finding(
          "'for \(comparison.sustained)' is shorter than two evaluations, \(shortestSustain)",
          at: comparison.text.span
        )
      }
      guard comparison.range < shortestRange else { return nil }
      return Finding(
        "a range of \(comparison.range) is shorter than four scrapes, \(shortestRange)",
        at: comparison.text.span
      )
    }
  }
}
