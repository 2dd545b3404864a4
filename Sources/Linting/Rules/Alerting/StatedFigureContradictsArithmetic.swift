import Diagnostics
import Quantities
import SpecCatalog

struct StatedFigureContradictsArithmetic: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO611",
    name: "stated-figure-contradicts-arithmetic",
    severity: .error,
    summary: "A figure that is written beside an objective follows from the objective.",
    rationale: """
      People plan by the figures in the text: so many failures a day, so many hours until the budget is gone. A figure \
      that does not follow sends them to bed early or wakes them for nothing.
      """,
    flagged: """
      indicators:
        songs:
          good: songs_total{outcome="success"}
          valid: songs_total
      objectives:
        success-rate:
          objective: songs >= 99.5% over 30d
          traffic: 500_000 per month
          budget: { per-month: 2_500, per-day: «~100» }
          burn:
            critical: { when: '> 20/h', exhausts: «< 5d», failure-ratio: «2.4%» }
      """,
    accepted: """
      indicators:
        songs:
          good: songs_total{outcome="success"}
          valid: songs_total
      objectives:
        success-rate:
          objective: songs >= 99.5% over 30d
          traffic: 500_000 per month
          budget: { per-month: 2_500, per-day: ~83 }
          burn:
            critical: { when: '> 20/h', exhausts: < 6d, failure-ratio: 2.88% }
      """,
    source: "Google, The Site Reliability Workbook, chapter 2, on error budgets, and chapter 5, on burn rates."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let stated = catalog.objectives.filter { !$0.isReversed }.flatMap { objective in
      objective.budgetFigures.compactMap { contradiction(of: $0, objective, catalog) }
        + objective.burnLevels.flatMap { level in
          BurnLevelClaims(level, budget: catalog.budget(of: objective, for: level)).contradictions
        }
    }
    return stated + catalog.workedExamples.flatMap(WorkedExampleClaims.contradictions)
  }

  private func contradiction(of stated: BudgetFigure, _ objective: Objective, _ catalog: Catalog) -> Finding? {
    let figure = stated.figure.value
    guard let actual = BudgetFigureTruth(stated, of: objective, in: catalog),
      !StatedPrecision(figure).accepts(figure.value, for: actual.value)
    else { return nil }
    return Finding("stated '\(figure.text)'\(actual.spokenSpan) is \(actual.text)", at: stated.figure.span)
  }
}

/// What a budget figure should have been, and how it follows.
private struct BudgetFigureTruth {
  let value: Rational
  let text: String
  /// ` per month`, or nothing for a share.
  let spokenSpan: String

  /// Nil where it takes traffic that nobody stated.
  init?(_ stated: BudgetFigure, of objective: Objective, in catalog: Catalog) {
    let share = objective.target.value.errorBudget.share
    let budget: ObjectiveBudget?
    switch stated.unit {
    case .share:
      value = share.fraction
      text = "\(share): all but the target of \(objective.target.value)"
      spokenSpan = ""
      return
    case .events: budget = ObjectiveBudget(eventsOf: objective, in: catalog)
    case .seconds: budget = ObjectiveBudget(secondsOf: objective)
    }
    guard let budget else { return nil }
    let window = budget.window.nominalLength
    let (span, spoken, length) =
      switch stated.span {
      case .share, .window: (window, " per window", budget.window.spokenText)
      case .month: (TimeSpan.days(30), " per month", "30 days")
      case .week: (TimeSpan.days(7), " per week", "7 days")
      case .day: (TimeSpan.days(1), " per day", "a day")
      case .hour: (TimeSpan.hours(1), " per hour", "an hour")
      }
    value = budget.loss(in: span)
    spokenSpan = spoken
    let of =
      switch budget.unit {
      case .events: "\(share) of \(budget.total(in: span).figureText) events in \(length)"
      case .seconds: "\(share) of \(length)"
      }
    // Whoever reads a figure for longer than the window takes it for the budget that the objective has.
    let beyond = span > window ? "; the window of \(budget.window) has \(budget.text(of: budget.inWindow))" : ""
    text = "\(budget.text(of: value)): \(of)\(beyond)"
  }
}
