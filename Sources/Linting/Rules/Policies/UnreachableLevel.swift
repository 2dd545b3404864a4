import Diagnostics
import Quantities
import SpecCatalog

struct UnreachableLevel: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO507",
    name: "unreachable-level",
    severity: .warning,
    summary: "Every level can be entered and left.",
    rationale: """
      Where several levels hold, the last rules: a level that stands before a wider one never does. One that asks for \
      more than the whole budget to be left is a freeze for good.
      """,
    flagged: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 50%, allow: all }
            exhausted: { when: «remaining < 10%», allow: none, approve: [fix] }
            low: { when: remaining <= 50%, allow: none, approve: [fix] }
          without-data: { for: 15m, then: freeze }
      """,
    accepted: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 50%, allow: all }
            low: { when: remaining <= 50%, allow: [fix] }
            exhausted: { when: remaining < 10%, allow: none, approve: [fix] }
          without-data: { for: 15m, then: freeze }
      """,
    source: "nines documentation, policies: where several levels hold, the last of them rules."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.policies.flatMap { policy in
      policy.levels.indices.flatMap { index in
        [neverRules(index, in: policy), neverEnds(policy.levels[index])].compactMap { $0 }
      }
    }
  }

  private func neverRules(_ index: Int, in policy: Policy) -> Finding? {
    let level = policy.levels[index]
    let coverage = LevelCoverage(level.when.value)
    if coverage.isEmpty {
      return Finding("level '\(level.name.value)' asks for more than the whole budget", at: level.when.span)
    }
    // 'until' makes a level hold where its own bound does not.
    guard level.until == nil else { return nil }
    let later = policy.levels[(index + 1)...].first {
      let other = LevelCoverage($0.when.value)
      return other.contains(coverage) && other != coverage
    }
    guard let later else { return nil }
    return Finding(
      "level '\(level.name.value)' never rules: wherever it holds, '\(later.name.value)' holds too and stands below it",
      at: level.when.span,
      notes: [DiagnosticNote("the level that rules instead", at: later.when.span)]
    )
  }

  private func neverEnds(_ level: Level) -> Finding? {
    guard let until = level.until, until.value.comparison == .greater, until.value.ratio == .all else { return nil }
    return Finding(
      "level '\(level.name.value)' is never left: no more than the whole budget can remain",
      at: until.span
    )
  }
}
