import Diagnostics
import Quantities
import SpecCatalog

struct SustainShorterThanEvaluation: LintRule {
  private static let evaluations = RuleFigure.factor(
    "evaluations",
    standard: 2,
    unit: "evaluations",
    "how long a 'for' is at least, in intervals of evaluation"
  )
  private static let scrapes = RuleFigure.factor(
    "scrapes",
    standard: 4,
    unit: "scrapes",
    "how long a range is at least, in intervals between scrapes"
  )

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
    source: "Prometheus documentation, Alerting rules, on 'for'; rate(), on ranges of four scrape intervals.",
    options: [evaluations.option, scrapes.option]
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let evaluations = Self.evaluations.value(of: descriptor, in: catalog)
    let scrapes = Self.scrapes.value(of: descriptor, in: catalog)
    let shortestSustain = TimeSpan(roundingSeconds: catalog.settings.interval.seconds * evaluations)
    let shortestRange = TimeSpan(roundingSeconds: catalog.settings.scrapeInterval.seconds * scrapes)
    return catalog.alerts.flatMap(\.comparisons).compactMap { comparison in
      if comparison.sustained > .zero, comparison.sustained < shortestSustain {
        return Finding(
          "'for \(comparison.sustained)' is shorter than \(evaluations.figureText) evaluations, \(shortestSustain)",
          at: comparison.text.span,
          fix: DiagnosticFix("write 'for \(shortestSustain)', or leave it out", safety: .unsafe)
        )
      }
      guard comparison.range < shortestRange else { return nil }
      return Finding(
        "a range of \(comparison.range) is shorter than \(scrapes.figureText) scrapes, \(shortestRange)",
        at: comparison.text.span,
        fix: DiagnosticFix("look at \(shortestRange) or more", safety: .unsafe)
      )
    }
  }
}
