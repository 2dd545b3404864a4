import Diagnostics
import Quantities
import SpecCatalog

struct BeyondDependencies: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO305",
    name: "beyond-dependencies",
    severity: .warning,
    summary: "A target asks for no more than what the service depends on gives together.",
    rationale: """
      A service that needs two others to answer is up at most as often as both are. A target beyond that is met by \
      luck, and spent by somebody else.
      """,
    flagged: """
      depends-on:
        - { external: card-network, promised: 99.5% }
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= «99.9%» over 28d
      """,
    accepted: """
      depends-on:
        - { external: card-network, promised: 99.95% }
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
      """,
    source: "Treynor, Dahlin, Rau, Beyer: The Calculus of Service Availability, ACM Queue, 2017."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    var best: [ServiceID: Objective] = [:]
    for objective in catalog.objectives where objective.isShare {
      let known = best[objective.service]?.target.value.ratio ?? .nothing
      if objective.target.value.ratio > known { best[objective.service] = objective }
    }
    let gifts = catalog.services.map { $0.dependencies.compactMap { Gift(of: $0, in: catalog, best) } }
    let limits = gifts.map { $0.map(\.share).reduce(Ratio.all) { $0 * $1 } }
    return catalog.objectives.compactMap { objective in
      let limit = limits[objective.service.index]
      let gifts = gifts[objective.service.index]
      guard objective.isShare, objective.target.value.ratio > limit else { return nil }
      return Finding(
        """
        target \(objective.target.value) of '\(objective.spokenName(in: catalog))' is above the \
        \(limit.fraction.nearlyAllText) that \
        \(gifts.count == 1 ? "its dependency gives" : "its \(gifts.count) dependencies give together")
        """,
        at: objective.target.span,
        notes: gifts.map(\.note)
      )
    }
  }
}

/// What a dependency is good for, and who says so.
private struct Gift {
  let share: Ratio
  let note: DiagnosticNote

  /// Nil where nobody said. A service is taken at the best of its objectives.
  init?(of dependency: Dependency, in catalog: Catalog, _ best: [ServiceID: Objective]) {
    switch dependency.target {
    case .service(let service):
      guard let objective = best[service] else { return nil }
      share = objective.target.value.ratio
      note = DiagnosticNote(
        "gives \(share) at its best, by '\(objective.spokenName(in: catalog))'",
        at: dependency.span
      )
    case .objective(let id):
      guard catalog[id].isShare else { return nil }
      share = catalog[id].target.value.ratio
      note = DiagnosticNote("gives \(share)", at: dependency.span)
    case .external(_, let promised):
      guard let promised else { return nil }
      share = promised
      note = DiagnosticNote("has promised \(share)", at: dependency.span)
    }
  }
}

extension Objective {
  fileprivate var isShare: Bool {
    switch measure {
    case .share: true
    case .percentile, .value, .attested: false
    }
  }
}
