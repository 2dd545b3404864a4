import Diagnostics
import Quantities
import SpecCatalog

struct UnitContradictsName: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO211",
    name: "unit-contradicts-name",
    severity: .warning,
    fix: .unsafe,
    summary: "The unit of a metric is the one that its name says.",
    rationale: """
      Bounds are converted into the declared unit. Where the name says seconds and the contract milliseconds, one of \
      them is wrong, and a bound is a thousand times too high or too low.
      """,
    flagged: """
      metrics:
        page_duration_seconds:
          type: histogram
          unit: «milliseconds»
      indicators:
        pages:
          distribution: page_duration_seconds
      objectives:
        p95: pages p95 < 300ms over 28d
      """,
    accepted: """
      metrics:
        page_duration_seconds:
          type: histogram
          unit: seconds
      indicators:
        pages:
          distribution: page_duration_seconds
      objectives:
        p95: pages p95 < 300ms over 28d
      """,
    source: "Prometheus documentation, Metric and label naming: a name ends in the unit."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.metrics.compactMap { metric in
      guard let unit = metric.unit, let word = MetricName(metric.name.value).unitWord,
        let named = MetricName.unit(of: word), let declared = MetricName.unit(of: unit.value),
        named.dimension != declared.dimension || named.scale != declared.scale
      else { return nil }
      return Finding(
        "'\(metric.name.value)' is declared in '\(unit.value)' and named in '\(word)'",
        at: unit.span,
        fix: DiagnosticFix(
          "declare '\(word)'",
          edits: [TextEdit(replacing: unit.span, with: word)],
          safety: .unsafe
        )
      )
    }
  }
}
