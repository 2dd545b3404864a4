import PlanModel
import SpecCatalog

/// What a service states for people and nothing is computed from, or what is computed from it beside it.
struct CataloguePageLowering {
  let facts: ServiceFacts
  let index: CatalogIndex

  func pages(of service: ServiceID) -> [CataloguePage] {
    let measurements = MeasurementPages(index: index, facts: facts)
    let figures = FigurePages(index: index, facts: facts)
    let people = PeoplePages(index: index, facts: facts)
    let practices = PracticePages(index: index, facts: facts)
    let pages: [CataloguePage?] = [
      people.serviceFacts(of: service),
      people.dependencyPromises(of: service),
      people.journeys(of: service),
      people.objectiveNotes(of: service),
      measurements.indicators(of: service),
      measurements.criteria(of: service),
      figures.budgetFigures(of: service),
      figures.burnLevels(of: service),
      figures.workedExamples(of: service),
      people.agreementNotes(of: service),
      people.policyNotes(of: service),
      people.policyActions(of: service),
      people.alertPolicies(of: service),
      people.channels(of: service),
      measurements.exclusions(of: service),
      practices.reviews(of: service),
      practices.capacity(of: service),
      practices.killSwitches(of: service),
      practices.tests(of: service),
      practices.backups(of: service),
      practices.fallbacks(of: service),
      practices.incidentLifecycle(of: service),
      measurements.metrics(of: service),
      people.acceptedFindings(of: service),
    ]
    return pages.compactMap(\.self)
  }
}

/// The declarations of each service that only pages look at.
struct ServiceFacts: Sendable {
  private let metrics: [ServiceID: [Metric]]
  private let exclusions: [ServiceID: [Exclusion]]
  private let policies: [ServiceID: [Policy]]
  private let channels: [ServiceID: [Channel]]
  private let alerts: [ServiceID: [AlertPolicy]]
  private let reviews: [ServiceID: [Review]]
  private let capacities: [ServiceID: [Capacity]]
  private let examples: [ServiceID: [WorkedExample]]
  private let suppressions: [ServiceID: [Suppression]]

  init(_ catalog: Catalog) {
    metrics = Dictionary(grouping: catalog.metrics, by: \.service)
    exclusions = Dictionary(grouping: catalog.exclusions, by: \.service)
    policies = Dictionary(grouping: catalog.policies, by: \.service)
    channels = Dictionary(grouping: catalog.channels, by: \.service)
    alerts = Dictionary(grouping: catalog.alerts, by: \.service)
    reviews = Dictionary(grouping: catalog.reviews, by: \.service)
    capacities = Dictionary(grouping: catalog.capacities, by: \.service)
    examples = Dictionary(grouping: catalog.workedExamples, by: \.service)
    suppressions = SuppressionOwners(catalog).suppressions
  }

  func metrics(of service: ServiceID) -> [Metric] { metrics[service] ?? [] }
  func exclusions(of service: ServiceID) -> [Exclusion] { exclusions[service] ?? [] }
  func policies(of service: ServiceID) -> [Policy] { policies[service] ?? [] }
  func channels(of service: ServiceID) -> [Channel] { channels[service] ?? [] }
  func alerts(of service: ServiceID) -> [AlertPolicy] { alerts[service] ?? [] }
  func reviews(of service: ServiceID) -> [Review] { reviews[service] ?? [] }
  func capacities(of service: ServiceID) -> [Capacity] { capacities[service] ?? [] }
  func examples(of service: ServiceID) -> [WorkedExample] { examples[service] ?? [] }
  func suppressions(of service: ServiceID) -> [Suppression] { suppressions[service] ?? [] }
}
