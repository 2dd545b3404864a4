import Diagnostics
import Quantities
import SpecCatalog

struct WindowBelowADay: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO317",
    name: "window-below-a-day",
    severity: .error,
    summary: "A window is at least a day long.",
    rationale: """
      A window of hours forgets the night by noon. It holds too few events for a percentage to mean anything, its whole \
      budget is gone before anybody can answer, and there is nothing left of it to decide by the next morning. What has to \
      be seen within the hour is an alert's business.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over «6h»
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 7d
      """,
    source: "Google, The Site Reliability Workbook, chapter 2, on choosing a time window."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.objectives.compactMap { objective in
      guard objective.isMeasured, case .rolling(let span) = objective.window.value, span < .days(1) else { return nil }
      return Finding(
        "a window of \(span) is shorter than a day: too few events and minutes for anyone to answer",
        at: objective.window.span
      )
    }
  }
}
