import Diagnostics
import Quantities
import SpecCatalog

struct NoOwner: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO701",
    name: "no-owner",
    severity: .error,
    summary: "Every service names the team that answers for it.",
    rationale: """
      An objective is a promise, and a promise needs somebody who keeps it. Without an owner alerts go to whoever is \
      nearest, and targets are changed by whoever needs them changed.
      """,
    flagged: """
      nines: v1
      service: «example»
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    accepted: """
      nines: v1
      service: example
      owner: payments
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    source: "Google, The Site Reliability Workbook, appendix A: an objective document names its authors and approvers."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.services.filter { $0.owner == nil }.map { service in
      Finding(
        "service '\(service.name.value)' has no owner",
        at: service.name.span,
        isDoubtful: catalog.doubtfulWords.contains("owner")
      )
    }
  }
}
