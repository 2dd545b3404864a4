import Diagnostics
import Quantities
import SpecCatalog

struct UndeclaredChange: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO505",
    name: "undeclared-change",
    severity: .error,
    isConfigurable: false,
    fix: .safe,
    summary: "Levels and overrides speak of change classes that a policy declares.",
    rationale: """
      A class that no policy declares is never asked for, so that what was to be allowed stays denied: a slip in \
      'bugfix' stops every bug fix on the day of the freeze.
      """,
    flagged: """
      policies:
        budget:
          changes: [feature, bugfix]
          levels:
            healthy: { when: remaining > 50%, allow: all }
            low: { when: remaining <= 50%, allow: [«bugfx»] }
          without-data: { for: 15m, then: freeze }
      """,
    accepted: """
      policies:
        budget:
          changes: [feature, bugfix]
          levels:
            healthy: { when: remaining > 50%, allow: all }
            low: { when: remaining <= 50%, allow: [bugfix] }
          without-data: { for: 15m, then: freeze }
      """,
    source: "nines documentation, policies: what a level neither allows nor lets approve is denied."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let ofLevels = catalog.policies.flatMap { policy in
      let declared = policy.changes.map(\.value)
      return policy.levels.flatMap { ($0.allowedChanges ?? []) + $0.approve }.compactMap {
        undeclared($0, "'\(policy.name.value)' declares", among: declared)
      }
    }
    let all = catalog.policies.flatMap { $0.changes.map(\.value) }
    return ofLevels + catalog.overrides.compactMap { undeclared($0.change, "any policy declares", among: all) }
  }

  private func undeclared(_ change: Located<String>, _ owner: String, among declared: [String]) -> Finding? {
    guard !declared.contains(change.value) else { return nil }
    return Finding(
      "'\(change.value)' is no change class that \(owner)",
      at: change.span,
      fix: nearestSpelling(to: change.value, among: declared).map {
        DiagnosticFix("write '\($0)'", edits: [TextEdit(replacing: change.span, with: $0)])
      }
        ?? (["all", "none"].contains(change.value)
          ? DiagnosticFix("write '\(change.value)' without brackets", safety: .unsafe)
          : DiagnosticFix("declare it, or write one of \(declared.quotedList)", safety: .unsafe))
    )
  }
}
