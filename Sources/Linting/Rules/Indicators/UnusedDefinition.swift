import Diagnostics
import Quantities
import SpecCatalog

struct UnusedDefinition: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO115",
    name: "unused-definition",
    severity: .warning,
    fix: .unsafe,
    summary: "What is defined is used.",
    rationale: """
      A definition that nothing uses looks like protection: an indicator that no objective bounds, a policy that rules \
      nothing, a channel that no alert reaches. Mostly somebody meant to use it.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
        «latency»:
          distribution: http_request_duration_seconds
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
        latency:
          distribution: http_request_duration_seconds
      objectives:
        availability: requests >= 99.9% over 28d
        p95: latency p95 < 300ms over 28d
      """,
    source: "The practice of compilers that report unused declarations."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let used = CatalogUses(catalog)
    let indicators = catalog.indicators.indices.filter { !used.indicators.contains(IndicatorID($0)) }.map {
      Finding.unused("indicator", catalog.indicators[$0].name, catalog.indicators[$0].span)
    }
    // Where objectives name no policy, that is what is wrong, and it is said of them.
    let lacking = Set(catalog.objectives.filter { $0.policy == .absent && $0.isMeasured }.map(\.service))
    let policies = catalog.policies.indices.filter {
      !used.policies.contains(PolicyID($0)) && !lacking.contains(catalog.policies[$0].service)
    }.map {
      Finding.unused("policy", catalog.policies[$0].name, catalog.policies[$0].span)
    }
    let channels = catalog.channels.indices.filter { !used.channels.contains(ChannelID($0)) }.map {
      Finding.unused("channel", catalog.channels[$0].name, catalog.channels[$0].span)
    }
    // People use severities too, and a contract may list whatever a service exports.
    let severities = catalog.severities.indices.filter { !used.severities.contains(SeverityID($0)) }.map {
      Finding.unused("severity", catalog.severities[$0].name, catalog.severities[$0].span, severity: .info)
    }
    let metrics = catalog.metrics.filter { !used.metrics.contains($0.name.value) }.map {
      Finding.unused("metric", $0.name, $0.span, severity: .info)
    }
    return (indicators + policies + channels + severities + metrics).map { finding, name in
      var finding = finding
      finding.isDoubtful = catalog.doubtfulWords.contains(name)
      return finding
    }
  }
}

extension Finding {
  fileprivate static func unused(
    _ noun: String,
    _ name: Located<String>,
    _ definition: SourceSpan,
    severity: Severity? = nil
  ) -> (Finding, String) {
    let finding = Finding(
      "\(noun) '\(name.value)' is used by nothing",
      at: name.span,
      fix: DiagnosticFix("remove it, or use it", edits: [TextEdit(removing: definition)], safety: .unsafe),
      severity: severity
    )
    return (finding, name.value)
  }
}
