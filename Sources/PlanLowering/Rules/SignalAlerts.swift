import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// Alerts about an objective's signal rather than its budget: traffic that stopped, and telemetry that is gone.
struct SignalAlerts: Sendable {
  let series: ObjectiveSeries
  let objective: Objective
  let units: CountedUnits
  let hasExclusions: Bool
  /// The fastest page about the budget; nil where none is left for failures.
  let page: BurnAlertPlan?
  let directory: AlertDirectory

  static let vanishedName = "TrafficVanished"
  static let lostName = "TelemetryLost"

  /// Too few to be missed below.
  private static let usualTraffic: PromQLExpression = 30
  private static let usualDays = [TimeSpan.days(1), .days(7)]
  private static let ticketSilence = TimeSpan.minutes(30)
  private static let pageSilence = TimeSpan.minutes(10)
  /// How long that silence has to be unusual: traffic that comes by the clock may be early or late by as much.
  private static let pageSustained = TimeSpan.minutes(5)
  /// Traffic that stopped longer ago did not stop now: a holiday is no outage.
  private static let recently = TimeSpan.hours(6)
  private static let lossAfter = TimeSpan.minutes(15)

  var rules: [Rule] {
    switch objective.alerting.scheme {
    case .none: []
    case .budget, .classic: (units.countsTime ? [] : vanished) + [telemetryLost]
    }
  }

  private var vanished: [Rule] {
    [ticketAlert] + (page.map { [pageAlert($0)] } ?? [])
  }

  /// No event in half an hour that had its share of them yesterday and a week ago.
  private var ticketAlert: Rule {
    vanished(
      .ticket,
      Self.ticketSilence,
      "There were some at this time yesterday and a week ago. The budget does not show what nobody asked for."
    )
  }

  /// More events are missing than what pages if they fail, and some came not long ago.
  private func pageAlert(_ plan: BurnAlertPlan) -> Rule {
    let (span, share) = (max(plan.longWindow, Self.pageSilence + Self.pageSustained), plan.budgetShare)
    let allowance = series.latest(.budgetAllowance).times(.constant(share.fraction))
    let missing = Self.usualDays.map { ago in
      increase(span, before: ago).minus(increase(span), matching: series.matching)
        .greater(than: allowance, matching: series.matching)
    }
    return vanished(
      .page,
      Self.pageSilence,
      sustained: Self.pageSustained,
      where: missing + [increase(Self.recently).greater(than: 0)],
      "Compared with yesterday and a week ago more is missing than \(share) of the error budget, if it had failed."
    )
  }

  private func vanished(
    _ urgency: AlertUrgency,
    _ silence: TimeSpan,
    sustained: TimeSpan = .zero,
    where more: [PromQLExpression] = [],
    _ explanation: String
  ) -> Rule {
    let usual = Self.usualDays.map { increase(silence, before: $0).greaterOrEqual(to: Self.usualTraffic) }
    let vanished = (usual + more).reduce(increase(silence).equal(to: 0)) { $0.and($1, on: series.splitBy) }
    return alert(
      Self.vanishedName,
      urgency,
      afterExclusions(vanished, within: silence),
      sustained: sustained,
      summary: "no events for \(title) in \((silence + sustained).promQLText)",
      description: explanation
    )
  }

  private func increase(_ span: TimeSpan, before ago: TimeSpan = .zero) -> PromQLExpression {
    series.increase(.totalLedger, over: span, before: ago)
  }

  /// The metrics are gone that were counted within the last day. Slices of time count nothing without data.
  private var telemetryLost: Rule {
    let counted = PromQLExpression.sum(series.increase(.totalLedger, over: .days(1))).greater(than: 0)
    let missing: PromQLExpression =
      if let absent = PromQLExpression.joined(absences, { $0.and($1, on: []) }) {
        PromQLExpression.group(absent)
      } else {
        afterExclusions(
          PromQLExpression.sum(series.increase(.totalLedger, over: Self.lossAfter)).equal(to: 0),
          within: Self.lossAfter
        )
      }
    return alert(
      Self.lostName,
      .ticket,
      missing.and(counted, on: []),
      summary: "no data for \(title) in \(Self.lossAfter.promQLText)",
      description: "Nobody knows whether the objective is met: what it is measured by has no series any more."
    )
  }

  private var absences: [PromQLExpression] {
    units.selectors.map { .absentOverTime($0, over: Self.lossAfter.promQL) }
  }

  /// What was excluded within the time was not counted, and so is not missing.
  private func afterExclusions(_ condition: PromQLExpression, within span: TimeSpan) -> PromQLExpression {
    guard hasExclusions else { return condition }
    let excluded = PromQLExpression.maxOverTime(series.selector(.exclusionActive), over: span.promQL).greater(than: 0)
    return condition.unless(excluded, on: [])
  }

  private var title: String { objective.title ?? series.name.text }

  private func alert(
    _ name: String,
    _ urgency: AlertUrgency,
    _ condition: PromQLExpression,
    sustained: TimeSpan = .zero,
    summary: String,
    description: String
  ) -> Rule {
    let description = description + directory.ownership(of: objective)
    return .alert(
      AlertRule(
        alert: name,
        expression: condition,
        sustained: sustained,
        keepFiringFor: .zero,
        labels: ObjectiveAlertLabels(series: series, objective: objective, directory: directory).labels(urgency),
        annotations: [(AlertAnnotation.summary, summary), (AlertAnnotation.description, description)].map {
          name,
          text in
          var template = AlertTemplate()
          template.append(literal: text)
          return LabelPair(name, template.text)
        } + directory.links(runbook: objective.runbook, of: objective.service)
      )
    )
  }
}
