import ContentHash
import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Makes recording and alerting rules of a catalog's objectives, alerts and journeys.
///
/// `zones` gives the rules of a time zone by its name; a zone that it does not know is taken for UTC.
struct RuleLowering: Sendable {
  let zones: @Sendable (String) -> TimeZoneRules?
  private let index: RuleIndex
  private let conditions: ConditionExpressions
  private let directory: AlertDirectory
  /// What has been made, because dashboards and tests ask for it again and again.
  private var made: [ObjectiveID: ObjectiveRules] = [:]

  private struct ObjectiveRules {
    let burnAlerts: [BurnAlertPlan]
    var groups: [RuleGroup]?
  }

  /// Mimir refuses longer groups unless it is told otherwise.
  static let rulesPerGroup = 20

  init(
    catalog: Catalog,
    zones: @escaping @Sendable (String) -> TimeZoneRules?,
    scale: TimeScale = .real
  ) {
    self.zones = zones
    index = RuleIndex(catalog, scale: scale)
    conditions = ConditionExpressions(index)
    directory = AlertDirectory(index: index)
  }

  var catalog: Catalog { index.catalog }
  private var timing: RuleTiming { index.timing }
  private var labelNames: LabelNames { index.labelNames }

  /// The same with the rules of some objectives made once and for all.
  func making(_ objectives: [ObjectiveID]) -> RuleLowering {
    var rules = self
    for id in objectives {
      rules.made[id] = ObjectiveRules(burnAlerts: burnAlerts(for: id))
      let groups = rules.groups(for: id)
      rules.made[id]?.groups = groups
    }
    return rules
  }

  // MARK: Objectives

  /// The objective's recordings under its full name, and its alerts behind them or, where those would be too many, in a
  /// group of their own.
  func groups(for id: ObjectiveID) -> [RuleGroup] {
    if let groups = made[id]?.groups { return groups }
    let objective = catalog[id]
    let indicator = catalog[objective.indicator]
    let name = objective.fullName
    guard let units = CountedUnits(objective, on: indicator, conditions: conditions) else {
      let attested = attestedRules(of: objective, on: indicator)
      return grouped(name, recordings: attested.recordings, alerts: attested.alerts)
    }
    let exclusion = ExclusionActivity(indicator.excluding.map { catalog[$0.value] }, zones: zones).expression
    let series = series(of: objective, counting: "\(units.identity)\n\(exclusion?.description ?? "")")
    let recordings =
      LedgerRules(series: series, units: units, exclusion: exclusion).rules
      + WindowRules(series: series).rules
      + BudgetRules(series: series).rules
      + [CoverageRule(series: series).rule]
      + descriptionRules(of: objective, series)
      + levelRules(of: objective, series)
    let burn = BurnAlertRules(
      series: series,
      objective: objective,
      countsTime: units.countsTime,
      directory: directory
    )
    let signals = SignalAlerts(
      series: series,
      objective: objective,
      units: units,
      hasExclusions: exclusion != nil,
      page: burnAlerts(for: id).first { $0.urgency == .page },
      directory: directory
    )
    return grouped(name, recordings: recordings, alerts: burn.rules(for: burnAlerts(for: id)) + signals.rules)
  }

  /// The pairs of windows that the objective's alerts look at, those that can never fire among them; none where it has no
  /// such alerts or leaves no budget.
  func burnAlerts(for id: ObjectiveID) -> [BurnAlertPlan] {
    if let plans = made[id]?.burnAlerts { return plans }
    let objective = catalog[id]
    switch (catalog[objective.indicator].kind, objective.alerting.scheme) {
    case (.attested, _), (_, .none): return []
    case (.ratio, _), (.distribution, _), (.time, _), (.gauge, _):
      if objective.target.value == .perfect { return [] }
      return BurnWindows(
        window: objective.window.value.nominalLength,
        timing: timing,
        scheme: objective.alerting.scheme
      ).plans
    }
  }

  // MARK: Services and the workspace

  /// The alerts that a service's authors wrote, its scaling thresholds among them.
  func alertGroups(of service: ServiceID) -> [RuleGroup] {
    let rules = index.alerts(of: service).flatMap { policy in
      WrittenAlertRules(policy: policy, conditions: conditions, directory: directory).rules
    }
    return chunks("\(catalog[service].name.value):alerts", rules)
  }

  /// The alert on missed evaluations; nil for a service without alerts on its budgets.
  func evaluationGroup(of service: ServiceID) -> RuleGroup? {
    let objectives = index.objectives(of: service).filter { $0.alerting.scheme != .none }
    if objectives.isEmpty { return nil }
    let alert = EvaluationAlert(service: service, objectives: objectives, timing: timing, directory: directory)
    return group("\(catalog[service].name.value):evaluations", [alert.rule])
  }

