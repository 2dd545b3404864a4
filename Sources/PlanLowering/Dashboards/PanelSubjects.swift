import PlanModel
import SpecCatalog

/// What a panel is about, followed down to objectives and indicators.
struct PanelSubjects {
  /// Whether the panel names nothing and shows the whole service.
  let isWholeService: Bool
  let journeys: [JourneyID]
  /// Each once, attested ones among them: a statement in date has its whole budget.
  let objectiveIDs: [ObjectiveID]
  let objectives: [Objective]
  /// The indicators that are named and those of the objectives, each once.
  let indicators: [IndicatorID]
  let namedIndicators: Set<IndicatorID>

  /// A journey stands for its objectives and those that it requires, an indicator for the objectives on it.
  init(_ panel: Panel, of service: ServiceID, in index: CatalogIndex) {
    isWholeService = panel.subjects.isEmpty
    var journeys: [JourneyID] = isWholeService ? index.journeys(of: service) : []
    var objectives: [ObjectiveID] = isWholeService ? index.objectiveIDs(of: service) : []
    var indicators: [IndicatorID] = []
    for subject in panel.subjects {
      switch subject {
      case .journey(let id):
        journeys.append(id)
        let journey = index.catalog[id]
        objectives += journey.objectives + journey.requires
      case .objective(let id):
        objectives.append(id)
      case .indicator(let id):
        indicators.append(id)
        objectives += index.objectiveIDs(on: id)
      }
    }
    namedIndicators = Set(indicators)
    indicators += objectives.map { index.catalog[$0].indicator }
    // A service's own measurements are shown whether or not anybody set an objective for them.
    if isWholeService { indicators += index.indicators(of: service) }
    var seen: Set<ObjectiveID> = []
    self.journeys = journeys
    objectiveIDs = objectives.filter { seen.insert($0).inserted }
    self.objectives = objectiveIDs.map { index.catalog[$0] }
    var seenIndicators: Set<IndicatorID> = []
    self.indicators = indicators.filter { seenIndicators.insert($0).inserted }
  }
}
