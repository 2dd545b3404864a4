import Diagnostics
import Quantities
import SpecCatalog

struct ImprobableTarget: LintRule {
  private static let lowest = RuleFigure.share(
    "lowest",
    standard: Rational(numerator: 1, denominator: 2),
    "the lowest target that is taken to be meant"
  )
  private static let highest = RuleFigure.share(
    "highest",
    standard: Rational(numerator: 99_999, denominator: 100_000),
    "the highest target that needs no stated traffic"
  )

  let descriptor = DiagnosticDescriptor(
    code: "SLO302",
    name: "improbable-target",
    severity: .warning,
    summary: "A target is one that somebody could mean and somebody could observe.",
    rationale: """
      Below 50% a service may fail more often than not and still meet its objective. Beyond five nines no failure may \
      be seen for weeks; without stated traffic nobody can tell whether the objective is met or just never tried.
      """,
    flagged: """
      indicators:
        heap:
          gauge: process_heap_bytes
      objectives:
        memory: heap < 2 GiB at least «5%» over 28d
      """,
    accepted: """
      indicators:
        heap:
          gauge: process_heap_bytes
      objectives:
        memory: heap < 2 GiB at least 95% over 28d
      """,
    source:
      "Google, Site Reliability Engineering, chapter 4, on choosing targets, and chapter 3, on the cost of nines.",
    options: [lowest.option, highest.option]
  )

  private let half = Rational(numerator: 1, denominator: 2)

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let lowest = Self.lowest.value(of: descriptor, in: catalog)
    let highest = Self.highest.value(of: descriptor, in: catalog)
    return catalog.objectives.compactMap { objective in
      let target = objective.target.value
      let share = target.ratio.fraction
      switch objective.measure {
      case .percentile, .attested: return nil
      // A share below a half is a comparison the wrong way round, SLO203.
      case .share: if share < half { return nil }
      case .value: break
      }
      if share < lowest {
        return Finding(
          "target \(target) of '\(objective.name.value)' is met while \(failing(target)) of what is judged fails",
          at: objective.target.span
        )
      }
      guard share > highest, target != .perfect, catalog.judged(by: objective) == nil else { return nil }
      return Finding(
        """
        target \(target) of '\(objective.name.value)' allows one failure in \
        \((.one / target.errorBudget.share.fraction).figureText) events, and no 'traffic' says when there are as many
        """,
        at: objective.target.span
      )
    }
  }

  /// How much may fail, where it is more than half said so.
  private func failing(_ target: Target) -> String {
    let failing = target.errorBudget.share.fraction
    return failing > half ? "most" : failing.percentFigureText
  }
}
