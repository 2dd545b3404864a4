import Diagnostics

/// What can be wrong with a document before anybody asks whether its names exist.
package enum SyntaxDiagnostics {
  package static let all: [DiagnosticDescriptor] = [
    .unknownKey, .missingKey, .wrongShape, .malformedValue, .malformedObjective, .malformedCondition,
    .malformedPromQL, .unsupportedVersion,
  ]
}

extension DiagnosticDescriptor {
  package static let unknownKey = DiagnosticDescriptor(
    code: "SLO103",
    name: "unknown-key",
    severity: .error,
    isConfigurable: false,
    fix: .safe,
    summary: "A mapping has only the keys that the language knows.",
    rationale: """
      A misspelt key that is passed over takes what it says with it: 'run-book' leaves every page without a runbook, \
      and nobody notices until the night on which it is needed. Keys that start with 'x-' are free for anchors and \
      other tools.
      """,
    flagged: """
      nines: v1
      service: checkout
      owner: payments
      «run-book»: https://example.com/runbooks/checkout
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
      runbook: https://example.com/runbooks/checkout
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 30d
      """,
    source: "The language reference of nines, docs/language.md"
  )

  package static let missingKey = DiagnosticDescriptor(
    code: "SLO104",
    name: "missing-key",
    severity: .error,
    isConfigurable: false,
    summary: "A mapping has every key without which it says nothing.",
    rationale: """
      A ratio without its valid events cannot be divided, and a policy without levels decides nothing. No default \
      would be a guess that everybody shares.
      """,
    flagged: """
      nines: v1
      service: checkout
      owner: payments
      indicators:
        «requests»:
          good: http_requests_total{code!~"5.."}
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

  package static let wrongShape = DiagnosticDescriptor(
    code: "SLO105",
    name: "wrong-shape",
    severity: .error,
    isConfigurable: false,
    summary:
      "Text, lists and mappings stand where the language has them, and keys that exclude each other stand alone.",
    rationale: """
      A list has no names, so nothing could refer to its objectives, and an indicator that is counted in two ways has \
      two answers. Which of them was meant is for the author to say.
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
        «- requests >= 99.9% over 30d»
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

  package static let malformedValue = DiagnosticDescriptor(
    code: "SLO106",
    name: "malformed-value",
    severity: .error,
    isConfigurable: false,
    fix: .safe,
    summary: "Durations, percentages, rates, dates and names are written in the one form that can be read in one way.",
    rationale: """
      '90' may be seconds, minutes or days, '0.995' may be half a percent or nearly everything, and '1,000' is one or a \
      thousand by where its reader lives. A value with its unit means the same to everybody.
      """,
    flagged: """
      nines: v1
      service: checkout
      owner: payments
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      depends-on:
        - { external: card-network, promised: «99.95» }
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
      depends-on:
        - { external: card-network, promised: 99.95% }
      objectives:
        availability: requests >= 99.9% over 30d
      """,
    source: "The International System of Units, 9th edition, 5.4.3: a value is a number and a unit"
  )
}
