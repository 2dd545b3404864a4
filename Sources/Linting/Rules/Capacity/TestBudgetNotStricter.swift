import Diagnostics
import Quantities
import SpecCatalog

struct TestBudgetNotStricter: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO802",
    name: "test-budget-not-stricter",
    severity: .error,
    summary: "A test is stricter than the objective that it protects.",
    rationale: """
      A test runs on quiet machines and small data. Where it passes at the bound of the objective, production is \
      already beyond it when the test first fails.
      """,
    flagged: """
      indicators:
        commands:
          distribution: command_duration_seconds
      objectives:
        p95: commands p95 < 150ms over 28d
      practices:
        tests:
          perf-smoke: p95(commands) < «200ms» in ci
      """,
    accepted: """
      indicators:
        commands:
          distribution: command_duration_seconds
      objectives:
        p95: commands p95 < 150ms over 28d
      practices:
        tests:
          perf-smoke: p95(commands) < 120ms in ci
      """,
    source: "Google, Site Reliability Engineering, chapter 17, on testing for reliability before release."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let objectives = ObjectiveIndex(catalog)
    return catalog.practices.flatMap(\.tests).compactMap { test in
      guard let budget = test.budget else { return nil }
      let isUpper = budget.comparison.isUpperBound
      let guarded = objectives[budget.indicator].first { objective in
        guard case .percentile(let percentile, let comparison, let bound) = objective.measure,
          percentile == budget.percentile, comparison.isUpperBound == isUpper
        else { return false }
        let (tested, kept) = (budget.bound.value.value, bound.value.value)
        return isUpper ? tested >= kept : tested <= kept
      }
      guard let guarded, let bound = guarded.bound else { return nil }
      return Finding(
        """
        test '\(test.name.value)' passes up to '\(budget.bound.value.text)', not stricter than the \
        '\(bound.value.text)' of '\(guarded.spokenName(in: catalog))'
        """,
        at: budget.bound.span,
        notes: [DiagnosticNote("the objective", at: guarded.expression.span)]
      )
    }
  }
}
