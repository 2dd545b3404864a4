import Diagnostics
import Quantities
import SpecCatalog

struct AlwaysFires: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO602",
    name: "always-fires",
    severity: .error,
    summary: "An alert asks for something that is not always so.",
    rationale: "An alert that always fires is silenced on its first day and forgotten with whatever it was to say.",
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
          when: failure_ratio(requests) >= «0%» for 5m
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
          when: failure_ratio(requests) >= 5% for 5m
          severity: P2
      """,
    source: "Google, Site Reliability Engineering, chapter 6: every page should be actionable."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.alerts.flatMap { alert in
      let inAnyCase = alert.comparisons.compactMap { alwaysHolds($0, of: alert, in: catalog) }
      return inAnyCase.isEmpty ? reversed(alert) : inAnyCase
    }
  }

  private func alwaysHolds(_ comparison: AlertComparison, of alert: AlertPolicy, in catalog: Catalog) -> Finding? {
    guard let range = MeasureRange(of: comparison.measure, in: catalog), let bound = comparison.bound.value.figure,
      range.always(comparison.comparison, bound)
    else { return nil }
    return Finding(
      "'\(comparison.text.value)' of '\(alert.name.value)' always holds: \(range.text)",
      at: comparison.bound.span
    )
  }

  /// What holds while nothing fails, and is no part of a larger condition.
  private func reversed(_ alert: AlertPolicy) -> [Finding] {
    guard alert.origin == .alerts else { return [] }
    return alert.when.flatMap(\.alternatives).compactMap { comparison in
      guard let bound = comparison.bound.value.figure, let ideal = comparison.measure.ideal,
        comparison.comparison.holds(ideal, bound)
      else { return nil }
      return Finding(
        "'\(comparison.text.value)' of '\(alert.name.value)' holds while nothing fails",
        at: comparison.text.span,
        fix: DiagnosticFix("compare the other way round, '\(comparison.comparison.mirrored)'", safety: .unsafe)
      )
    }
  }
}

extension AlertMeasure {
  /// Its value while nothing fails; nil where there is no such value.
  fileprivate var ideal: Rational? {
    switch self {
    case .failureRatio, .failures, .burnRate: .zero
    case .successRatio, .budgetRemaining: .one
    case .events, .percentile, .value, .rate: nil
    }
  }
}
