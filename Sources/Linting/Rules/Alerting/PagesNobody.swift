import Diagnostics
import Quantities
import SpecCatalog

struct PagesNobody: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO604",
    name: "pages-nobody",
    severity: .error,
    summary: "An alert that is to wake somebody goes to a channel that can.",
    rationale: """
      A message in a chat room wakes nobody. An alert whose severity promises an answer within minutes, sent only to a \
      room, is answered when the office opens.
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
        team: { slack: { channel: '#team', api-url-file: /etc/alertmanager/slack } }
      alerts:
        «ManyFailures»:
          when: failure_ratio(requests) > 5% for 5m
          severity: P1
          notify: [team]
          runbook: https://example.com/runbooks/failures
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
    source: "Google, The Site Reliability Workbook, chapter 8, on being on call."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let written = catalog.alerts.compactMap { alert -> Finding? in
      guard let severity = severityPagingNobody(alert.severity, alert.channels, catalog) else { return nil }
      return Finding(
        "'\(alert.name.value)' of severity '\(severity.name.value)' pages, and none of its channels does",
        at: alert.name.span,
        notes: [DiagnosticNote("the severity", at: severity.name.span)],
        fix: wayOut(of: alert.service, catalog),
        whole: alert.span,
        isDoubtful: catalog.lacksChannels
      )
    }
    var seen: Set<ServiceID> = []
    // Generated alerts are mostly routed once for a whole service, so that one finding says it all.
    let generated = catalog.objectives.compactMap { objective -> Finding? in
      let route = objective.alerting.page
      guard objective.alerting.scheme != .none, objective.isMeasured,
        let severity = severityPagingNobody(route.severity, route.channels, catalog),
        seen.insert(objective.service).inserted
      else { return nil }
      return Finding(
        """
        burn-rate alerts of '\(objective.spokenName(in: catalog))' page with severity '\(severity.name.value)', and \
        none of their channels does
        """,
        at: objective.name.span,
        notes: [DiagnosticNote("the severity", at: severity.name.span)],
        fix: wayOut(of: objective.service, catalog),
        isDoubtful: catalog.lacksChannels
      )
    }
    return written + generated
  }

  private func wayOut(of service: ServiceID, _ catalog: Catalog) -> DiagnosticFix {
    let waking = catalog.channels.filter { $0.service == service && $0.kind.canWake }.map(\.name.value)
    return DiagnosticFix(
      waking.isEmpty
        ? "declare a channel with 'pagerduty', 'opsgenie' or 'webhook' under 'notify', and name it"
        : "notify \(waking.quotedList), or give it a severity that does not page",
      safety: .unsafe
    )
  }

  private func severityPagingNobody(
    _ severity: SeverityID?,
    _ channels: [ChannelID],
    _ catalog: Catalog
  ) -> IncidentSeverity? {
    guard let severity = severity.map({ catalog[$0] }), severity.pages,
      !channels.contains(where: { catalog[$0].kind.canWake })
    else { return nil }
    return severity
  }
}

extension Channel.Kind {
  /// Whether somebody may be woken by it; what a webhook does is not known.
  fileprivate var canWake: Bool {
    switch self {
    case .pagerDuty, .opsgenie, .webhook, .webhookFile: true
    case .slack, .email, .log: false
    }
  }
}
