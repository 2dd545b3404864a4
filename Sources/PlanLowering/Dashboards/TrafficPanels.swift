import PlanModel
import PromQL
import SpecCatalog

/// Panels about how much goes on, and how much of it fails.
struct TrafficPanels {
  let index: CatalogIndex
  let service: ServiceID
  let subjects: PanelSubjects
  /// What the author calls the panel.
  let title: String?

  /// Ledgers grow once an interval, so rates of them need a few of those.
  private var range: PromQLDuration {
    let settings = index.catalog.settings
    let interval = max(settings.interval, settings.scrapeInterval)
    return max(.minutes(5), .milliseconds(4 * (interval.wholeMilliseconds ?? 0)))
  }

  // MARK: Rates

  var rates: [PanelPlan] {
    let queries = shown.flatMap(rateQueries)
    if queries.isEmpty { return [] }
    return [
      PanelPlan(
        title: title ?? "Traffic and errors",
        description: """
          Events a second, and of them those that failed; an indicator that counts seconds shows seconds a second. \
          Failures that follow the traffic are a share of it, failures that do not are a fault of their own. For \
          latencies only the traffic is shown: what is too slow depends on the objective.
          """,
        visualization: .timeseries,
        unit: .eventsPerSecond,
        queries: queries
      )
    ]
  }

  /// Without being asked for, distributions are left out beside ratios: they mostly count the same traffic once more.
  private var shown: [IndicatorID] {
    let hasRatio = subjects.indicators.contains { index.catalog[$0].kind.isRatio }
    return subjects.indicators.filter {
      !hasRatio || index.catalog[$0].kind.isRatio || subjects.namedIndicators.contains($0)
    }
  }

  private func rateQueries(of id: IndicatorID) -> [PanelQuery] {
    let indicator = index.catalog[id]
    guard indicator.kind.countsEvents else { return [] }
    let name = index.name(of: id, seenFrom: service)
    var total: PromQLExpression?
    var bad: PromQLExpression?
    if let ledger = ledger(of: id) {
      total = .sum(.rate(ledger.selector(.totalLedger), over: range))
      bad = indicator.kind.isRatio ? .sum(.rate(ledger.selector(.badLedger), over: range)) : nil
    } else {
      let events = EventQueries(range: range)
      total = events.total(of: indicator)
      bad = events.bad(of: indicator)
    }
    return [
      total.map { PanelQuery($0, legend: name) },
      bad.map { PanelQuery($0, legend: "\(name), failed") },
    ].compactMap(\.self)
  }

  /// All objectives on an indicator count the same events; the first one's ledger will do.
  private func ledger(of indicator: IndicatorID) -> RecordedQueries? {
    let own = index.objectives(on: indicator).first
    return own.map { RecordedQueries(labels: index.labelNames, service: nil, objectives: [$0]) }
  }

  // MARK: Funnel

  private static let funnelRange = PromQLDuration.days(7)

  /// The steps of the journeys, or where they have none the events of what they are about, in order.
  private var steps: [IndicatorID] {
    let declared = subjects.journeys.flatMap { index.catalog[$0].steps }
    var seen: Set<IndicatorID> = []
    return (declared.isEmpty ? subjects.indicators : declared).filter {
      index.catalog[$0].kind.countsEvents && seen.insert($0).inserted
    }
  }

  var funnel: [PanelPlan] {
    let steps = steps.compactMap { id in
      stepTotal(of: id).map { (name: index.catalog[id].title ?? index.name(of: id, seenFrom: service), total: $0) }
    }
    if steps.isEmpty { return [] }
    let title = title ?? funnelTitle
    let events = PanelPlan(
      title: title,
      description: """
        How many events each step counted in the last 7 days, in the order in which users pass through them. Each \
        bar below the one before it is what did not get that far.
        """,
      visualization: .bargauge,
      unit: .count,
      queries: steps.map { PanelQuery($0.total, legend: $0.name, isInstant: true) }
    )
    let dropOff = PanelPlan(
      title: "\(title): lost between steps",
      description: """
        The share of the events of one step that the next did not count, over the last 7 days. A step that is \
        reached in other ways too may count more than the one before it, and shows 0%.
        """,
      visualization: .bargauge,
      unit: .share,
      queries: zip(steps, steps.dropFirst()).map { before, after in
        let kept = after.total / before.total.greater(than: 0)
        return PanelQuery(.clampMin(1 - kept, 0), legend: "\(before.name) → \(after.name)", isInstant: true)
      },
      thresholds: [
        PanelThreshold(from: nil, color: .green), PanelThreshold(from: "0.25", color: .yellow),
        PanelThreshold(from: "0.5", color: .orange),
      ]
    )
    return steps.count > 1 ? [events, dropOff] : [events]
  }

  private var funnelTitle: String {
    guard subjects.journeys.count == 1, let journey = subjects.journeys.first else { return "Funnel" }
    let declared = index.catalog[journey]
    return "Funnel: \(declared.title ?? declared.name.value)"
  }

  private func stepTotal(of id: IndicatorID) -> PromQLExpression? {
    if let ledger = ledger(of: id) {
      return .sum(.increase(ledger.selector(.totalLedger), over: Self.funnelRange))
    }
    let seconds = PromQLExpression.number(PromQLNumber(Double(Self.funnelRange.milliseconds) / 1_000))
    return EventQueries(range: Self.funnelRange).total(of: index.catalog[id]).map { $0 * seconds }
  }
}
