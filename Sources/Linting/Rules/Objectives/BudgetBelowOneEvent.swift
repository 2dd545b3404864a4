import Diagnostics
import Quantities
import SpecCatalog

struct BudgetBelowOneEvent: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO308",
    name: "budget-below-one-event",
    severity: .error,
    summary: "The budget of a window holds at least one failure.",
    rationale: """
      Where the traffic of a window times the budget is less than one event, the first failure breaks the objective, \
      whatever its target says. It is a target of 100% that does not look like one.
      """,
    flagged: """
      indicators:
        reports:
          good: reports_total{outcome="success"}
          valid: reports_total
      objectives:
        success-rate:
          objective: reports >= «99.99%» over 28d
          traffic: 50 per day
      """,
    accepted: """
      indicators:
        reports:
          good: reports_total{outcome="success"}
          valid: reports_total
      objectives:
        success-rate:
          objective: reports >= 99% over 28d
          traffic: 50 per day
      """,
    source: "Google, The Site Reliability Workbook, chapter 5, on low-traffic services."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.objectives.compactMap { objective in
      let budget = objective.target.value.errorBudget
      guard !budget.isEmpty, let judged = catalog.judged(by: objective), budget.events(of: judged.count) < .one else {
        return nil
      }
      return Finding(
        """
        budget of '\(objective.name.value)' is \(budget.events(of: judged.count).figureText) of \
        \(judged.count.figureText) \(judged.noun) in \(objective.window.value.spokenText): the first failure breaks it
        """,
        at: objective.target.span,
        notes: catalog.notesOnTraffic(of: objective)
      )
    }
  }
}
