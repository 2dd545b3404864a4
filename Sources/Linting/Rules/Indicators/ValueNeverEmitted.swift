import Diagnostics
import PromQL
import Quantities
import SpecCatalog

struct ValueNeverEmitted: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO207",
    name: "value-never-emitted",
    severity: .error,
    fix: .unsafe,
    summary: "A matcher asks for a value that the label can have.",
    rationale: """
      'outcome="sucess"' selects nothing, for ever and without an error. Good events are none then, and the objective \
      pages as soon as it is deployed; with bad events it never does.
      """,
    flagged: """
      metrics:
        jobs_total:
          type: counter
          labels: { outcome: [success, error] }
      indicators:
        jobs:
          good: jobs_total{«outcome="sucess"»}
          valid: jobs_total
      objectives:
        success-rate: jobs >= 99% over 28d
      """,
    accepted: """
      metrics:
        jobs_total:
          type: counter
          labels: { outcome: [success, error] }
      indicators:
        jobs:
          good: jobs_total{outcome="success"}
          valid: jobs_total
      objectives:
        success-rate: jobs >= 99% over 28d
      """,
    source: "Prometheus documentation, Querying basics: a selector that matches nothing yields an empty result."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let contract = ContractIndex(catalog)
    return SelectorSite.all(in: catalog).flatMap { site -> [Finding] in
      guard let metric = contract.metric(of: site) else { return [] }
      return site.selector.matchers.compactMap { matcher in
        guard let values = metric.labels?.first(where: { $0.name.value == matcher.label })?.values,
          matcher.missesAll(of: values.map(\.value))
        else { return nil }
        return Finding(
          "label '\(matcher.label)' of '\(metric.name.value)' never has the value '\(matcher.value)'",
          at: site.span(of: matcher),
          notes: [DiagnosticNote("the declared values", at: metric.name.span)],
          fix: fix(of: matcher, at: site, among: values.map(\.value))
        )
      }
    }
  }

  private func fix(of matcher: LabelMatcher, at site: SelectorSite, among values: [String]) -> DiagnosticFix? {
    if let nearest = nearestSpelling(to: matcher.value, among: values) {
      return DiagnosticFix(
        "'\(nearest)' is declared",
        edits: site.valueSpan(of: matcher).map { [TextEdit(replacing: $0, with: nearest)] } ?? [],
        safety: .unsafe
      )
    }
    if matcher.isPatternInPlainWords(of: values) {
      let sign = matcher.operation == .equal ? "=~" : "!~"
      return DiagnosticFix("compare with a pattern by '\(sign)'", safety: .unsafe)
    }
    return values.isEmpty ? nil : DiagnosticFix("its values are \(values.quotedList)", safety: .unsafe)
  }
}

extension LabelMatcher {
  /// `outcome="done|rejected"`, where `=~` is meant.
  fileprivate func isPatternInPlainWords(of values: [String]) -> Bool {
    switch operation {
    case .equal, .notEqual: value.split(separator: "|").contains { values.contains(String($0)) }
    case .matches, .doesNotMatch: false
    }
  }

  /// Whether what the matcher names is none of the values; an empty value stands for the label's absence.
  fileprivate func missesAll(of values: [String]) -> Bool {
    guard !value.isEmpty else { return false }
    switch operation {
    case .equal, .notEqual: return !values.contains(value)
    case .matches: return values.allSatisfy { accepts($0) == .no }
    // A pattern that excludes more than there is does no harm.
    case .doesNotMatch: return false
    }
  }
}
