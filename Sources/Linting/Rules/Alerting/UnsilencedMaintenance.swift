import Diagnostics
import Quantities
import SpecCatalog

struct UnsilencedMaintenance: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO612",
    name: "unsilenced-maintenance",
    severity: .warning,
    summary: "Planned work says when it happens.",
    rationale: """
      Maintenance without windows and without a condition mutes nothing and excludes nothing: the people who planned \
      it are paged by it.
      """,
    flagged: """
      maintenance:
        «upgrades»:
          notice: 48h
      """,
    accepted: """
      maintenance:
        upgrades:
          notice: 48h
          windows: [{ weekly: sunday 02:00, duration: 2h }]
      """,
    source: "Prometheus Alertmanager documentation, on mute time intervals."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.exclusions.compactMap { exclusion in
      guard case .maintenance(_, let windows) = exclusion.kind, windows.isEmpty, exclusion.when == nil else {
        return nil
      }
      return Finding(
        "maintenance '\(exclusion.name.value)' has neither 'windows' nor 'when'",
        at: exclusion.name.span,
        whole: exclusion.span
      )
    }
  }
}
