import Emitters
import PlanModel
import Quantities

extension PlanItem {
  /// Everything that a service has.
  package static func items(of service: ServicePlan) -> [PlanItem] {
    [PlanItem(service)] + service.objectives.map(PlanItem.init)
      + service.journeys.map { PlanItem($0, of: service) }
      + service.agreements.flatMap { agreement in agreement.promises.map { PlanItem($0, in: agreement, of: service) } }
      + service.dashboards.map(PlanItem.init)
  }

  private init(_ service: ServicePlan) {
    let rules = service.groups.flatMap(\.rules)
    self.init(
      .service,
      service.name,
      [
        Fact("title", Self.title(service.title, besides: service.name)),
        Fact("description", service.description),
        Fact("owner", service.owner),
        Fact("stakeholders", Self.list(service.stakeholders)),
        Fact("tier", service.tier.map { "\($0)" }),
        Fact("depends on", Self.list(service.dependencies.map(Self.text))),
        Fact("rollout stages", Self.list(service.rolloutStages.map(\.percentText))),
      ] + service.links.map { Fact("link \($0.name)", $0.text) }
        + service.severities.map { Fact("severity \($0.name)", Self.text($0)) },
      Parts("rules", rules.map { ($0.name, $0) })
    )
  }

  private static func text(_ dependency: DependencyPlan) -> String {
    dependency.isBlocking ? "\(dependency.name), whose freezes hold it back" : dependency.name
  }

  private static func text(_ severity: SeverityPlan) -> String {
    let times = [("respond", severity.respond), ("resolve", severity.resolve), ("update", severity.update)]
    let promised = times.compactMap { name, time in time.map { "\(name) in \($0)" } }
    return list([severity.title] + promised + (severity.pages ? ["pages"] : []))
  }

  private init(_ objective: ObjectivePlan) {
    let figures = ObjectiveFigures(objective)
    let rules = objective.groups.flatMap(\.rules)
    self.init(
      .objective,
      objective.name.text,
      [
        Fact("title", Self.title(objective.title, besides: objective.name.objective)),
        Fact("objective", objective.expression),
        Fact("meaning", objective.meaning),
        Fact("target", "\(objective.target)"),
        Fact("window", objective.kind == .attested ? nil : "\(objective.window)"),
        Fact("error budget", figures.budget.map { Self.text($0, in: objective.window) }),
        Fact("a budget for each", Self.list(objective.splitBy)),
        Fact("traffic", objective.traffic.map { "\($0)" }),
        Fact("owner", objective.owner),
        Fact("runbook", objective.runbook),
        Fact("policy", objective.policy),
        Fact("statement", objective.attestation.map(Self.text)),
        Fact("indicator", objective.indicator),
        Fact(Self.countsFact, objective.countHash),
      ] + figures.alerts.filter(\.isReachable).map(Self.fact),
      Parts("rules", rules.map { ($0.name, $0) })
    )
  }

  /// The name of the fact that says, as a hash, what an objective counts.
  static let countsFact = "counts"

  private static func text(_ budget: BudgetFigures, in window: TimeWindow) -> String {
    let outage = ReadableText.duration(seconds: budget.outageSeconds.window)
    let events = budget.events.map { ", or \(ReadableText.number($0.window)) events" } ?? ""
    return "\(ReadableText.exactPercent(budget.share)): \(outage) of outage in \(window)\(events)"
  }

  private static func text(_ statement: AttestationPlan) -> String {
    "\(statement.statement) (by \(statement.by) on \(statement.on), lapses on \(statement.lapses))"
  }

  private static func fact(_ alert: BurnAlertFigures) -> Fact {
    let detection = alert.detectionSeconds.map { ", a total outage after \(ReadableText.duration(seconds: $0))" } ?? ""
    return Fact(
      "\(alert.urgency.rawValue) over \(alert.longWindow)",
      "at \(ReadableText.percent(alert.budgetSpent)) of the budget\(detection)"
    )
  }

  private init(_ journey: JourneyPlan, of service: ServicePlan) {
    self.init(
      .journey,
      "\(service.name)/\(journey.name)",
      [
        Fact("title", Self.title(journey.title, besides: journey.name)),
        Fact("users expect", journey.expectation),
        Fact("rationale", journey.rationale),
        Fact("owner", journey.owner),
        Fact("traffic", journey.traffic.map { "\($0)" }),
        Fact("objectives", Self.list(journey.objectives.map(\.text))),
        Fact("weights", Self.list(journey.weights.map { "\($0.objective.text) \($0.weight)" })),
      ]
    )
  }

  private init(_ promise: PromisePlan, in agreement: AgreementPlan, of service: ServicePlan) {
    self.init(
      .promise,
      "\(service.name)/\(agreement.name)/\(promise.name)",
      [
        Fact("promise", promise.expression),
        Fact("target", "\(promise.target)"),
        Fact("to", agreement.with),
        Fact("guarded by", promise.guardedBy?.text),
        Fact("headroom", promise.headroom.map(ReadableText.factor)),
        Fact("from", agreement.starts),
        Fact("remedies", Self.list(agreement.remedies)),
        Fact("does not count", Self.list(agreement.exclusions)),
        Fact("answers", Self.list(agreement.responses.map { "\($0.name): \($0.text)" })),
      ]
    )
  }

  private init(_ dashboard: DashboardPlan) {
    self.init(
      .dashboard,
      dashboard.name,
      [
        Fact("title", dashboard.title),
        Fact("description", dashboard.description),
        Fact("path", dashboard.path),
        Fact("tags", Self.list(dashboard.tags)),
      ],
      Parts("panels", dashboard.panels.map { ($0.title, $0) })
    )
  }

  /// nil for one that was made of the name.
  private static func title(_ title: String, besides name: String) -> String? { title == name ? nil : title }

  static func list(_ texts: [String]) -> String { texts.joined(separator: ", ") }
}

extension Rule {
  fileprivate var name: String {
    switch self {
    case .recording(let rule): rule.record
    case .alert(let rule): rule.alert
    }
  }
}
