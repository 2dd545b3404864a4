import PlanModel
import SpecCatalog

struct JourneyLowering {
  let index: CatalogIndex

  func plan(of id: JourneyID) -> JourneyPlan {
    let journey = index.catalog[id]
    let required = journey.requires.filter { !journey.objectives.contains($0) }
    return JourneyPlan(
      name: journey.name.value,
      title: journey.title ?? journey.name.value,
      expectation: journey.expectation?.value,
      rationale: journey.rationale,
      owner: index.owner(of: id),
      traffic: journey.traffic?.value,
      objectives: (journey.objectives + required).map(index.name(of:)),
      weights: journey.weights.map {
        ObjectiveWeight(objective: index.name(of: $0.objective), weight: $0.weight.value)
      }
    )
  }
}
