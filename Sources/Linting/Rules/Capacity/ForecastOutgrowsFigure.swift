import Diagnostics
import Quantities
import SpecCatalog

struct ForecastOutgrowsFigure: LintRule {
  private static let growth = RuleFigure.share(
    "growth",
    standard: Rational(numerator: 1, denominator: 10),
    "how much traffic may grow before figures no longer hold"
  )

  let descriptor = DiagnosticDescriptor(
    code: "SLO801",
    name: "forecast-outgrows-figure",
    severity: .warning,
    summary: "Figures that depend on traffic hold for the traffic that is expected.",
    rationale: """
      Failures per hour that are critical today are what the budget can bear once traffic has grown tenfold. Levels \
      and budgets in events have to grow with the forecast, or page for nothing.
      """,
    flagged: """
      indicators:
        songs:
          good: songs_total{outcome="success"}
          valid: songs_total
      journeys:
        singing:
          expectation: songs come at once
          traffic: 500_000 per month
          objectives:
            success-rate:
              objective: songs >= 99.5% over 28d
              burn: { critical: '> 20/h' }
      capacity:
        forecast:
          2026-Q4: { singing: 500_000 per month }
          2027-Q1: { singing: «1_250_000 per month» }
      """,
    accepted: """
      indicators:
        songs:
          good: songs_total{outcome="success"}
          valid: songs_total
      journeys:
        singing:
          expectation: songs come at once
          traffic: 500_000 per month
          objectives:
            success-rate:
              objective: songs >= 99.5% over 28d
              burn: { critical: '> 20/h' }
      capacity:
        forecast:
          2026-Q4: { singing: 500_000 per month }
          2027-Q1: { singing: 540_000 per month }
      """,
    source: "Google, Site Reliability Engineering, chapter 18, on capacity planning from a forecast.",
    options: [growth.option]
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let tolerated = Rational.one + Self.growth.value(of: descriptor, in: catalog)
    return catalog.capacities.flatMap { capacity in
      var seen: Set<JourneyID> = []
      return capacity.forecast.flatMap { quarter, figures in
        figures.compactMap { figure -> Finding? in
          guard let (journey, rate) = figure.traffic, let dependent = catalog.objectiveWithEventFigures(of: journey),
            let current = catalog.traffic(of: dependent), rate.eventsPerSecond > current.eventsPerSecond * tolerated,
            seen.insert(journey).inserted
          else { return nil }
          return Finding(
            """
            '\(catalog[journey].name.value)' is to have \(figure.text.value) in \(quarter.value), and the figures of \
            '\(dependent.spokenName(in: catalog))' hold for \(current)
            """,
            at: figure.text.span,
            notes: [DiagnosticNote("the figures", at: dependent.name.span)]
          )
        }
      }
    }
  }
}

extension Catalog {
  /// The first objective of a journey with a budget or a burn level in events.
  fileprivate func objectiveWithEventFigures(of journey: JourneyID) -> Objective? {
    self[journey].objectives.map { self[$0] }.first { objective in
      objective.burnLevels.contains { $0.unit == .events }
        || objective.budgetFigures.contains { $0.unit == .events }
    }
  }
}
