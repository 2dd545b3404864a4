import Diagnostics
import Quantities
import SpecCatalog

struct ImpossibleFreeze: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO513",
    name: "impossible-freeze",
    severity: .error,
    summary: "A freeze begins, and ends.",
    rationale: """
      A freeze that ends before it begins holds nothing back, and one that recurs before it is over never lets anything \
      out. Either is found out on the day that it was meant for.
      """,
    flagged: """
      freezes:
        - reason: nobody is on call
          days:
            - { from: 2099-12-24, through: «2099-01-02» }
      """,
    accepted: """
      freezes:
        - reason: nobody is on call
          days:
            - { from: 2099-12-24, through: 2100-01-02 }
      """,
    source: "The practice of change freezes in change management."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.freezes.flatMap { freeze -> [Finding] in
      if freeze.days.isEmpty, freeze.windows.isEmpty {
        return [Finding("the freeze has neither 'days' nor 'windows', so it is never in force", at: freeze.reason.span)]
      }
      let days = freeze.days.filter { $0.through.value < $0.from.value }.map {
        Finding("the last day, \($0.through.value), is before the first, \($0.from.value)", at: $0.through.span)
      }
      return days + freeze.windows.compactMap(endless)
    }
  }

  private func endless(_ window: Located<RecurringWindow>) -> Finding? {
    let (duration, limit, word) =
      switch window.value {
      case .once: (TimeSpan.zero, TimeSpan.days(1), "")
      case .weekly(_, _, let duration, _): (duration, TimeSpan.days(7), "week")
      case .daily(_, let duration, _): (duration, TimeSpan.days(1), "day")
      }
    guard duration >= limit else { return nil }
    return Finding(
      "the window lasts \(duration) and begins again every \(word), so the freeze never ends",
      at: window.span
    )
  }
}
