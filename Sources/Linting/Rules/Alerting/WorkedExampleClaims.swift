import Diagnostics
import Quantities
import SpecCatalog

/// What a worked example claims, held against its own numbers; part of SLO611.
enum WorkedExampleClaims {
  static func contradictions(in example: WorkedExample) -> [Finding] {
    let events = example.events.value
    let share = example.target.value.errorBudget.share
    let budget = events * share.fraction
    var found: [Finding] = []
    if let claim = example.budget, isWrong(claim, budget) {
      found.append(
        Finding(
          "budget '\(claim.value.text)' is \(budget.figureText): \(share) of \(events.figureText) events",
          at: claim.span
        )
      )
    }
    guard let failures = example.failures else { return found }
    if let claim = example.remaining, isWrong(claim, budget - failures) {
      found.append(
        Finding(
          """
          remaining '\(claim.value.text)' is \((budget - failures).figureText): \(failures.figureText) failures of a \
          budget of \(budget.figureText)
          """,
          at: claim.span
        )
      )
    }
    let good = events - failures
    if let claim = example.ratio, let ratio = good.divided(by: events), isWrong(claim, ratio) {
      found.append(
        Finding(
          """
          ratio '\(claim.value.text)' is \(ratio.percentFigureText): \(good.figureText) good of \(events.figureText) \
          events
          """,
          at: claim.span
        )
      )
    }
    return found
  }

  private static func isWrong(_ claim: Located<StatedFigure>, _ actual: Rational) -> Bool {
    !StatedPrecision(claim.value).accepts(claim.value.value, for: actual)
  }
}
