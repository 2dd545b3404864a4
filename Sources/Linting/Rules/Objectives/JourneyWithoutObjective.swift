import Diagnostics
import Quantities
import SpecCatalog

struct JourneyWithoutObjective: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO313",
    name: "journey-without-objective",
    severity: .warning,
    summary: "Every journey has an objective that measures it.",
    rationale: "A journey that nothing measures is always green on the dashboard, also on the day it is down.",
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      journeys:
        «checkout»:
          expectation: users can pay
          objectives: {}
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      journeys:
        checkout:
          expectation: users can pay
          objectives:
            success-rate: requests >= 99.9% over 28d
      """,
    source: "Google, The Site Reliability Workbook, chapter 2, on modelling user journeys."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.journeys.filter { $0.objectives.isEmpty && $0.requires.isEmpty }.map { journey in
      Finding("journey '\(journey.name.value)' has no objective", at: journey.name.span, whole: journey.span)
    }
  }
}
