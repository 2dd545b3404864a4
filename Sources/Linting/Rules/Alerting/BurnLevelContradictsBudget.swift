import Diagnostics
import Quantities
import SpecCatalog

struct BurnLevelContradictsBudget: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO610",
    name: "burn-level-contradicts-budget",
    severity: .error,
    summary: "A level of loss that is called normal lets the budget last for its window.",
    rationale: """
      Whoever reads 'normal' does nothing. Where normal spends the budget of a month in ten days, two thirds of every \
      month are breached by a service on which nobody was meant to act.
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
          burn:
            normal: «< 10/h»
            critical: '> 20/h'
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
          burn:
            normal: < 3/h
            critical: '> 20/h'
      """,
    source: "Google, The Site Reliability Workbook, chapter 5: a burn rate of one just spends the budget of the window."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.objectives.filter { !$0.isReversed }.flatMap { objective in
      objective.burnLevels.filter { $0.name.value == "normal" }.compactMap { level in
        guard let budget = catalog.budget(of: objective, for: level) else { return nil }
        guard let highest = level.to else { return .unlimited(level) }
        return highest > budget.sustainedPerHour ? .tooFast(level, highest, budget) : nil
      }
    }
  }
}

extension Finding {
  fileprivate static func tooFast(_ level: BurnLevel, _ highest: Rational, _ budget: ObjectiveBudget) -> Finding {
    let window = budget.window.spokenText
    let time = budget.exhaustion(at: highest).durationFigureText
    return Finding(
      """
      level '\(level.name.value)' goes up to \(budget.hourlyText(of: highest)), which spends the budget of \
      \(window) (\(budget.text(of: budget.inWindow))) \
      \(time == window ? "just before they are over" : "in \(time)")
      """,
      at: level.range.span,
      notes: [
        DiagnosticNote(
          "the budget lasts for the window at up to \(budget.hourlyText(of: budget.sustainedPerHour))"
        )
      ]
    )
  }

  fileprivate static func unlimited(_ level: BurnLevel) -> Finding {
    Finding("level '\(level.name.value)' has no upper limit", at: level.range.span)
  }
}
