import Diagnostics

extension DiagnosticDescriptor {
  package static let malformedObjective = DiagnosticDescriptor(
    code: "SLO107",
    name: "malformed-objective",
    severity: .error,
    isConfigurable: false,
    summary: "An objective is written as indicator, percentile, comparison, bound and window.",
    rationale: """
      An objective without a window cannot be judged, and one without a percent sign is missed a hundred times over or \
      never. What it says has to be beyond doubt before anybody is paged for it.
      """,
    flagged: """
      nines: v1
      service: checkout
      owner: payments
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% «for» 30d
      """,
    accepted: """
      nines: v1
      service: checkout
      owner: payments
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 30d
      """,
    source: "The Site Reliability Workbook, chapter 2, Implementing SLOs: a target and a window make an objective"
  )

  package static let malformedCondition = DiagnosticDescriptor(
    code: "SLO108",
    name: "malformed-condition",
    severity: .error,
    isConfigurable: false,
    summary: "A condition compares measures of indicators and objectives, joined by 'and' and 'or'.",
    rationale: """
      A condition that is nearly right is an alert that never fires. A measure that does not exist, or a duration \
      behind the wrong word, is found here and not in the incident.
      """,
    flagged: """
      nines: v1
      service: checkout
      owner: payments
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      severities:
        P1: { respond: 15m }
      notify:
        on-call: { pagerduty: { routing-key-file: /etc/alertmanager/pagerduty } }
      objectives:
        availability: requests >= 99.9% over 30d
      alerts:
        FailureSpike:
          when: «error_rate»(requests) > 5% for 5m
          severity: P1
          notify: [on-call]
      """,
    accepted: """
      nines: v1
      service: checkout
      owner: payments
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      severities:
        P1: { respond: 15m }
      notify:
        on-call: { pagerduty: { routing-key-file: /etc/alertmanager/pagerduty } }
      objectives:
        availability: requests >= 99.9% over 30d
      alerts:
        FailureSpike:
          when: failure_ratio(requests) > 5% for 5m
          severity: P1
          notify: [on-call]
      """,
    source: "The language reference of nines, docs/language.md"
  )

  package static let malformedPromQL = DiagnosticDescriptor(
    code: "SLO109",
    name: "malformed-promql",
    severity: .error,
    isConfigurable: false,
    summary: "Selectors and queries are PromQL that Prometheus accepts.",
    rationale: """
      Prometheus refuses a whole rule file for one query that it cannot read, and every other alert of the file with \
      it. What stands in a spec is therefore parsed as PromQL before anything is written.
      """,
    flagged: """
      nines: v1
      service: checkout
      owner: payments
      indicators:
        requests:
          good: http_requests_total{code«~»"2.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 30d
      """,
    accepted: """
      nines: v1
      service: checkout
      owner: payments
      indicators:
        requests:
          good: http_requests_total{code=~"2.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 30d
      """,
    source: "Prometheus documentation, Querying basics"
  )

  package static let unsupportedVersion = DiagnosticDescriptor(
    code: "SLO114",
    name: "unsupported-version",
    severity: .error,
    isConfigurable: false,
    summary: "A document says that it is written in a version of the language that this nines reads.",
    rationale: """
      A document of another tool, or of a later version, has keys that look alike and mean something else. Read half, \
      it would be an objective that nobody wrote.
      """,
    flagged: """
      nines: «v9»
      service: checkout
      owner: payments
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 30d
      """,
    accepted: """
      nines: v1
      service: checkout
      owner: payments
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 30d
      """,
    source: "The language reference of nines, docs/language.md"
  )
}
