import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// The alerts that every objective gets: too much of the budget spent, and still being spent.
struct BurnAlertRules: Sendable {
  let series: ObjectiveSeries
  let objective: Objective
  let countsTime: Bool
  let directory: AlertDirectory

  static let alertName = "ErrorBudgetBurn"
  static let longWindowLabel = "long_window"

  /// How far bad events have to lie beyond what chance brings at low traffic: so many standard deviations of the expected
  /// number, and so many events.
  private struct ChanceGuard {
    let deviations: PromQLExpression
    let events: PromQLExpression

    init(_ urgency: AlertUrgency) {
      switch urgency {
      case .page: (deviations, events) = (3, 2)
      case .ticket: (deviations, events) = (1.5, 2)
      }
    }
  }

  /// Below this many events an hour the short window of a ticket holds too few to tell that a fault is over.
  private static let quietEventsPerHour: PromQLExpression = 600
  /// How many failures the pace of a page's long window has to bring into the short one for their absence to tell that the
  /// fault is over; and how many events the wide one has to hold. A pace would fall as the fault leaves the long window.
  static let telling = (short: 12.0, wide: 5.0)
  /// Looked at where the short window does not tell; what comes hourly is always in it.
  static let wideWindow = TimeSpan.minutes(65)

  private static let keepFiring = TimeSpan.minutes(10)

  /// Pairs that not even a total outage reaches have no rule.
  func rules(for plans: [BurnAlertPlan]) -> [Rule] {
    switch objective.alerting.scheme {
    case .none: return []
    case .budget, .classic: break
    }
    let description = description.text
    guard let greatest = BurnRate.greatest(for: series.budget) else { return [anyFailure(description)] }
    return plans.filter { $0.burnRate <= greatest }.map { plan in
      let condition = objective.alerting.scheme == .classic ? classic(plan) : budgetSpent(plan)
      return alert(condition, plan, description)
    }
  }

  // MARK: Conditions

  private func bad(_ span: TimeSpan) -> PromQLExpression { series.increase(.badLedger, over: span) }
  private func total(_ span: TimeSpan) -> PromQLExpression { series.increase(.totalLedger, over: span) }
  private func allowed(_ span: TimeSpan) -> PromQLExpression { total(span).times(series.budgetShare) }

  /// `bad[long] / allowance > share`, beyond chance, and the short window still burns.
  private func budgetSpent(_ plan: BurnAlertPlan) -> PromQLExpression {
    let allowance = PromQLExpression.clampMin(series.latest(.budgetAllowance), ObjectiveSeries.tiny)
    return bad(plan.longWindow).divided(by: allowance, matching: series.matching)
      .greater(than: .constant(plan.budgetShare.fraction))
      .and(isBeyondChance(plan), on: series.splitBy)
      .and(isStillBurning(plan), on: series.splitBy)
  }

  /// Seconds are no independent draws: two slices have to be bad.
  private func isBeyondChance(_ plan: BurnAlertPlan) -> PromQLExpression {
    guard countsTime else { return isBeyondChance(in: plan.longWindow, plan.urgency) }
    return bad(plan.longWindow).greater(
      than: series.timing.seconds(series.timing.interval, times: Rational(numerator: 3, denominator: 2))
    )
  }

  /// `bad > total·E + z·sqrt(total·E) + c`: the expected number and a margin, the deviation of a Poisson distribution being
  /// the root of its mean.
  private func isBeyondChance(in span: TimeSpan, _ urgency: AlertUrgency) -> PromQLExpression {
    let chance = ChanceGuard(urgency)
    let margin = chance.deviations.times(.sqrt(allowed(span))).plus(chance.events)
    return bad(span).greater(than: allowed(span).plus(margin), matching: series.matching)
  }

  /// Whether the fault goes on. For tickets `bad[short] > E·total[short]`, or too little traffic to say.
  private func isStillBurning(_ plan: BurnAlertPlan) -> PromQLExpression {
    let short = plan.shortWindow
    let burns = bad(short).greater(than: allowed(short), matching: series.matching)
    if countsTime { return burns }
    switch plan.urgency {
    case .ticket: return burns.or(total(.hours(1)).less(than: Self.quietEventsPerHour), on: series.splitBy)
    case .page: return isStillPaging(plan)
    }
  }

  /// The short window is bad beyond chance. Where it holds too little to tell, the wide one is; where that does too, the
  /// long one alone decides.
  private func isStillPaging(_ plan: BurnAlertPlan) -> PromQLExpression {
    let (short, wide) = (plan.shortWindow, min(Self.wideWindow, plan.longWindow))
    let hidden = hides(short, Self.telling.short, plan)
    if wide == plan.longWindow { return isBeyondChance(in: short, .page).or(hidden, on: series.splitBy) }
    let isEmpty = total(wide).less(than: .number(PromQLNumber(Self.telling.wide)))
    let isWide = isBeyondChance(in: wide, .page).or(isEmpty, on: series.splitBy)
    return isBeyondChance(in: short, .page).or(hidden.and(isWide, on: series.splitBy), on: series.splitBy)
  }

