import Diagnostics
import Quantities
import SpecCatalog

struct TargetLeavesNoBudget: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO301",
    name: "target-leaves-no-budget",
    severity: .warning,
    summary: "An objective allows at least some failure, or says why it allows none.",
    rationale: """
      At 100% the first failure breaks the objective, every burn rate is infinite, and a policy that watches the \
      budget stops all changes until the window has passed. Nothing that users notice is worth that unless somebody \
      decided so.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= «100%» over 28d
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
        entries:
          good: entries_total{outcome="kept"}
          valid: entries_total
      objectives:
        availability: requests >= 99.95% over 28d
        durability:
          objective: entries >= 100% over 28d
          intended: { zero-tolerance: the agreement promises that no entry is ever lost }
      """,
    source: "Google, Site Reliability Engineering, chapter 3: 100% is the wrong reliability target."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.objectives.filter {
      $0.target.value == .perfect && $0.zeroTolerance == nil && $0.isMeasured
    }.map { objective in
      Finding(
        "target of '\(objective.name.value)' is 100%, which the first failure breaks",
        at: objective.target.span,
        fix: DiagnosticFix("allow some failures, or say why not by 'intended: { zero-tolerance: … }'", safety: .unsafe)
      )
    }
  }
}
