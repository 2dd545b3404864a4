import PlanModel
import Quantities
import SpecCatalog

/// A catalog with what lowering looks up in it, found once: a search through all declarations for every service would
/// take time with the square of their number.
struct CatalogIndex: Sendable {
  let catalog: Catalog
  let labelNames: LabelNames
  private let objectivesByService: [ServiceID: [ObjectiveID]]
  private let objectivesByIndicator: [IndicatorID: [ObjectiveID]]
  private let indicatorsByService: [ServiceID: [IndicatorID]]
  private let journeysByService: [ServiceID: [JourneyID]]
  private let agreementsByService: [ServiceID: [Agreement]]
  private let severitiesByService: [ServiceID: [IncidentSeverity]]
  private let dashboardsByService: [ServiceID: [Dashboard]]
  private let practicesByService: [ServiceID: [Practices]]
  private let rolloutsByService: [ServiceID: [Rollout]]

  init(_ catalog: Catalog) {
    self.catalog = catalog
    labelNames = LabelNames(catalog.settings)
    objectivesByService = Dictionary(grouping: catalog.objectives.indices.map { ObjectiveID($0) }) {
      catalog[$0].service
    }
    objectivesByIndicator = Dictionary(grouping: catalog.objectives.indices.map { ObjectiveID($0) }) {
      catalog[$0].indicator
    }
    indicatorsByService = Dictionary(grouping: catalog.indicators.indices.map { IndicatorID($0) }) {
      catalog[$0].service
    }
    journeysByService = Dictionary(grouping: catalog.journeys.indices.map { JourneyID($0) }) { catalog[$0].service }
    agreementsByService = Dictionary(grouping: catalog.agreements, by: \.service)
    severitiesByService = Dictionary(grouping: catalog.severities, by: \.service)
    dashboardsByService = Dictionary(grouping: catalog.dashboards, by: \.service)
    practicesByService = Dictionary(grouping: catalog.practices, by: \.service)
    rolloutsByService = Dictionary(grouping: catalog.rollouts, by: \.service)
  }

  var services: [ServiceID] { catalog.services.indices.map { ServiceID($0) } }

  /// System-wide objectives first, then journey by journey, each in the order of the specs.
  func objectiveIDs(of service: ServiceID) -> [ObjectiveID] {
    let byJourney = Dictionary(grouping: objectivesByService[service] ?? []) { catalog[$0].journey }
    return (byJourney[nil] ?? []) + journeys(of: service).flatMap { byJourney[$0] ?? [] }
  }

  func objectives(of service: ServiceID) -> [Objective] { objectiveIDs(of: service).map { catalog[$0] } }

  func objectiveIDs(on indicator: IndicatorID) -> [ObjectiveID] { objectivesByIndicator[indicator] ?? [] }
  func objectives(on indicator: IndicatorID) -> [Objective] { objectiveIDs(on: indicator).map { catalog[$0] } }
  func indicators(of service: ServiceID) -> [IndicatorID] { indicatorsByService[service] ?? [] }
  func journeys(of service: ServiceID) -> [JourneyID] { journeysByService[service] ?? [] }
  func agreements(of service: ServiceID) -> [Agreement] { agreementsByService[service] ?? [] }
  func severities(of service: ServiceID) -> [IncidentSeverity] { severitiesByService[service] ?? [] }
  func dashboards(of service: ServiceID) -> [Dashboard] { dashboardsByService[service] ?? [] }
  func practices(of service: ServiceID) -> [Practices] { practicesByService[service] ?? [] }
  func rollouts(of service: ServiceID) -> [Rollout] { rolloutsByService[service] ?? [] }
}

// MARK: - Names

extension CatalogIndex {
  /// Who answers where nobody is named.
  static let nobody = "nobody"

  func name(of service: ServiceID) -> String { catalog[service].name.value }

  func name(of objective: ObjectiveID) -> ObjectiveName { name(of: catalog[objective]) }

  func name(of objective: Objective) -> ObjectiveName {
    ObjectiveName(
      service: name(of: objective.service),
      journey: objective.journey.map { catalog[$0].name.value },
      objective: objective.name.value
    )
  }

  /// `service/policy`.
  func name(of policy: PolicyID) -> String {
    let policy = catalog[policy]
    return "\(name(of: policy.service))/\(policy.name.value)"
  }

  /// `service/channel`.
  func name(of channel: ChannelID) -> String {
    let channel = catalog[channel]
    return "\(name(of: channel.service))/\(channel.name.value)"
  }

  /// An indicator's name, with its service's in front where that is not `service`.
  func name(of indicator: IndicatorID, seenFrom service: ServiceID) -> String {
    let declared = catalog[indicator]
    let name = declared.name.value
    return declared.service == service ? name : "\(self.name(of: declared.service))/\(name)"
  }

  func owner(of service: ServiceID) -> String { catalog[service].owner?.value ?? Self.nobody }

  func owner(of journey: JourneyID) -> String { catalog[journey].owner ?? owner(of: catalog[journey].service) }

  func owner(of objective: Objective) -> String {
    objective.owner ?? objective.journey.map(owner(of:)) ?? owner(of: objective.service)
  }

  /// The objective's own runbook, or its service's.
  func runbook(of objective: Objective) -> String? {
    (objective.runbook ?? catalog[objective.service].runbook).map(runbookAddress)
  }

  /// The objective's own traffic, that of its journey, or that of its service.
  func traffic(of objective: Objective) -> EventRate? {
    let stated = objective.traffic ?? objective.journey.flatMap { catalog[$0].traffic }
    return (stated ?? catalog[objective.service].traffic)?.value
  }

  /// A runbook's address: a path without a scheme stands below the workspace's runbooks.
  func runbookAddress(_ written: String) -> String {
    guard let base = catalog.settings.runbooksURL, !written.contains("://") else { return written }
    let trimmed = base.hasSuffix("/") ? String(base.dropLast()) : base
    return written.hasPrefix("/") ? "\(trimmed)\(written)" : "\(trimmed)/\(written)"
  }
}
