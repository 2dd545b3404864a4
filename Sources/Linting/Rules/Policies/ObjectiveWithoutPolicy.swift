import Diagnostics
import Quantities
import SpecCatalog

struct ObjectiveWithoutPolicy: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO506",
    name: "objective-without-policy",
    severity: .warning,
    summary: "Where a service has error-budget policies, each of its objectives names one, or says that it has none.",
    rationale: """
      An objective outside of every policy can be missed for months and nothing changes. That may be meant, and then \
      'policy: none' says so.
      """,
    flagged: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 10%, allow: all }
            exhausted: { when: remaining <= 10%, allow: [fix] }
          without-data: { for: 15m, then: freeze }
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        «availability»: requests >= 99.9% over 28d
      """,
    accepted: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 10%, allow: all }
            exhausted: { when: remaining <= 10%, allow: [fix] }
          without-data: { for: 15m, then: freeze }
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: { objective: requests >= 99.9% over 28d, policy: budget }
      """,
    source: "Google, The Site Reliability Workbook, chapter 2: an objective without a policy is only a number."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let withPolicies = Set(catalog.policies.map(\.service))
    return catalog.objectives.filter { objective in
      objective.policy == .absent && objective.isMeasured && withPolicies.contains(objective.service)
    }.map { objective in
      Finding(
        "objective '\(objective.spokenName(in: catalog))' names no policy",
        at: objective.name.span,
        whole: objective.span
      )
    }
  }
}
