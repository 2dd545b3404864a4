import Diagnostics
import Quantities
import SpecCatalog

struct WindowBeyondRetention: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO314",
    name: "window-beyond-retention",
    severity: .error,
    summary: "A window is no longer than the monitoring system remembers.",
    rationale: """
      Prometheus answers a query beyond its retention with what it still has, without a word. The budget of such a \
      window comes back too early, and nobody sees why.
      """,
    flagged: """
      # nines.yaml says: retention 100d
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over «calendar year»
      """,
    accepted: """
      # nines.yaml says: retention 100d
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    source: "Prometheus documentation, Storage, on retention."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    guard let retention = catalog.settings.retention else { return [] }
    return catalog.objectives.compactMap { objective in
      let window = objective.window.value
      guard objective.isMeasured, window.longestLength > retention.value else { return nil }
      let length = window.longestLength
      let isLonger =
        switch window {
        case .rolling: "is longer than what the monitoring system remembers, \(retention.value)"
        case .calendar: "is up to \(length) long, and the monitoring system remembers \(retention.value)"
        }
      return Finding(
        "'\(window)' \(isLonger)",
        at: objective.window.span,
        notes: [DiagnosticNote("the retention", at: retention.span)]
      )
    }
  }
}
