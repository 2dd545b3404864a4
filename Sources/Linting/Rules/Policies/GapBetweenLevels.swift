import Diagnostics
import Quantities
import SpecCatalog

struct GapBetweenLevels: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO501",
    name: "gap-between-levels",
    severity: .error,
    summary: "At every remaining budget some level of the policy holds.",
    rationale: """
      A budget that falls between two levels leaves the gate without an answer, on the day on which people argue about \
      whether to freeze.
      """,
    flagged: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 50%, allow: all }
            low: { when: «remaining < 50%», allow: [fix] }
          without-data: { for: 15m, then: freeze }
      """,
    accepted: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 50%, allow: all }
            low: { when: remaining <= 50%, allow: [fix] }
          without-data: { for: 15m, then: freeze }
      """,
    source:
      "Google, The Site Reliability Workbook, appendix B: a policy states what happens at each state of the budget."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.policies.compactMap { policy in
      let levels = policy.levels.map { (level: $0, coverage: LevelCoverage($0.when.value)) }
      // Levels reach down from above or up from below, so that what is covered is open in at most one place.
      let top = levels.filter { $0.coverage.from == nil }.max { $0.coverage.to < $1.coverage.to }
      let bottom = levels.compactMap { entry in entry.coverage.from.map { (entry.level, $0) } }.min { $0.1 < $1.1 }
      switch (top, bottom) {
      case (nil, nil): return nil
      case (nil, (let level, _)?): return .uncovered(policy, "below", level)
      case (let top?, nil):
        return top.coverage.to < .end ? .uncovered(policy, "above", top.level) : nil
      case (let top?, (let level, let from)?):
        guard top.coverage.to < from else { return nil }
        return .gap(policy, top.level, top.coverage.to, level, from)
      }
    }
  }
}

extension Finding {
  fileprivate static func uncovered(_ policy: Policy, _ side: String, _ level: Level) -> Finding {
    Finding(
      "no level of '\(policy.name.value)' holds \(side) the bound of '\(level.name.value)'",
      at: level.when.span,
      whole: policy.span
    )
  }

  fileprivate static func gap(
    _ policy: Policy,
    _ lower: Level,
    _ to: LevelCoverage.Cut,
    _ upper: Level,
    _ from: LevelCoverage.Cut
  ) -> Finding {
    let gap =
      to.share == from.share
      ? "exactly \(to.share.percentFigureText)"
      : "between \(to.share.percentFigureText) and \(from.share.percentFigureText)"
    return Finding(
      "no level of '\(policy.name.value)' holds while \(gap) of the budget remains",
      at: lower.when.span,
      notes: [DiagnosticNote("the next level above", at: upper.when.span)],
      whole: policy.span
    )
  }
}
