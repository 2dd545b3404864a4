import Diagnostics

/// What can be wrong with a file before anybody asks what it says.
package enum YAMLDiagnostics {
  package static let all: [DiagnosticDescriptor] = [.notYAML, .duplicateKey, .limitExceeded, .notUTF8]
}

extension DiagnosticDescriptor {
  package static let notYAML = DiagnosticDescriptor(
    code: "SLO101",
    name: "not-yaml",
    severity: .error,
    isConfigurable: false,
    summary: "A spec is a YAML document.",
    rationale: """
      Text that is not YAML says nothing: no objective of the file is measured and no alert of it fires. Tabs in the \
      indentation, quotes and brackets that are never closed, backslashes in double quotes and aliases without an \
      anchor are the usual reasons.
      """,
    flagged: """
      nines: v1
      service: checkout
      owner: payments
      indicators:
        requests:
          good: «"»http_requests_total{code!~'5..'}
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
          good: "http_requests_total{code!~'5..'}"
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 30d
      """,
    source: "YAML Ain't Markup Language, version 1.1"
  )

  package static let duplicateKey = DiagnosticDescriptor(
    code: "SLO102",
    name: "duplicate-key",
    severity: .error,
    isConfigurable: false,
    summary: "A mapping says each key once.",
    rationale: """
      Many readers of YAML keep the last of two equal keys and say nothing. Of two objectives with one name, one \
      would be measured and the other forgotten, and nobody could tell which was meant.
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
        availability: requests >= 99.9% over 30d
        «availability»: requests >= 99.5% over 7d
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
        availability-week: requests >= 99.5% over 7d
      """,
    source: "YAML Ain't Markup Language, version 1.1, 3.2.1.3 Node Comparison: keys of a mapping are unique"
  )

  package static let limitExceeded = DiagnosticDescriptor(
    code: "SLO113",
    name: "limit-exceeded",
    severity: .error,
    isConfigurable: false,
    summary: "A spec stays within limits that no honest spec comes near.",
    rationale: """
      Specs come from pull requests. A few lines of aliases that name aliases stand for more nodes than any machine \
      holds, and would take the build down for everybody. Each limit is named where it is exceeded.
      """,
    flagged: """
      nines: v1
      service: checkout
      owner: payments
      labels:
        a: &a [x, x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
        d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
        e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
        f: [*e, *e, *e, *e, *e, *e, *e, «*e», *e, *e]
      """,
    accepted: """
      nines: v1
      service: checkout
      owner: payments
      labels:
        team: &team payments
        on-call: *team
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 30d
      """,
    source: "CWE-776: Improper Restriction of Recursive Entity References"
  )

  package static let notUTF8 = DiagnosticDescriptor(
    code: "SLO116",
    name: "not-utf8",
    severity: .error,
    isConfigurable: false,
    summary: "A spec is text in UTF-8.",
    rationale: """
      Prometheus, Alertmanager and Grafana take UTF-8 alone. Names and titles in another encoding, or with the \
      replacement character U+FFFD that a wrong conversion leaves behind, would reach dashboards and pages garbled, \
      and label values would match nothing.
      """,
    flagged: """
      nines: v1
      service: checkout
      owner: payments
      title: Caf«\u{FFFD}» checkout
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
      title: Café checkout
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 30d
      """,
    source: "RFC 3629: UTF-8, a transformation format of ISO 10646; the data model of Prometheus"
  )
}
