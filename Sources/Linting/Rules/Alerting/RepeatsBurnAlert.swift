import Diagnostics
import Quantities
import SpecCatalog

struct RepeatsBurnAlert: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO608",
    name: "repeats-burn-alert",
    severity: .warning,
    summary: "A hand-written alert says something that the generated burn-rate alerts do not.",
    rationale: """
      Every objective gets alerts on the rate at which its budget is spent. One more on the same rate fires beside \
      them, and whoever silences the one is woken by the other.
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
        «BurningFast»:
          when: burn_rate(availability) > 14.4 over 1h
          severity: P2
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: { objective: requests >= 99.9% over 28d, alerts: none }
      severities:
        P2: { title: High, respond: 1h }
      alerts:
        BurningFast:
          when: burn_rate(availability) > 14.4 over 1h
          severity: P2
      """,
    source: "Google, The Site Reliability Workbook, chapter 5, table 5-8: recommended burn rates and windows."
  )

  /// The burn rates that generated alerts watch, with the windows over which they do.
  private let generated: [(rate: Rational, window: TimeSpan)] = [
    (Rational(numerator: 144, denominator: 10), .hours(1)), (6, .hours(6)), (3, .days(1)), (1, .days(3)),
  ]

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.alerts.compactMap { alert in
      guard alert.when.count == 1, case .comparison(let comparison) = alert.when[0],
        case .burnRate(let objectives) = comparison.measure, !comparison.comparison.isUpperBound,
        let rate = comparison.bound.value.figure, !objectives.isEmpty
      else { return nil }
      let isCovered = generated.contains { rate >= $0.rate && comparison.range >= $0.window }
      guard isCovered, objectives.allSatisfy({ catalog[$0].alerting.scheme != .none }) else { return nil }
      return Finding(
        "'\(alert.name.value)' repeats what the generated burn-rate alerts say",
        at: alert.name.span
      )
    }
  }
}
