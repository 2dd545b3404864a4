import Diagnostics
import Quantities
import SpecCatalog

struct MixedWindows: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO307",
    name: "mixed-windows",
    severity: .warning,
    summary: "What is looked at together is judged over one window, or says why not.",
    rationale: """
      A bad day is forgotten by an objective over 7 days after a week and by its neighbour over 30 days after a month. \
      For three weeks the two disagree about the same journey, and people stop believing either.
      """,
    flagged: """
      indicators:
        logins:
          good: logins_total{outcome="success"}
          valid: logins_total
        login-time:
          distribution: login_duration_seconds
      journeys:
        «login»:
          expectation: users get in
          objectives:
            success-rate: logins >= 99.9% over 30d
            p95: login-time p95 < 1s over 7d
      """,
    accepted: """
      indicators:
        logins:
          good: logins_total{outcome="success"}
          valid: logins_total
        login-time:
          distribution: login_duration_seconds
      journeys:
        login:
          expectation: users get in
          objectives:
            success-rate: logins >= 99.9% over 30d
            p95: { objective: login-time p95 < 1s over 7d, window-reason: releases are weekly and judged by speed }
      """,
    source: "Google, The Site Reliability Workbook, chapter 2, on choosing an appropriate time window."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let journeys = catalog.journeys.compactMap { journey -> Finding? in
      let objectives = journey.objectives.map { catalog[$0] }
      guard let (usual, other) = mixture(among: objectives) else { return nil }
      return Finding.mixed("journey '\(journey.name.value)'", usual, other, at: journey.name.span)
    }
    var byIndicator: [IndicatorID: [Objective]] = [:]
    for objective in catalog.objectives where objective.journey == nil {
      byIndicator[objective.indicator, default: []].append(objective)
    }
    let indicators = byIndicator.compactMap { indicator, objectives -> Finding? in
      guard let (usual, other) = mixture(among: objectives) else { return nil }
      return Finding.mixed("'\(catalog[indicator].name.value)'", usual, other, at: other.window.span)
    }
    return journeys + indicators
  }

  /// The first objective, and the first whose window differs from its without saying why.
  private func mixture(among objectives: [Objective]) -> (Objective, Objective)? {
    let unexplained = objectives.filter { $0.windowReason == nil && $0.isMeasured }
    guard let first = unexplained.first,
      let other = unexplained.first(where: { $0.window.value != first.window.value })
    else { return nil }
    return (first, other)
  }
}

extension Finding {
  fileprivate static func mixed(
    _ subject: String,
    _ first: Objective,
    _ other: Objective,
    at span: SourceSpan
  ) -> Finding {
    Finding(
      """
      \(subject) is judged over \(first.window.value) by '\(first.name.value)' and over \(other.window.value) by \
      '\(other.name.value)', without a 'window-reason'
      """,
      at: span,
      notes: [
        DiagnosticNote("'\(first.name.value)'", at: first.window.span),
        DiagnosticNote("'\(other.name.value)'", at: other.window.span),
      ].filter { $0.span != span }
    )
  }
}
