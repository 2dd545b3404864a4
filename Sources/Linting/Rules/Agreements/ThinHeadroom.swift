import Diagnostics
import Quantities
import SpecCatalog

struct ThinHeadroom: LintRule {
  private static let headroom = RuleFigure.factor(
    "headroom",
    standard: 2,
    unit: "times the budget of the objective",
    "how large the budget of a promise is at least"
  )

  let descriptor = DiagnosticDescriptor(
    code: "SLO404",
    name: "thin-headroom",
    severity: .warning,
    summary: "A promise has at least twice the budget of the objective that guards it.",
    rationale: """
      Between a missed objective and a broken promise there has to be time to act. With less than twice the budget \
      the incident that breaks the one mostly breaks the other before it is over.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      agreements:
        api:
          with: customers
          promises:
            uptime: requests >= «99.85%» over calendar month
          remedies: [{ below: 99.85%, credit: 10% }]
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      agreements:
        api:
          with: customers
          promises:
            uptime: requests >= 99.8% over calendar month
          remedies: [{ below: 99.8%, credit: 10% }]
      """,
    source: "Google, Site Reliability Engineering, chapter 4: keep a safety margin.",
    options: [headroom.option]
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let objectives = ObjectiveIndex(catalog)
    let headroom = Self.headroom.value(of: descriptor, in: catalog)
    return catalog.agreements.flatMap(\.promises).compactMap { promise in
      switch promise.measure {
      case .share, .value: break
      case .percentile, .attested: return nil
      }
      let promised = promise.target.value.errorBudget.share.fraction
      // A promise that is no looser at all has a code of its own.
      let guards = objectives.guards(of: promise).filter { Strictness($0).isStricter(than: Strictness(promise)) }
      let budgets = guards.map { ($0, $0.target.value.errorBudget.share.fraction) }.filter { $0.1 < promised }
      guard let (objective, budget) = budgets.min(by: { $0.1 < $1.1 }), promised < budget * headroom else { return nil }
      return Finding(
        """
        promise '\(promise.name.value)' has \((promised / budget).figureText) times the budget of \
        '\(objective.name.value)': \(promised.percentFigureText) and \(budget.percentFigureText)
        """,
        at: promise.target.span,
        notes: [DiagnosticNote("the objective", at: objective.expression.span)]
      )
    }
  }
}
