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
    // One line at the service mends them all, so that one finding says it.
    catalog.services.indices.compactMap { index in
      let service = ServiceID(index)
      guard catalog[service].runbook == nil else { return nil }
      let written = writtenPages(of: service, in: catalog)
      let generated = generatedPages(of: service, in: catalog)
      guard let first = written.first ?? generated.first else { return nil }
      let speaks = Self.subject(written, generated)
      return Finding(
        "\(speaks.text) \(speaks.isOne ? "pages and names" : "page and name") no runbook",
        at: first.name.span,
        notes: written.dropFirst().map { DiagnosticNote("and this one", at: $0.name.span) },
        fix: DiagnosticFix("name one here, or one for all at the service: 'runbook: https://…'", safety: .unsafe),
        whole: first.whole
      )
    }
  }

  private struct Page {
    let name: Located<String>
    /// For people, with the journey.
    let spokenName: String
    let whole: SourceSpan
  }

  private func writtenPages(of service: ServiceID, in catalog: Catalog) -> [Page] {
    catalog.alerts.filter { $0.service == service && $0.runbook == nil && pages($0.severity, catalog) }.map {
      Page(name: $0.name, spokenName: $0.name.value, whole: $0.span)
    }
  }

  private func generatedPages(of service: ServiceID, in catalog: Catalog) -> [Page] {
    catalog.objectives.filter { objective in
      objective.service == service && objective.alerting.scheme != .none && objective.isMeasured
        && objective.runbook == nil && pages(objective.alerting.page.severity, catalog)
    }.map { Page(name: $0.name, spokenName: $0.spokenName(in: catalog), whole: $0.span) }
  }

  /// `'ManyFailures' and 2 other alerts, and burn-rate alerts of 4 objectives`.
  private static func subject(_ written: [Page], _ generated: [Page]) -> (text: String, isOne: Bool) {
    let burns = generated.first.map {
      generated.count == 1
        ? "burn-rate alerts of '\($0.spokenName)'" : "burn-rate alerts of \(generated.count) objectives"
    }
    guard let first = written.first else { return (burns ?? "", false) }
    let others = written.count - 1
    let alerts =
      switch others {
      case 0: "'\(first.spokenName)'"
      case 1: "'\(first.spokenName)' and another alert"
      default: "'\(first.spokenName)' and \(others) other alerts"
      }
    guard let burns else { return (alerts, others == 0) }
    return ("\(alerts)\(others == 0 ? "" : ",") and \(burns)", false)
  }

  private func pages(_ severity: SeverityID?, _ catalog: Catalog) -> Bool {
    severity.map { catalog[$0].pages } ?? false
  }
}
