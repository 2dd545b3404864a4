import Diagnostics
import PromQL
import Quantities
import SpecCatalog

struct GoodOutsideValid: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO208",
    name: "good-outside-valid",
    severity: .error,
    summary: "Every good or bad event is one of the valid ones.",
    rationale: """
      A share whose numerator counts events that its denominator does not can rise above 100%, and each such event \
      hides a failure.
      """,
    flagged: """
      indicators:
        requests:
          good: «http_requests_total{code!~"5.."}»
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
      CountedPair.all(of: indicator).filter { !$0.isDisjoint }.compactMap { pair in
        let notes = [DiagnosticNote("the valid events", at: pair.validSpan)]
        if pair.isOutside {
          let missing = pair.missingMatcher
          return Finding(
            """
            '\(indicator.name.value)' counts \(pair.sideText) events that its valid ones do not contain\
            \(missing.map { ", for want of '\($0)'" } ?? "")
            """,
            at: pair.span,
            notes: notes,
            fix: missing.map {
              DiagnosticFix("ask for '\($0)' here too, or leave it out of the valid events", safety: .unsafe)
            }
          )
        }
        guard let label = pair.openLabels.first else { return nil }
        return Finding(
          """
          '\(indicator.name.value)' counts \(pair.sideText) events with any '\(label)', of which its valid ones leave \
          some out
          """,
          at: pair.span,
          notes: notes,
          severity: .info
        )
      }
    }
  }
}
