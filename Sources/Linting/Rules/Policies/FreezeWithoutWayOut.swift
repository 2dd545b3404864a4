import Diagnostics
import Quantities
import SpecCatalog

struct FreezeWithoutWayOut: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO512",
    name: "freeze-without-way-out",
    severity: .warning,
    summary: "A level that allows nothing says how it is left.",
    rationale: """
      Where not even a fix may go out, the fault that spent the budget stays in production. Without an exit that \
      somebody can work towards the team waits for the window to pass.
      """,
    flagged: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 10%, allow: all }
            «exhausted»: { when: remaining <= 10%, allow: none }
          without-data: { for: 15m, then: freeze }
      """,
    accepted: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 10%, allow: all }
            exhausted: { when: remaining <= 10%, allow: none, exit: [root-causes-addressed] }
          without-data: { for: 15m, then: freeze }
      """,
    source: "Google, The Site Reliability Workbook, appendix B, on exceptions and on when a freeze ends."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.policies.flatMap(\.levels).filter { level in
      level.allowedChanges?.isEmpty == true && level.approve.isEmpty && level.exit.isEmpty
    }.map { level in
      Finding("level '\(level.name.value)' allows no change and has no 'exit'", at: level.name.span, whole: level.span)
    }
  }
}
