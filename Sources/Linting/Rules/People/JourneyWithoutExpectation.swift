import Diagnostics
import Quantities
import SpecCatalog

struct JourneyWithoutExpectation: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO703",
    name: "journey-without-expectation",
    severity: .info,
    summary: "A journey says what its users expect.",
    rationale: """
      Targets are argued about as long as nobody has written down what they are for. The expectation is the sentence \
      that a target can be measured against.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      journeys:
        «checkout»:
          objectives:
            success-rate: requests >= 99.9% over 28d
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      journeys:
        checkout:
          expectation: users can pay at the first attempt
          objectives:
            success-rate: requests >= 99.9% over 28d
      """,
    source: "Google, Site Reliability Engineering, chapter 4: start from what users care about."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.journeys.filter { $0.expectation == nil }.map { journey in
      Finding(
        "journey '\(journey.name.value)' does not say what its users expect",
        at: journey.name.span,
        whole: journey.span
      )
    }
  }
}
