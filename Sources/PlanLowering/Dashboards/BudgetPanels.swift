import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Panels about error budgets: how much is left, how fast it goes, when it is gone.
struct BudgetPanels {
  let index: CatalogIndex
  let queries: RecordedQueries
  /// What the author calls the panel.
  let title: String?

  private var isEmpty: Bool { queries.objectives.isEmpty }

  /// The objectives whose budgets are spent bit by bit; a statement burns nothing, it lapses.
  private var measured: [Objective] { queries.objectives.filter { index.catalog[$0.indicator].kind.isMeasured } }

  var compliance: [PanelPlan] {
    if isEmpty { return [] }
    let good = queries.lowest(.successRatio)
    return [
      PanelPlan(
        title: title ?? "Compliance",
        description: """
          The share that was good over each objective's window, beside its target. An objective is missed where its \
          remaining budget is below zero, shown in red. A budget that is young has seen only a part of its window.
          """,
        visualization: .table,
        unit: .share,
        queries: [
          PanelQuery(good, legend: "Good", isInstant: true),
          PanelQuery(target(beside: good), legend: "Target", isInstant: true),
          PanelQuery(queries.lowest(.budgetRemaining), legend: "Budget remaining", isInstant: true),
        ] + young(beside: good),
        thresholds: [PanelThreshold(from: nil, color: .red), PanelThreshold(from: "0", color: .green)],
        width: queries.objectives.count > 4 ? 24 : 12
      )
    ]
  }

  /// How much of the window a budget has seen, of those that have not seen all of it.
  private func young(beside good: PromQLExpression) -> [PanelQuery] {
    if measured.isEmpty { return [] }
    let slo = queries.labels.slo
    let seen = PromQLExpression.max(.selector(queries.selector(.windowCoverage)), by: [slo]).less(than: 1)
    let split = queries.identity == [slo] ? seen : (0 * good).plus(seen, matching: .on(slo).groupLeft())
    return [PanelQuery(split, legend: "Window seen", isInstant: true)]
  }

  /// A target is one for all the budgets that a label splits, and rows of a table are joined by all their labels.
  private func target(beside good: PromQLExpression) -> PromQLExpression {
    let slo = queries.labels.slo
    let target = PromQLExpression.max(.selector(queries.selector(.target)), by: [slo])
    if queries.identity == [slo] { return target }
    return (0 * good).plus(target, matching: .on(slo).groupLeft())
  }

  /// With a label, the lowest budget for each of its values; a service's journeys have a series of their own, in which
  /// the objectives of a composite have their weights.
  func remaining(by label: String?) -> [PanelPlan] {
    if isEmpty { return [] }
    let isOfJourneys = label == queries.labels.journey && queries.service != nil
    let record: RecordName = isOfJourneys ? .journeyRemaining : .budgetRemaining
    let expression =
      label.map { PromQLExpression.min(.selector(queries.selector(record)), by: [$0]) }
      ?? queries.lowest(record)
    return [
      PanelPlan(
        title: title ?? "Error budget remaining",
        description: """
          What is left of each error budget: 100% is untouched, 0% is used up, and below that the objective is \
          missed. The colours follow the levels of the error-budget policy.
          """,
        visualization: .bargauge,
        unit: .share,
        queries: [PanelQuery(expression, legend: label.map { "{{\($0)}}" } ?? queries.legend, isInstant: true)],
        thresholds: PolicyColors(index: index).thresholds(of: queries.objectives)
      )
    ]
  }

  /// With few objectives a second line each shows whether a peak lasts.
  func burnRate(pagingAt pagingRate: BurnRate?) -> [PanelPlan] {
    if measured.isEmpty { return [] }
    let legend = queries.legend
    let paging = pagingRate.map { $0.multiple.decimalText(maximumFractionDigits: 2) }
    let hour = PanelQuery(queries.burnRate(over: .hour), legend: "\(legend), last hour")
    let longer = PanelQuery(queries.burnRate(over: .quarterDay), legend: "\(legend), last 6 hours")
    return [
      PanelPlan(
        title: title ?? "Burn rate",
        description: """
          How many times faster than even each budget is being spent: at 1 it lasts exactly its window. Peaks that \
          end are incidents, a line above 1 that stays is a trend.\(paging.map { " From \($0) on somebody is paged." } ?? "")
          """,
        visualization: .timeseries,
        unit: .none,
        queries: queries.objectives.count <= 4 ? [hour, longer] : [hour],
        thresholds: [PanelThreshold(from: nil, color: .green), PanelThreshold(from: "1", color: .orange)]
          + (paging.map { [PanelThreshold(from: $0, color: .red)] } ?? [])
      )
    ]
  }

