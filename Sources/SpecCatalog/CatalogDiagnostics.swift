import Diagnostics

/// What can be wrong once several places of a workspace are read together.
package enum CatalogDiagnostics {
  package static let all: [DiagnosticDescriptor] = [
    .unresolvedReference, .duplicateDefinition, .referenceCycle, .dimensionMismatch, .percentileOfRatio,
  ]
}

extension DiagnosticDescriptor {
  package static let unresolvedReference = DiagnosticDescriptor(
    code: "SLO110",
    name: "unresolved-reference",
    severity: .error,
    isConfigurable: false,
    fix: .safe,
    summary: "A name refers to something that is declared.",
    rationale: """
      A policy, channel or indicator that does not exist protects, tells and measures nobody. A tool that passes over \
      the name produces rules that load and never fire.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: «request» >= 99.9% over 28d
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    source: "docs/language.md, Workspaces and files."
  )

  package static let duplicateDefinition = DiagnosticDescriptor(
    code: "SLO111",
    name: "duplicate-definition",
    severity: .error,
    isConfigurable: false,
    summary: "A name is defined once in its service, whatever file it stands in.",
    rationale: """
      Of two definitions one would win by the order in which files are read, and the other's author would never know \
      that theirs had no effect.
      """,
    flagged: """
      nines: v1
      service: example
      owner: team
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      ---
      nines: v1
      service: example
      objectives:
        «availability»: requests >= 99.5% over 28d
      """,
    accepted: """
      nines: v1
      service: example
      owner: team
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    source: "docs/language.md, Workspaces and files."
  )

  package static let referenceCycle = DiagnosticDescriptor(
    code: "SLO112",
    name: "reference-cycle",
    severity: .error,
    isConfigurable: false,
    summary: "Services do not depend on themselves, directly or through others.",
    rationale: """
      In a circle of dependencies every member waits for the others: a freeze of one holds back all of them, and none \
      can be released first.
      """,
    flagged: """
      nines: v1
      service: orders
      owner: shop
      depends-on: [«payments»]
      ---
      nines: v1
      service: payments
      owner: shop
      depends-on: [orders]
      """,
    accepted: """
      nines: v1
      service: orders
      owner: shop
      depends-on: [payments]
      ---
      nines: v1
      service: payments
      owner: shop
      """,
    source: "Google, Site Reliability Engineering, chapter 22, on dependency cycles."
  )

  package static let dimensionMismatch = DiagnosticDescriptor(
    code: "SLO201",
    name: "dimension-mismatch",
    severity: .error,
    isConfigurable: false,
    summary: "A value is compared with a bound of its own dimension.",
    rationale: """
      A latency bounded by a percentage, or a data rate by a duration, compiles in most tools to a comparison of bare \
      numbers that is always true or never.
      """,
    flagged: """
      indicators:
        latency:
          distribution: http_request_duration_seconds
      objectives:
        p95: latency p95 < «5 MiB» over 28d
      """,
    accepted: """
      indicators:
        latency:
          distribution: http_request_duration_seconds
      objectives:
        p95: latency p95 < 250ms over 28d
      """,
    source: "Prometheus documentation, Metric and label naming, on base units."
  )

  package static let percentileOfRatio = DiagnosticDescriptor(
    code: "SLO202",
    name: "percentile-of-ratio",
    severity: .error,
    isConfigurable: false,
    summary: "Percentiles are of distributions, and distributions are bounded by percentiles.",
    rationale: """
      A ratio is one number and has no 95th percentile; a distribution is many and has no single value to compare. \
      Either the indicator or the objective means something else.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests «p95» >= 99.9% over 28d
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    source: "Google, The Site Reliability Workbook, chapter 2, Implementing SLOs."
  )
}
