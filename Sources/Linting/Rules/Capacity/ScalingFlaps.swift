import Diagnostics
import Quantities
import SpecCatalog

struct ScalingFlaps: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO803",
    name: "scaling-flaps",
    severity: .error,
    summary: "What scales up and what scales down do not hold at once.",
    rationale: """
      Where the bound for shrinking lies at or above the one for growing, a value between them is a reason for both. \
      Instances come and go until somebody turns the autoscaler off.
      """,
    flagged: """
      indicators:
        cpu:
          gauge: process_cpu_utilization_ratio
      capacity:
        scale-up:
          cpu-high: value(cpu) > 70% for 15m
        scale-down:
          cpu-low: value(cpu) < «75%» for 1h
      """,
    accepted: """
      indicators:
        cpu:
          gauge: process_cpu_utilization_ratio
      capacity:
        scale-up:
          cpu-high: value(cpu) > 70% for 15m
        scale-down:
          cpu-low: value(cpu) < 30% for 1h
      """,
    source: "Kubernetes documentation, Horizontal Pod Autoscaling, on flapping."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let triggers = catalog.alerts.flatMap { alert in
      alert.comparisons.compactMap { ScalingTrigger($0, of: alert, in: catalog) }
    }
    let growing = Dictionary(grouping: triggers.filter(\.isGrowing), by: \.subject)
    return triggers.filter { !$0.isGrowing }.compactMap { down in
      guard let up = growing[down.subject]?.first(where: { $0.overlaps(down) }) else { return nil }
      return Finding(
        "'\(down.text)' scales down where '\(up.text)' scales up",
        at: down.span,
        notes: [DiagnosticNote("what scales up", at: up.span)]
      )
    }
  }
}

/// One bound on a measure that makes a service grow or shrink.
private struct ScalingTrigger {
  struct Subject: Hashable {
    let service: ServiceID
    let indicator: IndicatorID
    let percentile: Percentile?
  }

  let subject: Subject
  let isGrowing: Bool
  let comparison: Comparison
  let bound: Rational
  let text: String
  let span: SourceSpan

  init?(_ written: AlertComparison, of alert: AlertPolicy, in catalog: Catalog) {
    switch alert.origin {
    case .scaleUp: isGrowing = true
    case .scaleDown: isGrowing = false
    case .alerts: return nil
    }
    switch written.measure {
    case .value(let indicator):
      subject = Subject(service: alert.service, indicator: indicator, percentile: nil)
    case .percentile(let indicator, let percentile):
      subject = Subject(service: alert.service, indicator: indicator, percentile: percentile)
    case .failureRatio, .successRatio, .failures, .events, .rate, .burnRate, .budgetRemaining: return nil
    }
    switch written.bound.value {
    case .value(let value): bound = value.value
    case .multiple(let factor, let objective):
      guard let base = catalog[objective].bound else { return nil }
      bound = base.value.value * factor
    case .ratio(let ratio): bound = ratio.fraction
    case .number(let number): bound = number
    }
    comparison = written.comparison
    text = written.text.value
    span = written.bound.span
  }

  /// Whether some value makes both hold.
  func overlaps(_ other: ScalingTrigger) -> Bool {
    guard comparison.isUpperBound != other.comparison.isUpperBound else { return true }
    let (upper, lower) = comparison.isUpperBound ? (self, other) : (other, self)
    return upper.bound > lower.bound
      || (upper.bound == lower.bound && !upper.comparison.isStrict && !lower.comparison.isStrict)
  }
}
