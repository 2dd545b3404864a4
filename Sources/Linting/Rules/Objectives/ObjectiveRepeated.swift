import Diagnostics
import Quantities
import SpecCatalog

struct ObjectiveRepeated: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO304",
    name: "objective-repeated",
    severity: .warning,
    summary: "Each objective says something that no other objective says.",
    rationale: """
      An objective that follows from another is never missed alone. It doubles alerts and dashboards, and when the \
      target changes, one of the two is forgotten.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
        success-rate: «requests >= 99% over 28d»
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
        success-rate: requests >= 99% over 7d
      """,
    source: "Google, Site Reliability Engineering, chapter 4: have as few objectives as possible."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    var groups: [Scope: [Objective]] = [:]
    for objective in catalog.objectives where objective.isMeasured && !objective.isReversed {
      groups[Scope(objective), default: []].append(objective)
    }
    return groups.values.flatMap { members in
      members.indices.compactMap { index in
        members.indices.first { members[$0].implies(members[index], isEarlier: $0 < index) && $0 != index }
          .map { Finding.repeated(members[index], members[$0], in: catalog) }
      }
    }
  }
}

/// What two objectives have in common where one may follow from the other.
private struct Scope: Hashable {
  let indicator: IndicatorID
  let window: TimeWindow
  let splitBy: [String]

  init(_ objective: Objective) {
    indicator = objective.indicator
    window = objective.window.value
    splitBy = objective.splitBy.map(\.value).sorted()
  }
}

extension Objective {
  /// Whether another of the same scope cannot be missed while this is met; of two that say the same, the later.
  fileprivate func implies(_ other: Objective, isEarlier: Bool) -> Bool {
    if case .percentile(let mine, let comparison, let bound) = measure,
      case .percentile(let theirs, let otherComparison, let otherBound) = other.measure, mine != theirs
    {
      // A higher percentile below a tighter bound is out of order, which has a code of its own.
      return mine > theirs && comparison.isUpperBound == otherComparison.isUpperBound
        && bound.value.value == otherBound.value.value
    }
    let (strictness, others) = (Strictness(self), Strictness(other))
    guard strictness.isComparable(with: others), strictness.isAtLeastAsStrict(as: others) else { return false }
    return isEarlier || strictness.isStricter(than: others)
  }
}

extension Finding {
  fileprivate static func repeated(_ weaker: Objective, _ stricter: Objective, in catalog: Catalog) -> Finding {
    let isSame =
      Strictness(weaker).isAtLeastAsStrict(as: Strictness(stricter)) && weaker.percentile == stricter.percentile
    return Finding(
      """
      '\(weaker.spokenName(in: catalog))' \(isSame ? "says the same as" : "follows from") \
      '\(stricter.spokenName(in: catalog))'
      """,
      at: weaker.expression.span,
      notes: [DiagnosticNote("'\(stricter.spokenName(in: catalog))'", at: stricter.expression.span)]
    )
  }
}
