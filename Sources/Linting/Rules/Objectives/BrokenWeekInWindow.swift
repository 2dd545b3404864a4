import Diagnostics
import Quantities
import SpecCatalog

struct BrokenWeekInWindow: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO306",
    name: "broken-week-in-window",
    severity: .info,
    fix: .unsafe,
    summary: "A rolling window is made of whole weeks.",
    rationale: """
      Thirty days hold four weekends on one day and five on the next. Where weekends are quieter, or deploys stop, the \
      number moves with the calendar and not with the service; 28 days always hold four.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over «30d»
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    source: "Google, The Site Reliability Workbook, chapter 2: a rolling window of whole weeks."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.objectives.compactMap { objective in
      guard objective.isMeasured, objective.windowReason == nil, case .rolling(let span) = objective.window.value,
        span > .days(7), !(span / .days(7)).isWhole
      else { return nil }
      let weeks = (span / .days(7)).roundedHalfEven
      let whole = TimeSpan.days(7 * weeks)
      return Finding(
        "\(span) is no whole number of weeks, so its share of weekends changes from day to day",
        at: objective.window.span,
        fix: DiagnosticFix(
          "use \(weeks) weeks, '\(whole)'",
          edits: [TextEdit(replacing: objective.window.span, with: whole.description)],
          safety: .unsafe
        )
      )
    }
  }
}
