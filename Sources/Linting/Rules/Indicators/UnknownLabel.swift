import Diagnostics
import PromQL
import Quantities
import SpecCatalog

struct UnknownLabel: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO206",
    name: "unknown-label",
    severity: .error,
    fix: .unsafe,
    summary: "Matchers and splits use labels that the metric has.",
    rationale: """
      A label that is not there is an empty one. A matcher on it lets everything through or nothing, and either way \
      the share is 100% or has no events.
      """,
    flagged: """
      metrics:
        http_requests_total:
          type: counter
          labels: { code: any }
      indicators:
        requests:
          good: http_requests_total{«cod!~"5.."»}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    accepted: """
      metrics:
        http_requests_total:
          type: counter
          labels: { code: any }
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    source: "Prometheus documentation, Querying basics: matchers on labels that are not there match the empty value."
  )

  /// Labels that a scrape or its relabelling adds to every metric.
  private let targetLabels: Set<String> = [
    "__name__", "job", "instance", "le", "quantile", "namespace", "pod", "container", "node", "cluster", "service",
    "endpoint", "region", "zone", "environment", "env",
  ]

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let contract = ContractIndex(catalog)
    let matched = SelectorSite.all(in: catalog).flatMap { site -> [Finding] in
      guard let metric = contract.metric(of: site), let labels = metric.labels else { return [] }
      let known = labels.map(\.name.value)
      return site.selector.matchers.filter { !known.contains($0.label) && !targetLabels.contains($0.label) }.map {
        Finding.unknown($0.label, metric, among: known, at: site.span(of: $0), label: site.labelSpan(of: $0))
      }
    }
    return matched + catalog.objectives.flatMap { splits(of: $0, contract, catalog) }
  }

  private func splits(of objective: Objective, _ contract: ContractIndex, _ catalog: Catalog) -> [Finding] {
    guard !objective.splitBy.isEmpty else { return [] }
    let metrics = SelectorSite.sites(in: catalog[objective.indicator]).compactMap(contract.metric)
    return objective.splitBy.compactMap { label in
      guard !targetLabels.contains(label.value) else { return nil }
      for metric in metrics {
        guard let labels = metric.labels, !labels.contains(where: { $0.name.value == label.value }) else { continue }
        return Finding.unknown(label.value, metric, among: labels.map(\.name.value), at: label.span, label: label.span)
      }
      return nil
    }
  }
}

extension Finding {
  fileprivate static func unknown(
    _ label: String,
    _ metric: Metric,
    among known: [String],
    at span: SourceSpan,
    label labelSpan: SourceSpan?
  ) -> Finding {
    Finding(
      "'\(metric.name.value)' has no label '\(label)'",
      at: span,
      notes: [DiagnosticNote("its declaration", at: metric.name.span)],
      fix: nearestSpelling(to: label, among: known).map { nearest in
        DiagnosticFix(
          "'\(nearest)' is declared",
          edits: labelSpan.map { [TextEdit(replacing: $0, with: nearest)] } ?? [],
          safety: .unsafe
        )
      } ?? (known.isEmpty ? nil : DiagnosticFix("its labels are \(known.quotedList)", safety: .unsafe))
    )
  }
}
