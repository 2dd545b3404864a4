import Diagnostics
import Quantities
import SpecCatalog

struct OverrideExpired: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO510",
    name: "override-expired",
    severity: .warning,
    fix: .safe,
    summary: "An override that is over is removed.",
    rationale: """
      It allows nothing any more, and whoever reads the policy has to compare dates to find that out. The history of \
      the file keeps it.
      """,
    flagged: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 10%, allow: all }
            exhausted: { when: remaining <= 10%, allow: [fix] }
          without-data: { for: 15m, then: freeze }
      overrides:
        - change: feature
          for: example
          reason: a regulator's deadline
          by: head-of-banking
          from: 2020-10-01T08:00:00Z
          until: «2020-10-02T20:00:00Z»
      """,
    accepted: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 10%, allow: all }
            exhausted: { when: remaining <= 10%, allow: [fix] }
          without-data: { for: 15m, then: freeze }
      overrides:
        - change: feature
          for: example
          reason: a regulator's deadline
          by: head-of-banking
          from: 2099-10-01T08:00:00Z
          until: 2099-10-02T20:00:00Z
      """,
    source: "The practice of time-boxed exceptions in change management."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.overrides.compactMap { override in
      guard let until = override.until, until.value.utcDate < today,
        override.from.map({ $0.value < until.value }) ?? true
      else { return nil }
      return Finding(
        "override of '\(override.change.value)' for '\(override.scope.value)' ended on \(until.value.utcDate)",
        at: until.span,
        fix: DiagnosticFix("remove the override", edits: [TextEdit(removing: override.span)])
      )
    }
  }
}
