import Diagnostics
import Quantities
import SpecCatalog

struct AgreementWithoutRemedy: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO407",
    name: "agreement-without-remedy",
    severity: .warning,
    summary: "An agreement says what happens when it is broken.",
    rationale: """
      What sets an agreement apart from an objective is its consequence. Without one, each broken promise is \
      negotiated anew, by people who were not there when it was made.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      agreements:
        «api»:
          with: customers
          promises:
            uptime: requests >= 99.5% over calendar month
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      agreements:
        api:
          with: customers
          promises:
            uptime: requests >= 99.5% over calendar month
          remedies: [{ below: 99.5%, credit: 10% }]
      """,
    source: "Google, Site Reliability Engineering, chapter 4: an agreement has consequences for missing its objectives."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.agreements.filter(\.remedies.isEmpty).map { agreement in
      Finding("agreement '\(agreement.name.value)' has no remedies", at: agreement.name.span, whole: agreement.span)
    }
  }
}
