import Diagnostics
import Quantities
import SpecCatalog

struct OutagePagesNobody: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO613",
    name: "outage-pages-nobody",
    severity: .warning,
    summary: "A total outage reaches the threshold of a page.",
    rationale: """
      With a low target or a long window so much may fail that not even a total outage spends the page's share of the budget in \
      its time. The rule is left out then, and the outage becomes a ticket, or nothing.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= «80%» over 28d
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99% over 28d
      """,
    source: "Google, The Site Reliability Workbook, chapter 5: low targets cannot burn fast enough to alert on."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.objectives.compactMap { objective in
      let share = objective.target.value.errorBudget.share.fraction
      // Who judges a low percentile by a bound asks how most people fare, not whether the service is there.
      guard objective.alerting.scheme != .none, !objective.isReversed, case .share = objective.measure else {
        return nil
      }
      let pace = SlowestPage(of: objective.window.value.nominalLength).pace
      guard let outage = Rational.one.divided(by: share), pace > outage else { return nil }
      return Finding(
        """
        a total outage burns the budget of '\(objective.name.value)' \(outage.figureText) times as fast as it may, and \
        only \(pace.figureText) times pages
        """,
        at: objective.target.span
      )
    }
  }
}
