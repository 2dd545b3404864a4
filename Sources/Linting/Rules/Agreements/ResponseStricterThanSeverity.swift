import Diagnostics
import Quantities
import SpecCatalog

struct ResponseStricterThanSeverity: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO406",
    name: "response-stricter-than-severity",
    severity: .error,
    summary: "Customers are promised no faster reaction than the incident process has.",
    rationale: """
      People on call work by the severities. A promise that is faster than the severity it belongs to is broken by a \
      team that does everything right.
      """,
    flagged: """
      severities:
        P1: { title: Critical, respond: 1h, resolve: 8h }
      agreements:
        support:
          with: customers
          responses:
            defect: { promise: fix within «4h», severity: P1, measured-by: the incident tracker }
          remedies: [{ action: the account manager calls }]
      """,
    accepted: """
      severities:
        P1: { title: Critical, respond: 1h, resolve: 8h }
      agreements:
        support:
          with: customers
          responses:
            defect: { promise: fix within 2d, severity: P1, measured-by: the incident tracker }
          remedies: [{ action: the account manager calls }]
      """,
    source: "Google, Site Reliability Engineering, chapter 4, on agreements and the objectives that they rest on."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.agreements.flatMap(\.responses).compactMap { response in
      guard let severity = response.severity.map({ catalog[$0] }), let limit = severity.limit(for: response.action),
        response.within.value < limit.value
      else { return nil }
      return Finding(
        """
        response '\(response.name.value)' promises within \(response.within.value) what '\(severity.name.value)' gives \
        \(limit.value)
        """,
        at: response.within.span,
        notes: [DiagnosticNote("the severity's time", at: limit.span)]
      )
    }
  }
}

extension IncidentSeverity {
  fileprivate func limit(for action: ResponsePromise.Action) -> Located<TimeSpan>? {
    switch action {
    case .acknowledge, .answer: respond
    case .fix: resolve
    }
  }
}
