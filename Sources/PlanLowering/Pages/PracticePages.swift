import PlanModel
import Quantities
import SpecCatalog

/// What a team does again and again, or is ready to do.
struct PracticePages {
  let index: CatalogIndex
  let facts: ServiceFacts

  func reviews(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Reviews", "Review", "Every", "Last", "By", "Covers")
    for review in facts.reviews(of: service) {
      table.add(
        review.name.value,
        review.cadence,
        review.last?.value.description,
        review.by,
        review.covers.listed(by: "; ")
      )
    }
    return table.page
  }

  /// Figures with the name of a journey are set against the traffic that its budgets are computed for.
  func capacity(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Capacity forecast", "Quarter", "Figure", "Forecast", "Of the declared traffic")
    for row in facts.capacities(of: service).flatMap(\.forecast) {
      for figure in row.figures {
        table.add(row.quarter.value, figure.name.value, figure.text.value, growth(of: figure))
      }
    }
    return table.page
  }

  private func growth(of figure: Capacity.Figure) -> String? {
    guard let traffic = figure.traffic, let declared = index.catalog[traffic.journey].traffic?.value else { return nil }
    return traffic.rate.eventsPerSecond.divided(by: declared.eventsPerSecond).map(FigureText.percent)
  }

  func killSwitches(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Kill switches", "Switch", "Turns off")
    for killSwitch in index.rollouts(of: service).flatMap(\.killSwitches) {
      table.add(killSwitch.name.value, killSwitch.value.value)
    }
    return table.page
  }

  // MARK: Practices

  func tests(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Tests", "Test", "Meaning", "On", "Has to hold", "Objective")
    for test in index.practices(of: service).flatMap(\.tests) {
      table.add(
        test.name.value,
        test.meaning,
        test.on.listed(),
        test.budget?.text,
        test.budget.flatMap(objective)
      )
    }
    return table.page
  }

  /// The objective that a test holds early, before users feel a change.
  private func objective(of budget: Practices.TestBudget.Budget) -> String? {
    let same = index.objectives(on: budget.indicator).first { $0.percentile == budget.percentile }
    return same.map { "\($0.fullName): \($0.expression.value)" }
  }

  func backups(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Backups", "Backup", "Of", "Every", "Kept for", "By")
    for backup in index.practices(of: service).flatMap(\.backups) {
      table.add(
        backup.name.value,
        backup.of,
        backup.every.description,
        backup.keep?.description,
        backup.by
      )
    }
    return table.page
  }

  func fallbacks(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Fallbacks", "Case", "What happens")
    for fallback in index.practices(of: service).flatMap(\.fallbacks) {
      table.add(fallback.name.value, fallback.value.value)
    }
    return table.page
  }

  func incidentLifecycle(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Life of an incident", "Step", "Meaning")
    for step in index.practices(of: service).flatMap(\.incidentLifecycle) { table.add(step.step, step.meaning) }
    return table.page
  }
}
