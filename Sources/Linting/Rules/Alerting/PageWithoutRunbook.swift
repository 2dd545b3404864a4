import Diagnostics
import Quantities
import SpecCatalog

struct PageWithoutRunbook: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO609",
    name: "page-without-runbook",
    severity: .warning,
    summary: "An alert that wakes somebody names a runbook.",
    rationale: """
      At three in the morning people do what is written down. Teams with playbooks were found to repair about three \
      times as fast as those that improvise.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      severities:
        P1: { title: Critical, respond: 15m }
      notify:
        on-call: { pagerduty: { routing-key-file: /etc/alertmanager/pagerduty } }
      alerts:
        «ManyFailures»:
          when: failure_ratio(requests) > 5% for 5m
          severity: P1
          notify: [on-call]
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      severities:
        P1: { title: Critical, respond: 15m }
      notify:
        on-call: { pagerduty: { routing-key-file: /etc/alertmanager/pagerduty } }
      alerts:
        ManyFailures:
          when: failure_ratio(requests) > 5% for 5m
          severity: P1
          notify: [on-call]
          runbook: https://example.com/runbooks/failures
      """,
    source: "Google, Site Reliability Engineering, chapter 1, on playbooks and the time to repair."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let written = catalog.alerts.filter { alert in
      pages(alert.severity, catalog) && alert.runbook == nil && catalog[alert.service].runbook == nil
    }.map { Finding("'\($0.name.value)' pages and names no runbook", at: $0.name.span, whole: $0.span) }
    var seen: Set<ServiceID> = []
    let generated = catalog.objectives.filter { objective in
      objective.alerting.scheme != .none && objective.isMeasured && objective.runbook == nil
        && catalog[objective.service].runbook == nil && pages(objective.alerting.page.severity, catalog)
        && seen.insert(objective.service).inserted
    }.map {
      Finding(
        "burn-rate alerts of '\($0.spokenName(in: catalog))' page and name no runbook",
        at: $0.name.span,
        whole: $0.span
      )
    }
    return (written + generated).map { finding in
      var finding = finding
      finding.fix = DiagnosticFix("name one here, or one for all at the service: 'runbook: https://…'", safety: .unsafe)
      return finding
    }
  }

  private func pages(_ severity: SeverityID?, _ catalog: Catalog) -> Bool {
    severity.map { catalog[$0].pages } ?? false
  }
}
