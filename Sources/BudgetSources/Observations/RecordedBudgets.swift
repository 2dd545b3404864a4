import DeployGate
import PlanModel
import Quantities

/// What the rules recorded, arranged by budget and ledger.
struct RecordedBudgets: Sendable {
  /// Labels of a series that say which of a ledger's it is, and not which ledger.
  private static let ownLabels = [
    "__name__", ObservationQueries.windowLabel, ObservationQueries.levelLabel, ObservationQueries.countedLabel,
  ]

  private let slo: String
  /// The window that an objective has now, as series name it: what an earlier window held is another budget.
  private let windows: [String: String]
  private var telemetry: [String: TelemetryRecord] = [:]
  private var ledgers: [String: [[String: String]: RecordedLedger]] = [:]

  init(_ objectives: [GateObjective], labelNames: LabelNames) {
    slo = labelNames.slo
    windows = Dictionary(objectives.map { ($0.name.text, $0.window.label) }) { first, _ in first }
  }

  /// Raw samples of the last evaluations.
  mutating func add(newest series: [PrometheusSeries]) {
    for entry in series {
      if let name = alerted(by: entry) { telemetry[name, default: TelemetryRecord()].recent += entry.samples }
      ledger(of: entry) { ledger, part in ledger.newest.add(entry.samples, as: part) }
    }
  }

  /// The same series at earlier times.
  mutating func add(history series: [PrometheusSeries]) {
    for entry in series {
      if let name = alerted(by: entry) { telemetry[name, default: TelemetryRecord()].past += entry.samples }
      ledger(of: entry) { ledger, part in ledger.past.add(entry.samples, as: part) }
    }
  }

  /// What was counted lately.
  mutating func add(spent series: [PrometheusSeries]) {
    for entry in series {
      guard let value = entry.samples.last?.value else { continue }
      ledger(of: entry) { ledger, part in
        switch part {
        case .total: ledger.spentTotal = value
        case .bad: ledger.spentBad = value
        case .level, .start, .ledger: break
        }
      }
    }
  }

  /// The objective that an alert about telemetry is for; nil for all other series.
  private func alerted(by series: PrometheusSeries) -> String? {
    series.labels["__name__"] == ObservationQueries.alertState ? series.labels[slo] : nil
  }

  private mutating func ledger(
    of series: PrometheusSeries,
    _ change: (inout RecordedLedger, RecordedSamples.Part) -> Void
  ) {
    guard let name = series.labels[slo], let window = windows[name], let part = part(of: series, window: window) else {
      return
    }
    let identity = series.labels.filter { !Self.ownLabels.contains($0.key) }
    change(&ledgers[name, default: [:]][identity, default: RecordedLedger()], part)
  }

  private func part(of series: PrometheusSeries, window: String) -> RecordedSamples.Part? {
    switch series.labels[ObservationQueries.countedLabel] {
    case "total": return .total
    case "bad": return .bad
    default: break
    }
    let isOfWindow = series.labels[ObservationQueries.windowLabel] == window
    switch series.labels["__name__"].flatMap(RecordName.init(rawValue:)) {
    case .totalWindow: return isOfWindow ? .total : nil
    case .badWindow: return isOfWindow ? .bad : nil
    case .ledgerStart: return .start
    case .totalLedger: return .ledger
    case .level: return series.labels[ObservationQueries.levelLabel].map { .level($0) }
    default: return nil
    }
  }

  // MARK: Observations

  /// One for each budget of an objective; `levels` are those that its policy has.
  ///
  /// Of several ledgers of one budget, those count whose newest samples are at most three evaluations apart: after a change
  /// of what is counted the new one alone within moments. Of replicas, which are asked at different times, the worst counts.
  func observations(of objective: GateObjective, levels: [String], interval: TimeSpan) -> [Observation] {
    var candidates: [BudgetName: [RecordedLedger.Reading]] = [:]
    for (identity, ledger) in ledgers[objective.name.text] ?? [:] {
      guard let reading = ledger.reading else { continue }
      let labels = objective.splitBy.map { BudgetName.LabelValue(name: $0, value: identity[$0] ?? "") }
      candidates[BudgetName(objective.name.text, labels: labels), default: []].append(reading)
    }
    let telemetry = telemetry[objective.name.text] ?? TelemetryRecord()
    return candidates.compactMap { budget, readings in
      let newest = readings.map(\.at).max() ?? 0
      let close = readings.filter { newest - $0.at <= interval.microseconds * 3 / 1_000 }
      return close.min { $0.isWorse(than: $1, target: objective.target) }?.observation(
        of: budget,
        levels: levels,
        telemetry: telemetry,
        interval: interval
      )
    }
    .sorted { $0.budget < $1.budget }
  }
}
