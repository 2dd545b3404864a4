import Testing

@Suite("Pages")
struct PageTests {
  private static let spec = """
    indicators:
      requests:
        good: http_requests_total{code!~"5.."}
        valid: http_requests_total
    severities:
      P1: { title: Critical, respond: 15m }
    notify:
      on-call: { pagerduty: { routing-key-file: /etc/alertmanager/pagerduty } }
      team: { slack: { channel: '#team', api-url-file: /etc/alertmanager/slack } }
    burn-alerts:
      page: { severity: P1, notify: on-call }
    objectives:
      availability: requests >= 99.9% over 28d
      own-runbook:
        objective: requests >= 99% over 7d
        runbook: https://example.com/runbooks/requests
        window-reason: weeks are what people remember
    alerts:
      «ManyFailures»:
        when: failure_ratio(requests) > 5% for 5m
        severity: P1
        notify: [on-call]
      MoreFailures:
        when: failure_ratio(requests) > 20% for 5m
        severity: P1
        notify: [on-call]
    """

  @Test("a service without a runbook is told once, with all that pages")
  func runbook() {
    expectFindings(
      of: "SLO609",
      in: Self.spec,
      "'ManyFailures' and another alert, and burn-rate alerts of 'availability' page and name no runbook"
    )
  }

  @Test("an agreement that excludes what several promises count is told once")
  func exclusions() {
    expectFindings(
      of: "SLO408",
      in: """
        indicators:
          requests:
            good: http_requests_total{code!~"5.."}
            valid: http_requests_total
          speed:
            distribution: http_request_duration_seconds
        maintenance:
          upgrades:
            windows: [{ weekly: sunday 02:00, duration: 2h }]
        objectives:
          availability: requests >= 99.9% over 28d
          p95: speed p95 < 200ms over 28d
        agreements:
          api:
            with: customers
            excluding: [«upgrades»]
            promises:
              uptime: requests >= 99.5% over calendar month
              speed: speed p95 < 500ms over calendar month
            remedies: [{ below: 99.5%, credit: 10% }]
        """,
      "agreement 'api' excludes 'upgrades', which 'requests', 'speed' count"
    )
  }
}