  var history: [PanelPlan] {
    if isEmpty { return [] }
    return [
      PanelPlan(
        title: title ?? "Error budget over time",
        description: """
          What was left of each budget at each moment. A cliff is an incident, a slope a steady loss; a rolling \
          budget climbs again once an incident is older than its window. Below zero the objective is missed.
          """,
        visualization: .timeseries,
        unit: .share,
        queries: [PanelQuery(queries.lowest(.budgetRemaining), legend: queries.legend)],
        thresholds: PolicyColors(index: index).thresholds(of: queries.objectives)
      )
    ]
  }

  // MARK: Where windows matter

  var exhaustionForecast: [PanelPlan] {
    guard let forecast = joined({ forecast($0, $1) }) else { return [] }
    return [
      PanelPlan(
        title: title ?? "Projected exhaustion of error budgets",
        description: """
          When each budget is gone if it goes on being spent as in the last 6 hours: now, plus what remains divided \
          by the burn rate. A budget that would outlast its window is not listed; one that is used up shows now.
          """,
        visualization: .table,
        unit: .date,
        queries: [PanelQuery(forecast, legend: "Budget gone", isInstant: true)]
      )
    ]
  }

  /// `time() + (0 * (remaining <= 0) or remaining * window / (burn > 0) < window)`.
  private func forecast(_ queries: RecordedQueries, _ window: PromQLExpression) -> PromQLExpression {
    let remaining = queries.lowest(.budgetRemaining)
    let gone = 0 * remaining.lessOrEqual(to: 0)
    let burn = queries.burnRate(over: .quarterDay).greater(than: 0)
    let rest = (remaining * window / burn).less(than: window)
    return .time() + gone.or(rest)
  }

  var incidents: [PanelPlan] {
    let spent = joined { queries, window in queries.burnRate(over: .hour) * (3600 / window) }
    guard let spent else { return [] }
    return [
      PanelPlan(
        title: title ?? "Impact of incidents on the budget",
        description: """
          The share of each window's budget that went in the hour before each moment. An incident is a hill; its \
          height says what it cost in its worst hour, and hills of many objectives add up.
          """,
        visualization: .timeseries,
        unit: .share,
        queries: [PanelQuery(spent, legend: queries.legend)],
        isStacked: true
      )
    ]
  }

  /// One expression for each length of window, joined: lengths are numbers and no series, so each needs its own.
  private func joined(
    _ expression: (_ queries: RecordedQueries, _ window: PromQLExpression) -> PromQLExpression
  ) -> PromQLExpression? {
    let lengths = Dictionary(grouping: measured) { $0.window.value.nominalLength }
    let parts = lengths.sorted { $0.key < $1.key }.map { length, objectives in
      expression(
        lengths.count == 1 ? queries : queries.of(objectives),
        .constant(length.seconds)
      )
    }
    return PromQLExpression.joined(parts) { $0.or($1) }
  }
}

/// The colours of remaining budgets: those of the levels where one policy rules all of them.
struct PolicyColors {
  let index: CatalogIndex

  func thresholds(of objectives: [Objective]) -> [PanelThreshold] {
    let bounds = levelBounds(of: objectives) ?? ["0", "0.25"]
    return [PanelThreshold(from: nil, color: .red)]
      + bounds.enumerated().map { position, bound in
        let color: PanelThreshold.Color =
          position == bounds.count - 1 ? .green : position == 0 ? .orange : .yellow
        return PanelThreshold(from: bound, color: color)
      }
  }

  /// Where each level but the best is entered, from low to high; nil where no level is.
  private func levelBounds(of objectives: [Objective]) -> [String]? {
    guard let choice = objectives.first?.policy, objectives.allSatisfy({ $0.policy == choice }),
      case .named(let policy) = choice
    else { return nil }
    let entered = index.catalog[policy].coveringLevels.compactMap { level in
      level.when.value.flatMap { $0.comparison.isUpperBound ? $0.ratio : nil }
    }
    return entered.isEmpty ? nil : Set(entered).sorted().map(\.fractionText)
  }
}
