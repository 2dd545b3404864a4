import Diagnostics
import Quantities
import SpecCatalog

struct CrowdedJourney: LintRule {
  private static let most = RuleFigure.count(
    "most",
    in: 1...1_000,
    standard: 7,
    unit: "objectives",
    "how many objectives a journey has at most"
  )

  let descriptor = DiagnosticDescriptor(
    code: "SLO316",
    name: "crowded-journey",
    severity: .info,
    summary: "A journey is judged by a handful of objectives.",
    rationale: """
      A journey is as healthy as its worst objective. With a dozen of them one is always missed, and a journey that is \
      always red tells nobody anything.
      """,
    flagged: """
      indicators:
        pages:
          distribution: page_duration_seconds
      journeys:
        «reading»:
          expectation: pages open at once
          objectives:
            p10: pages p10 < 10ms over 28d
            p20: pages p20 < 20ms over 28d
            p30: pages p30 < 30ms over 28d
            p40: pages p40 < 40ms over 28d
            p50: pages p50 < 50ms over 28d
            p75: pages p75 < 75ms over 28d
            p90: pages p90 < 90ms over 28d
            p95: pages p95 < 150ms over 28d
      """,
    accepted: """
      indicators:
        pages:
          distribution: page_duration_seconds
      journeys:
        reading:
          expectation: pages open at once
          objectives:
            p50: pages p50 < 50ms over 28d
            p95: pages p95 < 150ms over 28d
      """,
    source: "Google, Site Reliability Engineering, chapter 4: have as few objectives as possible.",
    options: [most.option]
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let most = Self.most.value(of: descriptor, in: catalog)
    return catalog.journeys.filter { $0.objectives.count > most }.map { journey in
      Finding(
        "journey '\(journey.name.value)' has \(journey.objectives.count) objectives, more than \(most)",
        at: journey.name.span
      )
    }
  }
}
