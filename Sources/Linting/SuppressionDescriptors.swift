import Diagnostics

/// What the linter has to say about its own suppressions.
package enum SuppressionDescriptors {
  package static let all = [withoutReason, useless, expired, malformed]

  package static let withoutReason = DiagnosticDescriptor(
    code: "SLO901",
    name: "suppression-without-reason",
    severity: .error,
    summary: "A suppression says why the finding is accepted.",
    rationale: """
      Whoever meets the suppression next year has to decide whether it still holds, and cannot if nobody wrote down \
      what it rested on.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 100% over 28d «# nines:allow SLO301»
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 100% over 28d # nines:allow SLO301: a regulator's figure, kept as given
      """,
    source: "Google, Software Engineering at Google, chapter 20, on suppressing analyzer findings."
  )

  package static let useless = DiagnosticDescriptor(
    code: "SLO902",
    name: "suppression-useless",
    severity: .warning,
    fix: .safe,
    summary: "A suppression covers a finding that exists.",
    rationale: "A suppression that outlived its finding hides the next one of its kind that appears in the same place.",
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d «# nines:allow SLO301: it was 100% once»
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    source: "The practice of compilers and linters that report unused suppressions."
  )

  package static let expired = DiagnosticDescriptor(
    code: "SLO903",
    name: "suppression-expired",
    severity: .error,
    summary: "A suppression with an end date is looked at again by that date.",
    rationale: "The date was a promise to come back. Past it, the finding counts again and the promise is due.",
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        # nines:allow SLO301 until «2020-03-31»: the migration ends in March
        availability: requests >= 99.9% over 28d
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    source: "The practice of time-boxed exceptions in change management."
  )

  package static let malformed = DiagnosticDescriptor(
    code: "SLO906",
    name: "suppression-malformed",
    severity: .error,
    summary: "A suppression names one code, and after 'until' one date.",
    rationale: """
      A word that is not understood is mostly an end date in another form, or a second code. Passed over, the one would \
      make the suppression last for ever and the other would suppress nothing.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        # nines:allow SLO301 «till 2099-03-31»: a regulator's figure, kept as given
        availability: requests >= 99.9% over 28d
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        # nines:allow SLO301 until 2099-03-31: a regulator's figure, kept as given
        availability: requests >= 100% over 28d
      """,
    source: "The practice of compilers that refuse a pragma which they do not understand."
  )
}
