import Diagnostics
import Quantities
import SpecCatalog

struct ReviewOverdue: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO702",
    name: "review-overdue",
    severity: .warning,
    summary: "Reviews are held as often as the spec says.",
    rationale: """
      Targets age: users expect more, traffic grows, a dependency changes. A review that was not held leaves targets \
      that nobody would choose today, with the authority of those who chose them.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      reviews:
        targets: { every: quarter, last: «2020-01-15», by: team }
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      reviews:
        targets: { every: quarter, last: 2099-01-15, by: team }
      """,
    source: "Google, The Site Reliability Workbook, chapter 2, on continuous improvement of targets."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.reviews.compactMap { review in
      guard let last = review.last else { return nil }
      let due = last.value.adding(days: review.days)
      guard due < today else { return nil }
      return Finding(
        "review '\(review.name.value)' of \(last.value) was due again on \(due), every \(review.cadence)",
        at: last.span
      )
    }
  }
}

extension Review {
  /// Until the next one is due; a month is as long as the longest, so that none is overdue by the calendar alone.
  fileprivate var days: Int {
    let period = CalendarPeriod(rawValue: cadence)
    return ((period?.longestLength ?? every) / .days(1)).ceiling
  }
}
