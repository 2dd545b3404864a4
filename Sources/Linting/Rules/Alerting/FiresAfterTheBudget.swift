import Diagnostics
import Quantities
import SpecCatalog

struct FiresAfterTheBudget: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO603",
    name: "fires-after-the-budget",
    severity: .error,
    summary: "An alert fires while some of the budget is left.",
    rationale: """
      At 50% of failures a budget of 0.1% over 30 days lasts for under two hours. An alert that waits for six reports a \
      loss that nobody can prevent any more.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      severities:
        P2: { title: High, respond: 1h }
      alerts:
        HalfFails:
          when: «failure_ratio(requests) > 50% for 6h»
          severity: P2
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      severities:
        P2: { title: High, respond: 1h }
      alerts:
        HalfFails:
          when: failure_ratio(requests) > 50% for 5m
          severity: P2
      """,
    source: "Google, The Site Reliability Workbook, chapter 5: the budget that is gone by the time an alert fires."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let index = ObjectiveIndex(catalog)
    return catalog.alerts.filter { $0.origin == .alerts }.flatMap { alert in
      alert.comparisons.compactMap { finding(for: $0, of: alert, catalog, index) }
    }
  }

  private func finding(
    for comparison: AlertComparison,
    of alert: AlertPolicy,
    _ catalog: Catalog,
    _ index: ObjectiveIndex
  ) -> Finding? {
    // What never fires is no late alert.
    if let range = MeasureRange(of: comparison.measure, in: catalog), let bound = comparison.bound.value.figure,
      range.never(comparison.comparison, bound)
    {
      return nil
    }
    let burns = BurnComparison.all(in: comparison, catalog, index)
    // At its threshold the alert needs its range to fill up to it, and then has to hold.
    let wait = comparison.range + comparison.sustained
    let spent = burns.map { ($0.objective, $0.rate.budgetSpent(in: wait, of: $0.objective.window.value.nominalLength)) }
    guard let least = spent.min(by: { $0.1 < $1.1 }), least.1 >= .one else { return nil }
    return Finding(
      """
      '\(alert.name.value)' fires after \(wait), in which its threshold spends \(least.1.figureText) times the budget \
      of '\(least.0.spokenName(in: catalog))'
      """,
      at: comparison.text.span
    )
  }
}
