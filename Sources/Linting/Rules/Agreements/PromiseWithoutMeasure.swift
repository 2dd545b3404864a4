import Diagnostics
import Quantities
import SpecCatalog

struct PromiseWithoutMeasure: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO409",
    name: "promise-without-measure",
    severity: .warning,
    summary: "A promise to react says where its time is measured.",
    rationale: """
      A response time that no tracker records is kept as long as nobody asks. When a customer does ask, the only \
      record is the customer's.
      """,
    flagged: """
      agreements:
        support:
          with: customers
          responses:
            «bug-report»: acknowledge within 48h
          remedies: [{ action: the account manager calls }]
      """,
    accepted: """
      agreements:
        support:
          with: customers
          responses:
            bug-report: { promise: acknowledge within 48h, measured-by: the incident tracker }
          remedies: [{ action: the account manager calls }]
      """,
    source: "Google, Site Reliability Engineering, chapter 4: what is promised has to be measured."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.agreements.flatMap(\.responses).filter { $0.measuredBy == nil }.map { response in
      Finding("response '\(response.name.value)' says nothing about what measures it", at: response.name.span)
    }
  }
}
