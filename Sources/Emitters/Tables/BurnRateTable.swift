import PlanModel
import Quantities

/// What the objectives of a service allow and when their alerts fire, in numbers; every figure is exact.
///
/// The same value is printed as Markdown, CSV, JSON, on the command line and in the catalogue.
package struct BurnRateTable: Sendable {
  package let service: String
  package let title: String
  package let objectives: [ObjectiveFigures]
  package let promises: [PromiseFigures]

  package init(_ service: ServicePlan) {
    self.service = service.name
    title = service.title
    objectives = service.objectives.map(ObjectiveFigures.init)
    promises = service.agreements.flatMap(PromiseFigures.all(of:))
  }
}

/// One objective's budget and alerts.
package struct ObjectiveFigures: Sendable {
  package let name: ObjectiveName
  package let title: String
  package let expression: String
  package let kind: IndicatorKind
  package let target: Target
  package let window: TimeWindow
  /// nil where an objective is attested: a statement holds or does not, and nothing is spent.
  package let budget: BudgetFigures?
  package let alerts: [BurnAlertFigures]
  /// What the objective's rules read; nil where nobody has counted.
  package let cost: RuleCost?

  package init(_ objective: ObjectivePlan) {
    name = objective.name
    title = objective.title
    expression = objective.expression
    kind = objective.kind
    target = objective.target
    window = objective.window
    let share = objective.target.errorBudget.share.fraction
    let length = objective.window.nominalLength.seconds
    // Slices of time are no events: what people count there is minutes.
    let traffic = objective.kind.countsTime ? nil : objective.traffic?.eventsPerSecond
    budget = objective.kind == .attested ? nil : BudgetFigures(share: share, windowSeconds: length, traffic: traffic)
    cost = objective.ruleCost
    alerts = objective.burnAlerts.map {
      BurnAlertFigures($0, budgetShare: share, windowSeconds: length, traffic: traffic)
    }
  }
}

/// An amount of budget over three lengths of time.
package struct PeriodFigures: Sendable, Hashable {
  package let window: Rational
  package let day: Rational
  package let hour: Rational

  init(perSecond: Rational, windowSeconds: Rational) {
    window = perSecond * windowSeconds
    day = perSecond * 86_400
    hour = perSecond * 3_600
  }
}

/// How much may fail.
package struct BudgetFigures: Sendable, Hashable {
  /// The share of events, or of time, that may fail.
  package let share: Rational
  /// Seconds of a total outage at even traffic that use the budget up.
  package let outageSeconds: PeriodFigures
  /// Events that may fail at the declared traffic; nil where none is declared.
  package let events: PeriodFigures?
  /// The share of the window's budget that one failed event takes; nil without traffic or without a budget.
  package let oneFailure: Rational?

  init(share: Rational, windowSeconds: Rational, traffic: Rational?) {
    self.share = share
    outageSeconds = PeriodFigures(perSecond: share, windowSeconds: windowSeconds)
    events = traffic.map { PeriodFigures(perSecond: share * $0, windowSeconds: windowSeconds) }
    oneFailure = events.flatMap { Rational.one.divided(by: $0.window) }
  }
}

/// One pair of windows of an objective's burn-rate alerts.
package struct BurnAlertFigures: Sendable, Hashable {
  package let urgency: AlertUrgency
  package let longWindow: TimeSpan
  package let shortWindow: TimeSpan
  /// How many times faster than even the budget goes at the threshold.
  package let burnRate: Rational
  /// The share of the window's budget that is gone when the alert fires.
  package let budgetSpent: Rational
  /// The share of events that has to fail over the long window: burn rate times budget.
  package let failureRatio: Rational
  /// Failed events an hour at the threshold and the declared traffic.
  package let failuresPerHour: Rational?
  /// Seconds from the start of a total outage until the long window holds as many failures as the threshold asks for,
  /// evaluation and guards against chance left out; nil where not even a total outage gets there.
  package let detectionSeconds: Rational?
  /// Seconds until the whole budget is gone at this burn rate; nil for a burn rate of zero.
  package let exhaustionSeconds: Rational?

  init(_ alert: BurnAlertPlan, budgetShare: Rational, windowSeconds: Rational, traffic: Rational?) {
    urgency = alert.urgency
    longWindow = alert.longWindow
    shortWindow = alert.shortWindow
    burnRate = alert.burnRate.multiple
    budgetSpent = alert.budgetShare.fraction
    failureRatio = burnRate * budgetShare
    failuresPerHour = traffic.map { [failureRatio] in failureRatio * $0 * 3_600 }
    detectionSeconds = failureRatio <= .one ? failureRatio * alert.longWindow.seconds : nil
    exhaustionSeconds = windowSeconds.divided(by: burnRate)
  }

  /// Whether a total outage makes the alert fire: the burn rate cannot exceed one over the budget.
  package var isReachable: Bool { detectionSeconds != nil }
}

/// A promise to customers beside the objective that guards it.
package struct PromiseFigures: Sendable {
  package let agreement: String
  package let name: String
  package let expression: String
  package let target: Target
  package let guardedBy: ObjectiveName?
  /// The promise's budget divided by the objective's: 5 means that the objective is spent five times over
  /// before the promise is broken. nil where nothing guards it, or what does leaves no budget.
  package let headroom: Rational?

  static func all(of agreement: AgreementPlan) -> [PromiseFigures] {
    agreement.promises.map { PromiseFigures(agreement: agreement.name, promise: $0) }
  }

  private init(agreement: String, promise: PromisePlan) {
    self.agreement = agreement
    name = promise.name
    expression = promise.expression
    target = promise.target
    guardedBy = promise.guardedBy
    headroom = promise.headroom
  }
}