  /// What is left of the budgets of a service's journeys; nil for a service without any.
  func journeyGroup(of service: ServiceID) -> RuleGroup? {
    let journeys = JourneyRules(catalog: catalog, labelNames: labelNames)
    let rules = index.journeys(of: service).compactMap(journeys.rule)
    return rules.isEmpty ? nil : group("\(catalog[service].name.value):journeys", rules)
  }

  /// Where the calendar periods begin that any objective is judged over.
  func workspaceGroups() -> [RuleGroup] {
    var starts: [PeriodStart] = []
    var seen: Set<PeriodStart> = []
    for objective in catalog.objectives {
      guard case .calendar(let period, let zone) = objective.window.value else { continue }
      let start = PeriodStart(period: period, zone: zone)
      if seen.insert(start).inserted { starts.append(start) }
    }
    return chunks("calendar", starts.map { $0.rule(zones($0.zone) ?? .utc) })
  }
}

// MARK: - Parts of an objective

extension RuleLowering {
  private func series(of objective: Objective, counting identity: String) -> ObjectiveSeries {
    let splitBy = objective.splitBy.map(\.value)
    let name = ObjectiveName(
      service: catalog[objective.service].name.value,
      journey: objective.journey.map { catalog[$0].name.value },
      objective: objective.name.value
    )
    let hash = SHA256.hexadecimal(of: Array("\(identity)\n\(splitBy.joined(separator: ","))".utf8))
    return ObjectiveSeries(
      name: name,
      naming: labelNames.naming(name),
      labelNames: labelNames,
      countHash: String(hash.prefix(8)),
      splitBy: splitBy,
      timing: timing,
      budget: objective.target.value.errorBudget,
      window: objective.window.value
    )
  }

  /// What the objective asks for, as series that dashboards and queries can join.
  private func descriptionRules(of objective: Objective, _ series: ObjectiveSeries) -> [Rule] {
    let target = objective.target.value
    return [
      series.record(.target, .vector(.constant(target.ratio.fraction))),
      series.record(.budget, .vector(.constant(target.errorBudget.share.fraction))),
      series.describe(
        [
          LabelPair(labelNames.owner, directory.owner(of: objective) ?? ""),
          LabelPair("title", objective.title ?? ""),
          LabelPair("window", objective.window.value.label),
          LabelPair("target", target.description),
          LabelPair("policy", policyName(of: objective) ?? ""),
        ]
      ),
    ]
  }

  private func policy(of objective: Objective) -> Policy? {
    switch objective.policy {
    case .named(let id): catalog[id]
    case .none, .absent: nil
    }
  }

  private func policyName(of objective: Objective) -> String? {
    policy(of: objective).map { "\(catalog[$0.service].name.value)/\($0.name.value)" }
  }

  private func levelRules(of objective: Objective, _ series: ObjectiveSeries) -> [Rule] {
    policy(of: objective).map { LevelRules(series: series, policy: $0).rules } ?? []
  }

  /// A statement counts nothing: it is in date, with the whole budget left, or it is not.
  private func attestedRules(of objective: Objective, on indicator: Indicator) -> (recordings: [Rule], alerts: [Rule]) {
    guard case .attested(let attestation) = indicator.kind else { return ([], []) }
    let series = series(of: objective, counting: "attested\n\(attestation.statement)")
    let statement = AttestationRules(
      series: series,
      objective: objective,
      attestation: attestation,
      directory: directory
    )
    return (
      statement.recordings + descriptionRules(of: objective, series) + levelRules(of: objective, series),
      statement.alerts
    )
  }
}

// MARK: - Groups

extension RuleLowering {
  private func group(_ name: String, _ rules: [Rule]) -> RuleGroup {
    timing.scale.shrunk(RuleGroup(name: name, interval: timing.interval, rules: rules))
  }

  private func grouped(_ name: String, recordings: [Rule], alerts: [Rule]) -> [RuleGroup] {
    if recordings.count + alerts.count <= Self.rulesPerGroup { return chunks(name, recordings + alerts) }
    return chunks(name, recordings) + chunks("\(name):alerts", alerts)
  }

  /// The rules in groups that are not too long. What a later group reads of an earlier one may be an interval old.
  private func chunks(_ name: String, _ rules: [Rule]) -> [RuleGroup] {
    stride(from: 0, to: rules.count, by: Self.rulesPerGroup).map { start in
      let slice = Array(rules[start..<min(start + Self.rulesPerGroup, rules.count)])
      return group(start == 0 ? name : "\(name):\(start / Self.rulesPerGroup + 1)", slice)
    }
  }
}
