import Diagnostics
import PromQL
import Quantities
import SpecCatalog

struct CounterUsedAsGauge: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO204",
    name: "counter-used-as-gauge",
    severity: .error,
    fix: .unsafe,
    summary: "A metric is read as what it is: rates of counters, values of gauges, shares of histograms.",
    rationale: """
      A counter only grows until its process restarts, so its value says how long that was ago. The rate of a gauge \
      takes every fall for a restart. Both give numbers, and neither means anything.
      """,
    flagged: """
      metrics:
        http_errors_total:
          type: counter
      indicators:
        uptime:
          down-when:
            - sum(«http_errors_total») > 100
      objectives:
        uptime: uptime >= 99.9% over 28d
      """,
    accepted: """
      metrics:
        http_errors_total:
          type: counter
      indicators:
        uptime:
          down-when:
            - sum(rate(http_errors_total[5m])) > 100
      objectives:
        uptime: uptime >= 99.9% over 28d
      """,
    source: "Prometheus documentation, Metric types."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let contract = ContractIndex(catalog)
    return SelectorSite.all(in: catalog).compactMap { site in
      if let histogram = site.histogramOfSeries {
        return Finding(
          "'\(site.selector.metricName ?? "")' is one series of the histogram '\(histogram)', and has no distribution",
          at: site.span,
          fix: DiagnosticFix("name the histogram, '\(histogram)'", safety: .unsafe)
        )
      }
      guard let metric = contract.metric(of: site), let wrong = misuse(of: metric, at: site) else { return nil }
      return Finding(
        "'\(metric.name.value)' is a \(metric.kind.value.text), and \(wrong)",
        at: site.span,
        notes: [DiagnosticNote("its declaration", at: metric.kind.span)],
        fix: fix(for: metric, at: site)
      )
    }
  }

  /// The rate of a counter, or the count of a histogram's events.
  private func fix(for metric: Metric, at site: SelectorSite) -> DiagnosticFix? {
    let end = SourceSpan(file: site.span.file, start: Int(site.span.end), end: Int(site.span.end))
    switch (site.role, metric.kind.value) {
    case (.expression(nil, isRange: false), .counter):
      guard site.selector.offset == .zero, site.selector.at == nil else { return nil }
      return DiagnosticFix(
        "read it as a rate",
        edits: [
          TextEdit(inserting: "rate(", before: site.span), TextEdit(replacing: end, with: "[\(site.usualRange)])"),
        ],
        safety: .unsafe
      )
    case (.counter, .histogram):
      return site.nameSpan.map { name in
        DiagnosticFix(
          "count its events",
          edits: [TextEdit(replacing: name, with: "\(metric.name.value)_count")],
          safety: .unsafe
        )
      }
    case (.counter, _), (.gauge, _), (.histogram, _), (.expression, _): return nil
    }
  }

  private func misuse(of metric: Metric, at site: SelectorSite) -> String? {
    let isSeries = site.selector.metricName != metric.name.value
    switch (site.role, metric.kind.value) {
    case (.counter, .gauge): return "is counted here"
    case (.counter, .histogram):
      guard isSeries else { return "is counted here: its '_count' or '_bucket' can be" }
      return site.countsEveryBucket ? "'_bucket' without 'le' counts an event once for each bucket above it" : nil
    case (.gauge, .counter): return "its value says only how long it has been running"
    case (.gauge, .histogram), (.gauge, .nativeHistogram): return isSeries ? nil : "has no single value"
    case (.histogram, .counter), (.histogram, .gauge): return "has no distribution"
    case (.expression(let function, let isRange), let kind):
      if site.lacksWindow, !isRange { return nil }
      return misuse(function, isRange: isRange, kind)
    case (.counter, .counter), (.counter, .nativeHistogram), (.gauge, .gauge), (.histogram, .histogram),
      (.histogram, .nativeHistogram):
      return nil
    }
  }

  private func misuse(_ function: PromQLFunction?, isRange: Bool, _ kind: Metric.Kind) -> String? {
    switch kind {
    case .counter:
      return !isRange && function == nil ? "its value is read without 'rate' or 'increase'" : nil
    case .gauge:
      let isRate = function == .rate || function == .irate || function == .increase
      return isRate ? "'\(function?.rawValue ?? "")' takes each fall of it for a restart" : nil
    case .histogram, .nativeHistogram: return nil
    }
  }
}

extension SelectorSite {
  /// Whether it adds up all buckets of a histogram, each of which holds those below it.
  fileprivate var countsEveryBucket: Bool {
    selector.metricName?.hasSuffix("_bucket") == true && !selector.matchers.contains { $0.label == "le" }
  }

  /// The histogram whose buckets, count or sum stand where the histogram itself is meant.
  fileprivate var histogramOfSeries: String? {
    guard case .histogram = role, let name = selector.metricName,
      let suffix = ["_bucket", "_count", "_sum"].first(where: name.hasSuffix)
    else { return nil }
    return String(name.dropLast(suffix.utf8.count))
  }
}

extension Metric.Kind {
  fileprivate var text: String {
    switch self {
    case .counter, .gauge, .histogram: rawValue
    case .nativeHistogram: "native histogram"
    }
  }
}