  /// `total · bad[long] / total[long] < n`: at the pace of the long window, fewer failures than that.
  private func hides(_ span: TimeSpan, _ failures: Double, _ plan: BurnAlertPlan) -> PromQLExpression {
    let long = plan.longWindow
    return total(span).times(bad(long), matching: series.matching)
      .less(than: total(long).times(.number(PromQLNumber(failures))), matching: series.matching)
  }

  /// The Workbook's: both windows burn faster than the threshold. The value is the share of the budget that this spends.
  private func classic(_ plan: BurnAlertPlan) -> PromQLExpression {
    burnRate(over: plan.longWindow)
      .times(.constant(plan.longWindow / series.length))
      .greater(than: .constant(plan.budgetShare.fraction))
      .and(
        burnRate(over: plan.shortWindow).greater(than: .constant(plan.burnRate.multiple)),
        on: series.splitBy
      )
  }

  private func burnRate(over span: TimeSpan) -> PromQLExpression {
    bad(span).divided(by: .clampMin(total(span), ObjectiveSeries.tiny), matching: series.matching)
      .divided(by: series.budgetShare)
  }

  // MARK: Alerts

  private func alert(_ condition: PromQLExpression, _ plan: BurnAlertPlan, _ description: String) -> Rule {
    var summary = AlertTemplate()
    summary.append(action: "$value | humanizePercentage")
    summary.append(literal: " of the error budget of \(title) spent in \(plan.longWindow.promQLText)")
    return rule(
      condition,
      urgency: plan.urgency,
      window: plan.longWindow,
      summary: summary.text,
      description: description
    )
  }

  /// With a target of 100% there is no share to wait for.
  private func anyFailure(_ description: String) -> Rule {
    var summary = AlertTemplate()
    summary.append(literal: "\(title) allows no failure, and something failed within the last hour")
    let failures = PromQLExpression.total(of: bad(.hours(1)), by: series.splitBy)
    return rule(
      failures.greater(than: 0),
      urgency: .page,
      window: .hours(1),
      summary: summary.text,
      description: description
    )
  }

  private var title: String { objective.title ?? series.name.text }

  private func rule(
    _ condition: PromQLExpression,
    urgency: AlertUrgency,
    window: TimeSpan,
    summary: String,
    description: String
  ) -> Rule {
    let labels =
      ObjectiveAlertLabels(series: series, objective: objective, directory: directory).labels(urgency)
      + [LabelPair(Self.longWindowLabel, window.promQLText)]
    return .alert(
      AlertRule(
        alert: Self.alertName,
        expression: condition,
        sustained: .zero,
        keepFiringFor: Self.keepFiring,
        labels: labels,
        annotations: [
          LabelPair(AlertAnnotation.summary, summary), LabelPair(AlertAnnotation.description, description),
        ] + directory.links(runbook: objective.runbook, of: objective.service)
      )
    )
  }

  /// The objective, what is left of its budget, when that is gone at the pace of the last hour, and whose it is.
  private var description: AlertTemplate {
    var text = AlertTemplate()
    text.append(literal: "\(objective.expression.value).")
    text.append(
      query: series.latest(.budgetRemaining),
      splitBy: series.splitBy,
      as: "humanizePercentage",
      between: (" Budget left: ", ".")
    )
    if !series.budget.isEmpty {
      // remaining × window ÷ burn rate, as in `BurnRate.timeToExhaustion`.
      let burn = series.latest(.burnRate, .equal(ObjectiveSeries.windowLabel, TimeSpan.hours(1).promQLText))
      let left = PromQLExpression.clampMin(series.latest(.budgetRemaining), 0)
        .times(series.timing.seconds(series.length))
      text.append(
        query: left.divided(by: burn.greater(than: 0), matching: series.matching),
        splitBy: series.splitBy,
        as: "humanizeDuration",
        between: (" At the pace of the last hour the rest is gone in ", ".")
      )
    }
    text.append(literal: directory.ownership(of: objective))
    return text
  }
}

/// The labels of an alert about an objective.
struct ObjectiveAlertLabels: Sendable {
  let series: ObjectiveSeries
  let objective: Objective
  let directory: AlertDirectory

  func labels(_ urgency: AlertUrgency) -> [LabelPair] {
    let route: BurnAlerting.Route =
      switch urgency {
      case .page: objective.alerting.page
      case .ticket: objective.alerting.ticket
      }
    let all =
      series.naming
      + directory.ownerLabel(directory.owner(of: objective))
      + directory.severityLabel(route.severity, otherwise: urgency)
      + [LabelPair(AlertLabel.urgency, urgency.rawValue)]
      + directory.notifyLabel(route.channels)
      + objective.labels.map { LabelPair($0.name.value, $0.value.value) }
    return all.withoutRepeats
  }
}
