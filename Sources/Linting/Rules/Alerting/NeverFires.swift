import Diagnostics
import Quantities
import SpecCatalog

struct NeverFires: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO601",
    name: "never-fires",
    severity: .error,
    summary: "An alert asks for something that can happen.",
    rationale: """
      A total outage burns a budget of 10% ten times too fast and no faster. An alert on a burn rate of 14.4 stays \
      silent through all of it, and looks like coverage until then.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 90% over 28d
      severities:
        P2: { title: High, respond: 1h }
      alerts:
        BurningFast:
          when: burn_rate(availability) > «14.4» over 1h
          severity: P2
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 90% over 28d
      severities:
        P2: { title: High, respond: 1h }
      alerts:
        BurningFast:
          when: burn_rate(availability) > 5 over 1h
          severity: P2
      """,
    source: "Google, The Site Reliability Workbook, chapter 5: the greatest burn rate is one divided by the budget."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.alerts.flatMap { alert in
      alert.comparisons.compactMap { comparison in
        guard let range = MeasureRange(of: comparison.measure, in: catalog), let bound = comparison.bound.value.figure,
          range.never(comparison.comparison, bound)
        else { return nil }
        return Finding(
          "'\(alert.name.value)' never fires on '\(comparison.text.value)': \(range.text)",
          at: comparison.bound.span
        )
      }
    }
  }
}
