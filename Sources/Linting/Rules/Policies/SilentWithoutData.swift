import Diagnostics
import Quantities
import SpecCatalog

struct SilentWithoutData: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO508",
    name: "silent-without-data",
    severity: .warning,
    summary: "A policy says what happens when nobody knows how much budget is left.",
    rationale: """
      Monitoring fails in the same hours as the service. A gate that says yes without data lets a deploy out into the \
      middle of an outage; for a most critical service that is an error.
      """,
    flagged: """
      policies:
        «budget»:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 10%, allow: all }
            exhausted: { when: remaining <= 10%, allow: [fix] }
      """,
    accepted: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 10%, allow: all }
            exhausted: { when: remaining <= 10%, allow: [fix] }
          without-data: { for: 15m, then: freeze }
      """,
    source: "Google, The Site Reliability Workbook, chapter 5, on alerting where telemetry is missing."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.policies.compactMap { policy in
      guard let rule = policy.withoutData else {
        return Finding(
          "policy '\(policy.name.value)' does not say what happens without data",
          at: policy.name.span,
          fix: DiagnosticFix("say it, as in 'without-data: { for: 15m, then: freeze }'", safety: .unsafe),
          whole: policy.span
        )
      }
      let service = catalog[policy.service]
      guard rule.answer.value == .allow, service.tier?.value == 1 else { return nil }
      return Finding(
        "without data '\(policy.name.value)' allows every change to '\(service.name.value)', a service of tier 1",
        at: rule.answer.span,
        severity: .error
      )
    }
  }
}
