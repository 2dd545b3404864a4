import Diagnostics
import PromQL
import Quantities
import SpecCatalog

struct GoodEqualsValid: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO209",
    name: "good-equals-valid",
    severity: .error,
    summary: "Some valid events are good and some are not.",
    rationale: """
      Where good and valid select the same, the share is 100% through every outage. Where none of the valid events \
      can be bad, it is too.
      """,
    flagged: """
      indicators:
        requests:
          good: «http_requests_total{job="api"}»
          valid: http_requests_total{job="api"}
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{job="api", code!~"5.."}
          valid: http_requests_total{job="api"}
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    source: "Google, The Site Reliability Workbook, chapter 2: good events divided by valid events."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.indicators.flatMap { indicator in
      CountedPair.all(of: indicator).compactMap { pair in
        let notes = [DiagnosticNote("the valid events", at: pair.validSpan)]
        if pair.isSame {
          return Finding(
            "\(pair.sideText) events of '\(indicator.name.value)' are all of its valid ones",
            at: pair.span,
            notes: notes
          )
        }
        guard pair.isDisjoint else { return nil }
        return Finding(
          "\(pair.sideText) events of '\(indicator.name.value)' are none of its valid ones",
          at: pair.span,
          notes: notes
        )
      }
    }
  }
}
