import Diagnostics
import Quantities
import SpecCatalog

struct InvertedHysteresis: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO503",
    name: "inverted-hysteresis",
    severity: .error,
    summary: "A level is left further up than it was entered.",
    rationale: """
      'until' keeps a freeze from being lifted and imposed again within the hour. At or below the bound at which the \
      level is entered it does nothing, or lifts the freeze while the reason for it still holds.
      """,
    flagged: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining >= 30%, allow: all }
            exhausted: { when: remaining < 30%, until: «remaining > 10%», allow: [fix] }
          without-data: { for: 15m, then: freeze }
      """,
    accepted: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining >= 10%, allow: all }
            exhausted: { when: remaining < 10%, until: remaining > 30%, allow: [fix] }
          without-data: { for: 15m, then: freeze }
      """,
    source: "Google, The Site Reliability Workbook, appendix B, on policies that end when the budget has recovered."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.policies.flatMap(\.levels).compactMap { level in
      guard let until = level.until, let when = level.when.value, when.comparison.isUpperBound else { return nil }
      if until.value.comparison.isUpperBound {
        return Finding(
          "level '\(level.name.value)' is entered and left by less of the budget",
          at: until.span,
          notes: [DiagnosticNote("where it is entered", at: level.when.span)]
        )
      }
      guard until.value.ratio <= when.ratio else { return nil }
      return Finding(
        """
        level '\(level.name.value)' is left above \(until.value.ratio), which is not more than the \(when.ratio) at \
        which it is entered
        """,
        at: until.span,
        notes: [DiagnosticNote("where it is entered", at: level.when.span)]
      )
    }
  }
}
