import Diagnostics
import Quantities
import SpecCatalog

struct DashboardWithoutPath: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO706",
    name: "dashboard-without-path",
    severity: .info,
    summary: "A dashboard says where it will be found.",
    rationale: "Alerts link to dashboards by their paths. Without one whoever is paged searches for it first.",
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      dashboards:
        «health»:
          title: Health
          panels: [compliance]
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      dashboards:
        health:
          title: Health
          path: /dashboards/health
          panels: [compliance]
      """,
    source: "Google, The Site Reliability Workbook, chapter 4, on dashboards that alerts lead to."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.dashboards.filter { $0.path == nil }.map { dashboard in
      Finding("dashboard '\(dashboard.name.value)' has no path", at: dashboard.name.span, whole: dashboard.span)
    }
  }
}
