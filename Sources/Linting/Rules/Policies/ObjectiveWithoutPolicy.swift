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
    let measured = Dictionary(grouping: catalog.objectives.filter(\.isMeasured), by: \.service)
    return measured.keys.sorted { $0.index < $1.index }.filter(withPolicies.contains).flatMap { service in
      let all = measured[service] ?? []
      let without = all.filter { $0.policy == .absent }
      // One omission at the head of a service is one finding.
      guard without.count == all.count, all.count > 1, let first = all.first else {
        return without.map { finding("objective '\($0.spokenName(in: catalog))' names no policy", $0, catalog) }
      }
      let name = catalog[service].name.value
      let message = "none of the \(all.count) objectives of '\(name)' names a policy, nor does the service"
      return [finding(message, first, catalog)]
    }
  }

  private func finding(_ message: String, _ objective: Objective, _ catalog: Catalog) -> Finding {
    let names = catalog.policies.filter { $0.service == objective.service }.map(\.name.value)
    return Finding(
      message,
      at: objective.name.span,
      fix: DiagnosticFix(
        "write 'policy:' with \(names.quotedList), or 'none', at the objective, its journey or the service",
        safety: .unsafe
      ),
      whole: objective.span
    )
  }
}
