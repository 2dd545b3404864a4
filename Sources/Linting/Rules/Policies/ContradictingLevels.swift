import Diagnostics
import Quantities
import SpecCatalog

struct ContradictingLevels: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO502",
    name: "contradicting-levels",
    severity: .error,
    summary: "Two levels do not hold at the same budgets with different answers.",
    rationale: """
      Where two conditions hold at once the later level rules, and the earlier is read by half of the team. Each side \
      can point at the policy. A level that lies within a better one, such as 'below 10%' within 'below 50%', is meant.
      """,
    flagged: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 20%, allow: all }
            low: { when: remaining <= 20%, allow: [feature, fix] }
            frozen: { when: «remaining <= 20%», allow: [fix] }
          without-data: { for: 15m, then: freeze }
      """,
    accepted: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 20%, allow: all }
            low: { when: remaining <= 20%, allow: [feature, fix] }
            frozen: { when: remaining <= 5%, allow: [fix] }
          without-data: { for: 15m, then: freeze }
      """,
    source: "Google, The Site Reliability Workbook, appendix B, on policies that leave nothing to negotiate."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.policies.flatMap { policy in
      policy.levels.flatMap(twoAnswers)
        + policy.levels.indices.compactMap { index in
          let level = policy.levels[index]
          let coverage = LevelCoverage(level.when.value)
          let twin = policy.levels[..<index].first {
            let other = LevelCoverage($0.when.value)
            return (other == coverage || other.crosses(coverage)) && !$0.answersLike(level, policy)
          }
          return twin.map { twin in
            Finding(
              """
              levels '\(twin.name.value)' and '\(level.name.value)' hold at the same remaining budgets and answer \
              differently
              """,
              at: level.when.span,
              notes: [DiagnosticNote("the other level", at: twin.when.span)]
            )
          }
        }
    }
  }
}

extension ContradictingLevels {
  /// A change class that one level both allows and holds back for an approval.
  private func twoAnswers(of level: Level) -> [Finding] {
    let allowed = Set((level.allowedChanges ?? []).map(\.value))
    return level.approve.filter { allowed.contains($0.value) }.map { change in
      Finding(
        "'\(change.value)' of level '\(level.name.value)' is allowed, and needs an approval",
        at: change.span,
        fix: DiagnosticFix("name it under 'allow' or under 'approve'", safety: .unsafe)
      )
    }
  }
}

extension Level {
  fileprivate func answersLike(_ other: Level, _ policy: Policy) -> Bool {
    rollout?.value == other.rollout?.value && policy.freedoms(at: self) == policy.freedoms(at: other)
  }
}
