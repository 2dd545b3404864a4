import Diagnostics
import Quantities
import SpecCatalog

struct PercentilesOutOfOrder: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO303",
    name: "percentiles-out-of-order",
    severity: .error,
    summary: "The bounds of one indicator's percentiles rise with the percentile.",
    rationale: """
      Where 95% of events have to be faster than a bound, so have 50% of them. A p50 bound above the p95 bound says \
      nothing, and mostly means that two figures were exchanged.
      """,
    flagged: """
      indicators:
        latency:
          distribution: http_request_duration_seconds
      objectives:
        typical: latency p50 < 200ms over 28d
        slow: latency p95 < «100ms» over 28d
      """,
    accepted: """
      indicators:
        latency:
          distribution: http_request_duration_seconds
      objectives:
        typical: latency p50 < 100ms over 28d
        slow: latency p95 < 200ms over 28d
      """,
    source: "The definition of a quantile, which does not fall as its rank rises."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    var groups: [Side: [BoundedPercentile]] = [:]
    for (index, objective) in catalog.objectives.enumerated() {
      guard case .percentile(let percentile, let comparison, let bound) = objective.measure else { continue }
      let side = Side(indicator: objective.indicator, isUpper: comparison.isUpperBound)
      groups[side, default: []].append(BoundedPercentile(percentile: percentile, bound: bound, index: index))
    }
    return groups.flatMap { side, members in
      side.disorder(among: members).map { higher, lower in
        Finding.outOfOrder(higher, lower, side, in: catalog)
      }
    }
  }
}

/// What is compared: percentiles of one indicator, bounded from the same side.
private struct Side: Hashable {
  let indicator: IndicatorID
  let isUpper: Bool

  /// Each percentile whose bound is stricter than one at a lower percentile, with the strictest that it contradicts.
  func disorder(among members: [BoundedPercentile]) -> [(higher: BoundedPercentile, lower: BoundedPercentile)] {
    let sorted = members.sorted { ($0.percentile, $0.index) < ($1.percentile, $1.index) }
    var loosest: BoundedPercentile?
    var candidate: BoundedPercentile?
    var found: [(BoundedPercentile, BoundedPercentile)] = []
    for member in sorted {
      // Objectives at one percentile may differ; only lower percentiles count.
      if let previous = candidate, previous.percentile < member.percentile { loosest = previous }
      if let loosest, isLooser(loosest, than: member) { found.append((member, loosest)) }
      if candidate.map({ isLooser(member, than: $0) }) ?? true { candidate = member }
    }
    return found
  }

  private func isLooser(_ first: BoundedPercentile, than second: BoundedPercentile) -> Bool {
    isUpper ? first.bound.value.value > second.bound.value.value : first.bound.value.value < second.bound.value.value
  }
}

private struct BoundedPercentile {
  let percentile: Percentile
  let bound: Located<MetricBound>
  let index: Int
}

extension Finding {
  fileprivate static func outOfOrder(
    _ higher: BoundedPercentile,
    _ lower: BoundedPercentile,
    _ side: Side,
    in catalog: Catalog
  ) -> Finding {
    Finding(
      """
      \(higher.percentile) bound '\(higher.bound.value.text)' of '\(catalog[side.indicator].name.value)' is \
      \(side.isUpper ? "below" : "above") its \(lower.percentile) bound '\(lower.bound.value.text)'
      """,
      at: higher.bound.span,
      notes: [DiagnosticNote("the \(lower.percentile) bound", at: lower.bound.span)]
    )
  }
}
