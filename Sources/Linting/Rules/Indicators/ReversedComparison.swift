import Diagnostics
import Quantities
import SpecCatalog

struct ReversedComparison: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO203",
    name: "reversed-comparison",
    severity: .error,
    fix: .unsafe,
    summary: "A good share is bounded from below, and a bad share from above.",
    rationale: """
      'availability <= 99.9%' reads like an objective and bounds what is bad: all but a thousandth of the requests may \
      fail. Its alerts stay silent through an outage of hours, and the budget page shows green.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests «<=» 99.9% over 28d
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    source: "docs/language.md, objectives: '>= 99.5%' bounds the good share, '< 0.1%' the bad share."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let ofObjectives = catalog.objectives.compactMap { finding($0.name.value, $0.measure, $0.target.value) }
    let ofPromises = catalog.agreements.flatMap(\.promises).compactMap {
      finding($0.name.value, $0.measure, $0.target.value)
    }
    return ofObjectives + ofPromises + catalog.objectives.compactMap { slowness($0, in: catalog) }
  }

  /// `latency p95 > 1s`, which is met by being slow.
  private func slowness(_ objective: Objective, in catalog: Catalog) -> Finding? {
    guard case .percentile(let percentile, let comparison, let bound) = objective.measure, !comparison.isUpperBound,
      catalog[objective.indicator].unit?.dimension == .time
    else { return nil }
    return Finding(
      """
      '\(percentile) \(comparison) \(bound.value.text)' of '\(objective.name.value)' is met while \
      \(percentile.share.percentText) of events take longer
      """,
      at: bound.span,
      fix: DiagnosticFix("write '\(comparison.mirrored)' if fast is good", safety: .unsafe)
    )
  }

  private func finding(_ name: String, _ measure: Objective.Measure, _ target: Target) -> Finding? {
    guard case .share(let comparison) = measure, measure.isReversed(target) else { return nil }
    let written = comparison.value
    let meant = written.mirrored
    let isUpper = written.isUpperBound
    // Of an upper bound the target is what the bound leaves.
    let bad = target.errorBudget.share
    let bound = isUpper ? bad.percentText : "\(target)"
    return Finding(
      "'\(written) \(bound)' of '\(name)' is met while up to \(bad.percentText) of what is judged fails",
      at: comparison.span,
      fix: DiagnosticFix(
        isUpper ? "bound the good share: '\(meant) \(bound)'" : "bound the bad share: '\(meant) \(bound)'",
        edits: [TextEdit(replacing: comparison.span, with: "\(meant)")],
        safety: .unsafe
      )
    )
  }
}

extension Objective.Measure {
  /// Whether a share is bounded on the side on which more than half of what is judged may fail.
  fileprivate func isReversed(_ target: Target) -> Bool {
    switch self {
    case .share: target.ratio.fraction < Rational(numerator: 1, denominator: 2)
    case .percentile, .value, .attested: false
    }
  }
}

extension Objective {
  /// Whether its comparison is the wrong way round, so that nothing that is worked out from its target says anything.
  var isReversed: Bool { measure.isReversed(target.value) }
}
