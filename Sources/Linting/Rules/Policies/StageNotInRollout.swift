import Diagnostics
import Quantities
import SpecCatalog

struct StageNotInRollout: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO511",
    name: "stage-not-in-rollout",
    severity: .error,
    summary: "A level stops a rollout at one of its stages.",
    rationale: """
      A rollout stops at its stages only. A cap of 20% where the stages are 5% and 25% is read as 5% by one person and \
      as 25% by another.
      """,
    flagged: """
      rollout:
        stages: [5%, 25%, 100%]
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 10%, allow: all }
            low: { when: remaining <= 10%, allow: [fix], rollout: «20%» }
          without-data: { for: 15m, then: freeze }
      """,
    accepted: """
      rollout:
        stages: [5%, 25%, 100%]
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 10%, allow: all }
            low: { when: remaining <= 10%, allow: [fix], rollout: 25% }
          without-data: { for: 15m, then: freeze }
      """,
    source: "Google, The Site Reliability Workbook, chapter 16, on canarying releases in stages."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let rollouts = Dictionary(catalog.rollouts.map { ($0.service, $0) }, uniquingKeysWith: { first, _ in first })
    return catalog.policies.flatMap { policy -> [Finding] in
      guard let stages = rollouts[policy.service]?.stages, !stages.isEmpty else { return [] }
      return policy.levels.compactMap { level in
        guard let cap = level.rollout, !stages.contains(where: { $0.value == cap.value }) else { return nil }
        return Finding(
          """
          '\(cap.value)' of level '\(level.name.value)' is none of the stages \
          \(stages.map { "'\($0.value)'" }.joined(separator: ", "))
          """,
          at: cap.span
        )
      }
    }
  }
}
