import Diagnostics
import PromQL
import Quantities
import SpecCatalog

struct PercentileDuplicatedByTarget: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO315",
    name: "percentile-duplicated-by-target",
    severity: .info,
    summary: "A bound on a percentile and a ratio of events below the bound are one objective.",
    rationale: """
      'p99 < 1s' and '99% of events within 1s' are the same statement. Written twice it alerts twice, and the two \
      drift apart when one of them is changed.
      """,
    flagged: """
      indicators:
        pages:
          distribution: page_duration_seconds
        fast-pages:
          good: page_duration_seconds_bucket{le="1.0"}
          valid: page_duration_seconds_count
      objectives:
        p99: pages p99 <= 1s over 28d
        fast: «fast-pages >= 99% over 28d»
      """,
    accepted: """
      indicators:
        pages:
          distribution: page_duration_seconds
      objectives:
        p99: pages p99 <= 1s over 28d
      """,
    source: "Google, The Site Reliability Workbook, chapter 2, on expressing latency as a ratio of good events."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    var percentiles: [BucketShare: Objective] = [:]
    for objective in catalog.objectives {
      guard let share = BucketShare(percentile: objective, catalog[objective.indicator]) else { continue }
      percentiles[share] = percentiles[share] ?? objective
    }
    return catalog.objectives.compactMap { objective in
      guard let share = BucketShare(ratio: objective, catalog[objective.indicator]), let other = percentiles[share]
      else { return nil }
      return Finding(
        "'\(objective.name.value)' says the same as '\(other.name.value)'",
        at: objective.expression.span,
        notes: [DiagnosticNote("'\(other.name.value)'", at: other.expression.span)]
      )
    }
  }
}

/// A share of the events of a histogram below one of its bounds.
private struct BucketShare: Hashable {
  let histogram: String
  let bound: Rational
  let target: Ratio

  init?(percentile objective: Objective, _ indicator: Indicator) {
    guard case .percentile(let percentile, let comparison, let bound) = objective.measure, comparison.isUpperBound,
      case .distribution(let source) = indicator.kind, let name = source.selector.value.metricName
    else { return nil }
    histogram = name
    self.bound = bound.value.value
    target = percentile.share
  }

  init?(ratio objective: Objective, _ indicator: Indicator) {
    guard case .ratio(let source) = indicator.kind, case .good = source.side, source.numerator.count == 1,
      case .counter(let selector) = source.numerator[0], let name = selector.value.metricName,
      name.hasSuffix("_bucket"),
      let matcher = selector.value.matchers.first(where: { $0.label == "le" && $0.operation == .equal }),
      let number = Double(matcher.value), let bound = Rational(number)
    else { return nil }
    histogram = String(name.dropLast("_bucket".count))
    self.bound = bound
    target = objective.target.value.ratio
  }
}
