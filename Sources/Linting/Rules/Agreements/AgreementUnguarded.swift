import Diagnostics
import Quantities
import SpecCatalog

struct AgreementUnguarded: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO402",
    name: "agreement-unguarded",
    severity: .error,
    summary: "Every promise has an objective on what it promises.",
    rationale: """
      A promise without an objective has no alert and no budget: the first who measures it is the customer who claims \
      the credit.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
        latency:
          distribution: http_request_duration_seconds
      objectives:
        availability: requests >= 99.9% over 28d
      agreements:
        api:
          with: customers
          promises:
            speed: «latency p95 < 250ms over calendar month»
          remedies: [{ action: the account manager calls }]
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
        latency:
          distribution: http_request_duration_seconds
      objectives:
        availability: requests >= 99.9% over 28d
        speed: latency p95 < 200ms over 28d
      agreements:
        api:
          with: customers
          promises:
            speed: latency p95 < 250ms over calendar month
          remedies: [{ action: the account manager calls }]
      """,
    source: "Google, Site Reliability Engineering, chapter 4, on agreements and the objectives that they rest on."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let objectives = ObjectiveIndex(catalog)
    return catalog.agreements.flatMap(\.promises).filter { objectives.guards(of: $0).isEmpty }.map { promise in
      Finding(
        "promise '\(promise.name.value)' is guarded by no objective on \(promise.subject(in: catalog))",
        at: promise.expression.span,
        isDoubtful: catalog.doubtfulWords.contains(catalog[promise.indicator].name.value)
      )
    }
  }
}

extension Promise {
  /// `p95 of 'latency'`.
  fileprivate func subject(in catalog: Catalog) -> String {
    let name = "'\(catalog[indicator].name.value)'"
    switch measure {
    case .percentile(let percentile, _, _): return "\(percentile) of \(name)"
    case .share, .value, .attested: return name
    }
  }
}
