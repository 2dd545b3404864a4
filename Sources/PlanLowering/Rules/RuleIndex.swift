import PlanModel
import Quantities
import SpecCatalog

/// A catalog with what rules look up in it, found once: searching all declarations for every service would take time with
/// the square of their number.
struct RuleIndex: Sendable {
  let catalog: Catalog
  let timing: RuleTiming
  let labelNames: LabelNames
  private let alertsByService: [ServiceID: [AlertPolicy]]
  private let journeysByService: [ServiceID: [Journey]]
  private let objectivesByService: [ServiceID: [Objective]]
  private let ledgerByIndicator: [IndicatorID: ObjectiveID]
  private let bucketsByMetric: [String: Set<Rational>]
  private let dashboardByService: [ServiceID: String]

  init(_ catalog: Catalog, scale: TimeScale = .real) {
    self.catalog = catalog
    timing = RuleTiming(catalog.settings, scale: scale)
    labelNames = LabelNames(catalog.settings)
    alertsByService = Dictionary(grouping: catalog.alerts, by: \.service)
    journeysByService = Dictionary(grouping: catalog.journeys, by: \.service)
    objectivesByService = Dictionary(grouping: catalog.objectives, by: \.service)
    var ledgers: [IndicatorID: ObjectiveID] = [:]
    for (index, objective) in catalog.objectives.enumerated() where objective.bound == nil {
      let known = ledgers[objective.indicator]
      let isBetter = known.map { !catalog[$0].splitBy.isEmpty && objective.splitBy.isEmpty } ?? true
      if isBetter { ledgers[objective.indicator] = ObjectiveID(index) }
    }
    ledgerByIndicator = ledgers
    var buckets: [String: Set<Rational>] = [:]
    for metric in catalog.metrics {
      buckets[metric.name.value, default: []].formUnion((metric.buckets ?? []).map(\.value))
    }
    bucketsByMetric = buckets
    dashboardByService = Self.dashboards(in: catalog)
  }

  func alerts(of service: ServiceID) -> [AlertPolicy] { alertsByService[service] ?? [] }
  func journeys(of service: ServiceID) -> [Journey] { journeysByService[service] ?? [] }
  func objectives(of service: ServiceID) -> [Objective] { objectivesByService[service] ?? [] }

  /// An objective whose ledger says what is bad of an indicator, one that is not split if there is one. Without a bound of
  /// their own all of an indicator's objectives count the same.
  func ledger(of indicator: IndicatorID) -> ObjectiveID? { ledgerByIndicator[indicator] }

  /// Whether a bucket of a histogram is declared to end at a bound, in the unit of the metric.
  func hasBucket(endingAt bound: Rational, of metric: String) -> Bool {
    bucketsByMetric[metric]?.contains(bound) ?? false
  }

  /// The path of the first of a service's dashboards that states one, else where Grafana serves the first; nil where none
  /// is stated and none is generated.
  func dashboardPath(of service: ServiceID) -> String? { dashboardByService[service] }

  private static func dashboards(in catalog: Catalog) -> [ServiceID: String] {
    var stated: [ServiceID: String] = [:]
    var first: [ServiceID: String] = [:]
    for dashboard in catalog.dashboards {
      let service = dashboard.service
      if stated[service] == nil { stated[service] = dashboard.path }
      if first[service] == nil { first[service] = "\(catalog[service].name.value)/\(dashboard.name.value)" }
    }
    if let outputs = catalog.settings.outputs, !outputs.contains(where: { $0 == .grafana }) { return stated }
    for (service, declared) in catalog.services.enumerated() where stated[ServiceID(service)] == nil {
      stated[ServiceID(service)] = DashboardUID.path(of: first[ServiceID(service)] ?? declared.name.value)
    }
    return stated
  }
}
