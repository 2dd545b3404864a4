import Diagnostics
import Quantities
import SpecCatalog

struct AttestationLapsed: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO704",
    name: "attestation-lapsed",
    severity: .error,
    summary: "A statement that stands in for a measurement is in date.",
    rationale: """
      An attested objective is met because somebody looked and said so. Past the date on which that was to be repeated, \
      nobody has looked, and the objective is green out of habit.
      """,
    flagged: """
      indicators:
        privacy:
          attested:
            statement: no personal data leaves the region
            by: security
            on: «2020-09-15»
            renew: 365d
      objectives:
        privacy: privacy attested
      """,
    accepted: """
      indicators:
        privacy:
          attested:
            statement: no personal data leaves the region
            by: security
            on: 2099-09-15
            renew: 365d
      objectives:
        privacy: privacy attested
      """,
    source: "The practice of audits, whose reports are valid for a period."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.indicators.compactMap { indicator in
      guard case .attested(let attestation) = indicator.kind, attestation.lapses <= today else { return nil }
      return Finding(
        """
        attestation '\(indicator.name.value)' of \(attestation.on.value) lapsed on \(attestation.lapses), for \
        '\(attestation.by.value)' to renew
        """,
        at: attestation.on.span
      )
    }
  }
}
