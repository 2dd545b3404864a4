import Diagnostics
import Quantities
import SpecCatalog

struct StricterThanObjective: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO606",
    name: "stricter-than-objective",
    severity: .warning,
    summary: "An alert fires on a loss that the objective cannot bear.",
    rationale: """
      A loss as high as the budget lasts for exactly the window. An alert on it pages while the objective is met, and \
      five minutes of it spend a hundredth of a percent of the budget.
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
        SomeFailures:
          when: failure_ratio(requests) > «0.1%» for 5m
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
        SomeFailures:
          when: failure_ratio(requests) > 2% for 5m
          severity: P2
      """,
    source: "Google, The Site Reliability Workbook, chapter 5: the first of its alerts, and why it has low precision."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let index = ObjectiveIndex(catalog)
    return catalog.alerts.filter { $0.origin == .alerts }.flatMap { alert in
      alert.comparisons.compactMap { comparison in
        slowBurn(comparison, alert, catalog, index) ?? tightBound(comparison, alert, catalog, index)
      }
    }
  }

  /// A burn rate that every objective in question can bear.
  private func slowBurn(
    _ comparison: AlertComparison,
    _ alert: AlertPolicy,
    _ catalog: Catalog,
    _ index: ObjectiveIndex
  ) -> Finding? {
    let burns = BurnComparison.all(in: comparison, catalog, index)
    guard let fastest = burns.max(by: { $0.rate < $1.rate }), fastest.rate <= .planned else { return nil }
    return Finding(
      """
      '\(alert.name.value)' fires at a burn rate of \(fastest.rate.multiple.figureText), at which \
      '\(fastest.objective.spokenName(in: catalog))' is met
      """,
      at: comparison.bound.span
    )
  }

  /// A percentile that is compared with no more than its objective's bound.
  private func tightBound(
    _ comparison: AlertComparison,
    _ alert: AlertPolicy,
    _ catalog: Catalog,
    _ index: ObjectiveIndex
  ) -> Finding? {
    guard case .percentile(let indicator, let percentile) = comparison.measure else { return nil }
    let isUpper = comparison.comparison.mirrored.isUpperBound
    let bounds = index[indicator].compactMap { objective -> (Objective, Rational)? in
      guard case .percentile(let mine, let side, let bound) = objective.measure, mine == percentile,
        side.isUpperBound == isUpper
      else { return nil }
      return (objective, bound.value.value)
    }
    guard let (objective, bound) = isUpper ? bounds.min(by: { $0.1 < $1.1 }) : bounds.max(by: { $0.1 < $1.1 }),
      let asked = value(of: comparison.bound.value, catalog), isUpper ? asked <= bound : asked >= bound
    else { return nil }
    return Finding(
      """
      '\(alert.name.value)' fires on '\(comparison.text.value)', at which '\(objective.spokenName(in: catalog))' may \
      be met over \(objective.window.value)
      """,
      at: comparison.bound.span
    )
  }

  private func value(of bound: AlertBound, _ catalog: Catalog) -> Rational? {
    switch bound {
    case .value(let bound): bound.value
    case .multiple(let factor, let objective): catalog[objective].bound.map { $0.value.value * factor }
    case .ratio, .number: nil
    }
  }
}
