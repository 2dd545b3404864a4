import Diagnostics
import Quantities
import SpecCatalog

struct FailuresCountedAsFast: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO312",
    name: "failures-counted-as-fast",
    severity: .warning,
    summary: "A latency indicator measures what succeeded.",
    rationale: """
      An error is often the fastest answer that a service gives. Where failures are timed too, latency improves during \
      an outage, and the objective reports its best day while nothing works.
      """,
    flagged: """
      metrics:
        page_duration_seconds:
          type: histogram
          unit: seconds
          labels: { outcome: [success, error] }
      indicators:
        pages:
          distribution: «page_duration_seconds»
      objectives:
        p95: pages p95 < 300ms over 28d
      """,
    accepted: """
      metrics:
        page_duration_seconds:
          type: histogram
          unit: seconds
          labels: { outcome: [success, error] }
      indicators:
        pages:
          distribution: page_duration_seconds{outcome="success"}
      objectives:
        p95: pages p95 < 300ms over 28d
      """,
    source: "Google, Site Reliability Engineering, chapter 6: distinguish the latency of failed requests."
  )

  /// Labels by which instrumentation tells failures from successes.
  private let outcomeLabels: Set<String> = [
    "code", "status", "status_code", "outcome", "result", "success", "response_code", "grpc_code", "grpc_status",
    "http_status_code", "http_response_status_code", "rpc_grpc_status_code", "error",
  ]

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let contract = ContractIndex(catalog)
    return catalog.indicators.compactMap { indicator in
      guard let (source, metric) = contract.histogram(of: indicator), source.unit.dimension == .time else { return nil }
      let matched = Set(source.selector.value.matchers.map(\.label))
      let telling = (metric.labels ?? []).map(\.name.value).filter(outcomeLabels.contains)
      guard let label = telling.first, matched.isDisjoint(with: telling) else { return nil }
      return Finding(
        """
        '\(indicator.name.value)' times failed events too: '\(metric.name.value)' tells them by '\(label)', and \
        nothing selects by it
        """,
        at: source.selector.span
      )
    }
  }
}
