import Diagnostics
import Quantities
import SpecCatalog

struct WorseLevelAllowsMore: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO504",
    name: "worse-level-allows-more",
    severity: .error,
    summary: "A worse level allows nothing that a better one holds back.",
    rationale: """
      Where a change needs an approval at 40% and none at 5%, the way to get it out is to burn the rest of the budget. \
      Levels stand best first, and each is at least as strict as those before it.
      """,
    flagged: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 50%, allow: all }
            low: { when: remaining <= 50%, approve: [fix], allow: none }
            exhausted: { when: remaining < 10%, allow: [«fix»] }
          without-data: { for: 15m, then: freeze }
      """,
    accepted: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 50%, allow: all }
            low: { when: remaining <= 50%, approve: [feature], allow: [fix] }
            exhausted: { when: remaining < 10%, allow: [fix] }
          without-data: { for: 15m, then: freeze }
      """,
    source: "Google, The Site Reliability Workbook, appendix B: restrictions grow as the budget shrinks."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.policies.filter(\.namesDeclaredChanges).flatMap { policy in
      zip(policy.levels, policy.levels.dropFirst()).flatMap { better, worse in
        changes(freerAt: worse, than: better, policy)
          + [rollout(widerAt: worse, than: better, policy)].compactMap(\.self)
      }
    }
  }

  private func changes(freerAt worse: Level, than better: Level, _ policy: Policy) -> [Finding] {
    let freedoms = zip(policy.freedoms(at: better), policy.freedoms(at: worse))
    return zip(policy.changes, freedoms).compactMap { change, freedom in
      guard freedom.1 > freedom.0 else { return nil }
      let named = ((worse.allowedChanges ?? []) + worse.approve).first { $0.value == change.value }
      return Finding(
        """
        '\(change.value)' is \(freedom.1.text) at '\(worse.name.value)' and \(freedom.0.text) at \
        '\(better.name.value)', the better level
        """,
        at: named?.span ?? worse.name.span,
        notes: [DiagnosticNote("the better level", at: better.name.span)],
        whole: policy.span
      )
    }
  }

  private func rollout(widerAt worse: Level, than better: Level, _ policy: Policy) -> Finding? {
    guard let limit = better.rollout, let wider = worse.rollout, wider.value > limit.value else { return nil }
    return Finding(
      """
      a rollout may reach \(wider.value) at '\(worse.name.value)' and \(limit.value) at '\(better.name.value)', the better \
      level
      """,
      at: wider.span,
      notes: [DiagnosticNote("the better level's limit", at: limit.span)],
      whole: policy.span
    )
  }
}

extension Policy {
  /// A class that is not declared may be a misspelt one, and then levels allow more than they seem to.
  fileprivate var namesDeclaredChanges: Bool {
    let declared = Set(changes.map(\.value))
    return levels.allSatisfy { ($0.allowedChanges ?? []).allSatisfy { declared.contains($0.value) } }
  }
}

extension ChangeFreedom {
  fileprivate var text: String {
    switch self {
    case .denied: "denied"
    case .approved: "allowed with an approval"
    case .allowed: "allowed"
    }
  }
}
