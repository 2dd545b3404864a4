import Diagnostics
import Quantities
import SpecCatalog

struct FreezeOver: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO514",
    name: "freeze-over",
    severity: .warning,
    fix: .safe,
    summary: "A freeze that will not come again is removed.",
    rationale: """
      It holds nothing back any more, and whoever wants to know when changes wait has to compare dates to find that out. \
      The history of the file keeps it.
      """,
    flagged: """
      freezes:
        - reason: «nobody is on call»
          days:
            - { from: 2020-12-24, through: 2021-01-02 }
      """,
    accepted: """
      freezes:
        - reason: nobody is on call
          days:
            - { from: 2099-12-24, through: 2100-01-02 }
      """,
    source: "The practice of change freezes in change management."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.freezes.compactMap { freeze in
      guard let last = freeze.lastDay, last < today else { return nil }
      return Finding(
        "the freeze ended on \(last)",
        at: freeze.reason.span,
        fix: DiagnosticFix("remove the freeze", edits: [TextEdit(removing: freeze.span)])
      )
    }
  }
}

extension Freeze {
  /// The day on which it is last in force, in UTC; nil where it recurs or never is.
  fileprivate var lastDay: CalendarDate? {
    var last = days.map(\.through.value)
    for window in windows {
      guard case .once(let start, let duration) = window.value else { return nil }
      last.append((start + duration).utcDate)
    }
    return last.max()
  }
}
