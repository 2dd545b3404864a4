import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Panels of the language as panels of a dashboard; one may need several, because a heatmap shows one histogram.
struct PanelLowering {
  let index: CatalogIndex
  let rules: RuleLowering
  let service: ServiceID

  func panels(for panel: Panel) -> [PanelPlan] {
    let subjects = PanelSubjects(panel, of: service, in: index)
    let budgets = BudgetPanels(index: index, queries: queries(of: subjects), title: panel.title)
    let values = ValuePanels(index: index, service: service, title: panel.title)
    let traffic = TrafficPanels(index: index, service: service, subjects: subjects, title: panel.title)
    let panels: [PanelPlan] =
      switch panel.kind {
      case .compliance: budgets.compliance
      case .budgetRemaining: budgets.remaining(by: panel.by.map(labelName))
      case .burnRate: budgets.burnRate(pagingAt: pagingRate(of: subjects))
      case .budgetHistory: budgets.history
      case .exhaustionForecast: budgets.exhaustionForecast
      case .annotations: budgets.incidents
      case .trafficAndErrors: traffic.rates
      case .funnel: traffic.funnel
      case .latencyHeatmap: values.heatmaps(of: subjects.indicators)
      case .quantiles: values.quantiles(of: subjects.indicators)
      case .byLabel:
        ByLabelPanel(index: index, queries: queries(of: subjects), subjects: subjects, title: panel.title)
          .panels(by: panel.by.map(labelName))
      case .activeAlerts: [activeAlerts(of: subjects, title: panel.title)]
      }
    return panels.isEmpty ? [nothing(for: panel)] : panels
  }

  private func queries(of subjects: PanelSubjects) -> RecordedQueries {
    RecordedQueries(
      labels: index.labelNames,
      service: subjects.isWholeService ? index.name(of: service) : nil,
      objectives: subjects.objectives
    )
  }

  /// The lowest burn rate at which the fast alerts of an objective page; nil where none does.
  private func pagingRate(of subjects: PanelSubjects) -> BurnRate? {
    let rates = subjects.objectiveIDs.compactMap { id in
      rules.burnAlerts(for: id).filter { $0.urgency == .page }.map(\.burnRate).max()
    }
    return rates.min()
  }

  /// A standard label goes by the name that the workspace gave it.
  private func labelName(_ written: String) -> String {
    StandardLabel(rawValue: written).flatMap { index.catalog.settings.labelNames[$0] } ?? written
  }

  private func activeAlerts(of subjects: PanelSubjects, title: String?) -> PanelPlan {
    let queries = queries(of: subjects)
    let isOfService = subjects.isWholeService || subjects.objectives.isEmpty
    let matcher: LabelMatcher =
      isOfService ? .equal(index.labelNames.service, index.name(of: service)) : queries.matcher
    return PanelPlan(
      title: title ?? "Active alerts",
      description: """
        Alerts that fire or are about to. A page means that the budget goes so fast that somebody has to act now, a \
        ticket that it has to be looked at within days. An empty list is good news.
        """,
      visualization: .alerts,
      unit: .none,
      queries: [],
      text: VectorSelector(nil, [matcher]).description
    )
  }

  /// A place that says why it is empty, so that nobody looks for a fault.
  private func nothing(for panel: Panel) -> PanelPlan {
    PanelPlan(
      title: panel.title ?? panel.kind.rawValue,
      description: "There is nothing to draw here.",
      visualization: .text,
      unit: .none,
      queries: [],
      text: "None of the subjects has anything that a `\(panel.kind.rawValue)` panel could show."
    )
  }
}
