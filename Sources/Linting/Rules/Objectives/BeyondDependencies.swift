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
    var best: [ServiceID: Ratio] = [:]
    for objective in catalog.objectives where objective.isShare {
      best[objective.service] = max(best[objective.service] ?? .nothing, objective.target.value.ratio)
    }
    let limits = catalog.services.map { service in
      service.dependencies.compactMap { $0.share(in: catalog, best) }.reduce(Ratio.all) { $0 * $1 }
    }
    return catalog.objectives.compactMap { objective in
      let limit = limits[objective.service.index]
      guard objective.isShare, objective.target.value.ratio > limit else { return nil }
      return Finding(
        """
        target \(objective.target.value) of '\(objective.spokenName(in: catalog))' is above the \
        \(limit.fraction.percentFigureText) that its dependencies give together
        """,
        at: objective.target.span,
        notes: catalog[objective.service].dependencies.map { DiagnosticNote("a dependency", at: $0.span) }
      )
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

extension Dependency {
  /// The share that it is good; nil where nobody said. A service is taken at the best of its objectives.
  fileprivate func share(in catalog: Catalog, _ best: [ServiceID: Ratio]) -> Ratio? {
    switch target {
    case .service(let service): best[service]
    case .objective(let objective): catalog[objective].isShare ? catalog[objective].target.value.ratio : nil
    case .external(_, let promised): promised
    }
  }
}
