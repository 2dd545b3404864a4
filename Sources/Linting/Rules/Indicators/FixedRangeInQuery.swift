import Diagnostics
import PromQL
import Quantities
import SpecCatalog

struct FixedRangeInQuery: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO210",
    name: "fixed-range-in-query",
    severity: .error,
    isConfigurable: false,
    fix: .safe,
    summary: "A query of an indicator reads over '$window'.",
    rationale: """
      The same query serves five minutes for an alert and thirty days for the budget. With a range of its own it gives \
      the same answer for both, and one of them is wrong.
      """,
    flagged: """
      indicators:
        messages:
          bad: { promql: 'sum(increase(queue_expired_total[«5m»]))' }
          valid: { promql: 'sum(increase(queue_messages_total[$window]))' }
      objectives:
        freshness: messages < 1% over 28d
      """,
    accepted: """
      indicators:
        messages:
          bad: { promql: 'sum(increase(queue_expired_total[$window]))' }
          valid: { promql: 'sum(increase(queue_messages_total[$window]))' }
      objectives:
        freshness: messages < 1% over 28d
      """,
    source: "nines documentation, indicators: a query over '$window'."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.indicators.flatMap { indicator -> [Finding] in
      guard case .ratio(let source) = indicator.kind else { return [] }
      return (source.numerator + source.valid).flatMap { query -> [Finding] in
        switch query {
        case .counter: []
        case .template(let template): fixedRanges(in: template)
        }
      }
    }
  }

  private func fixedRanges(in template: SourcedQuery<PromQLExpression>) -> [Finding] {
    let fixed = template.value.selectorUses.filter { use in
      guard case .fixed = use.range else { return false }
      return !use.subqueryRanges.contains(.window)
    }
    if fixed.isEmpty, !template.value.placeholders.contains("window") {
      return [Finding("the query does not read over '$window'", at: template.span)]
    }
    return fixed.map { use in
      let span = template.span(of: use.rangePlace)
      return Finding(
        "a fixed range stands where '$window' is expected",
        at: span,
        fix: DiagnosticFix("use '$window'", edits: [TextEdit(replacing: span, with: "$window")])
      )
    }
  }
}
