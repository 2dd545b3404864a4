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
    let others = template.value.placeholders.subtracting(["window"]).sorted()
    if !others.isEmpty { return others.map { unknownPlaceholder($0, in: template) } }
    let fixed = template.value.selectorUses.filter { use in
      guard case .fixed = use.range else { return false }
      return !use.subqueryRanges.contains(.window)
    }
    if fixed.isEmpty, !template.value.placeholders.contains("window") { return [withoutWindow(template)] }
    return fixed.map { use in
      let span = template.span(of: use.rangePlace)
      return Finding(
        "a fixed range stands where '$window' is expected",
        at: span,
        fix: DiagnosticFix("use '$window'", edits: [TextEdit(replacing: span, with: "$window")])
      )
    }
  }

  private func unknownPlaceholder(_ name: String, in template: SourcedQuery<PromQLExpression>) -> Finding {
    let span = template.span(ofText: "$\(name)")
    return Finding(
      "there is no '$\(name)', only '$window'",
      at: span ?? template.span,
      fix: DiagnosticFix("use '$window'", edits: span.map { [TextEdit(replacing: $0, with: "$window")] } ?? [])
    )
  }

  private func withoutWindow(_ template: SourcedQuery<PromQLExpression>) -> Finding {
    let bare = template.value.selectorUses.filter { $0.range == nil && $0.selector.offset == .zero }
    guard bare.count == 1, let use = bare.first, use.selector.at == nil else {
      return Finding(
        "the query does not read over '$window'",
        at: template.span,
        fix: DiagnosticFix("read it over the window, as in 'increase(…[$window])'", safety: .unsafe)
      )
    }
    let span = template.span(of: use.selector.place)
    let end = SourceSpan(file: span.file, start: Int(span.end), end: Int(span.end))
    return Finding(
      "the query does not read over '$window'",
      at: template.span,
      fix: DiagnosticFix(
        "count what is added in the window",
        edits: [TextEdit(inserting: "increase(", before: span), TextEdit(replacing: end, with: "[$window])")],
        safety: .unsafe
      )
    )
  }
}

extension SourcedQuery {
  /// Where a text first stands in the query.
  fileprivate func span(ofText words: String) -> SourceSpan? {
    guard let bytes = text.map({ Array($0.utf8) }) else { return nil }
    let wanted = Array(words.utf8)
    let starts = 0..<max(0, bytes.count - wanted.count + 1)
    return starts.first { bytes[$0...].starts(with: wanted) }.map {
      span(of: SourcePlace(bytes: $0..<$0 + wanted.count))
    }
  }
}
