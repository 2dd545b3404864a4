import PlanModel
import PromQL
import SpecCatalog

/// How good each value of a label is.
struct ByLabelPanel {
  let index: CatalogIndex
  let queries: RecordedQueries
  let subjects: PanelSubjects
  /// What the author calls the panel.
  let title: String?

  private static let range = PromQLDuration.hours(1)

  /// Without a label, the first that splits a budget, or else one bar for each objective.
  func panels(by label: String?) -> [PanelPlan] {
    let label = label ?? queries.objectives.flatMap(\.splitBy).first?.value ?? index.labelNames.slo
    let shares = [recorded(by: label)].compactMap(\.self) + counted(by: label)
    if shares.isEmpty { return [] }
    return [
      PanelPlan(
        title: title ?? "Good share by \(label)",
        description: """
          The share that was good for each value of '\(label)'. Objectives that are split by it show their whole \
          window; what is counted without one shows the last hour. One bar below the others is one part that fails.
          """,
        visualization: .bargauge,
        unit: .share,
        queries: shares,
        thresholds: thresholds(by: label)
      )
    ]
  }

  /// The objectives whose series have the label: split by it, or where it is one that all of them carry.
  private func carriers(of label: String) -> [Objective] {
    let names = index.labelNames
    if [names.slo, names.service, names.journey, names.objective].contains(label) { return queries.objectives }
    return queries.objectives.filter { $0.splitBy.contains { $0.value == label } }
  }

  private func recorded(by label: String) -> PanelQuery? {
    let carriers = carriers(of: label)
    if carriers.isEmpty { return nil }
    let isAll = carriers.count == queries.objectives.count
    let recorded = isAll ? queries : queries.of(carriers)
    let slo = index.labelNames.slo
    let isOne = carriers.count == 1 || label == slo
    return PanelQuery(
      .min(.selector(recorded.selector(.successRatio)), by: isOne ? [label] : [slo, label]),
      legend: isOne ? "{{\(label)}}" : "{{\(slo)}} {{\(label)}}",
      isInstant: true
    )
  }

  private func counted(by label: String) -> [PanelQuery] {
    let known = Set(carriers(of: label).map(\.indicator))
    let events = EventQueries(range: Self.range)
    let others = subjects.indicators.filter { !known.contains($0) }
    return others.compactMap { id in
      let indicator = index.catalog[id]
      guard let total = events.total(of: indicator, by: [label]), let bad = events.bad(of: indicator, by: [label])
      else { return nil }
      let isOnly = subjects.indicators.count == 1
      let legend = isOnly ? "{{\(label)}}" : "\(indicator.name.value) {{\(label)}}"
      return PanelQuery(1 - bad / total.greater(than: 0), legend: legend, isInstant: true)
    }
  }

  /// Red below the target, where there is one for all of them.
  private func thresholds(by label: String) -> [PanelThreshold] {
    let targets = Set(queries.objectives.map(\.target.value))
    guard targets.count == 1, let target = targets.first else { return [] }
    return [
      PanelThreshold(from: nil, color: .red), PanelThreshold(from: target.ratio.fractionText, color: .green),
    ]
  }
}
