import Diagnostics
import Quantities
import SpecCatalog

struct AgreementWindowMismatch: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO403",
    name: "agreement-window-mismatch",
    severity: .error,
    summary: "The objective that guards a promise is judged over a window no longer than the promise's.",
    rationale: """
      A bad day weighs less in a longer window. An objective over a quarter is still met when the month that was \
      promised to a customer is long lost.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over calendar quarter
      agreements:
        api:
          with: customers
          promises:
            uptime: requests >= 99.5% over «calendar month»
          remedies: [{ below: 99.5%, credit: 10% }]
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
    source: "Google, The Site Reliability Workbook, chapter 2, on choosing an appropriate time window."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let objectives = ObjectiveIndex(catalog)
    return catalog.agreements.flatMap(\.promises).compactMap { promise in
      let guards = objectives.guards(of: promise).filter(\.isMeasured)
      let window = promise.window.value
      guard let first = guards.first, !guards.contains(where: { $0.window.value.guards(window) }) else { return nil }
      let isLonger = first.window.value.isComparable(with: window)
      return Finding(
        """
        promise '\(promise.name.value)' over \(window) is guarded by '\(first.name.value)' over \
        \(first.window.value), which \(isLonger ? "is longer" : "does not compare with it")
        """,
        at: promise.window.span,
        notes: [DiagnosticNote("the objective's window", at: first.window.span)]
      )
    }
  }
}

extension TimeWindow {
  /// Whether an objective over this window fails in time for a promise over another.
  fileprivate func guards(_ promised: TimeWindow) -> Bool {
    isComparable(with: promised) && shortestLength <= promised.longestLength
  }
}
