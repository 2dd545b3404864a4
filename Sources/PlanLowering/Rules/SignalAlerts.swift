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
  let directory: AlertDirectory

  /// Too few to be missed below.
  private static let usualTraffic: PromQLExpression = 30
  private static let silence = TimeSpan.minutes(30)
  private static let lossAfter = TimeSpan.minutes(15)

  var rules: [Rule] {
    switch objective.alerting.scheme {
    case .none: []
    case .budget, .classic: (units.countsTime ? [] : [trafficVanished]) + [telemetryLost]
    }
  }

  /// No event in half an hour that had its share of them yesterday and a week ago.
  private var trafficVanished: Rule {
    let usually = [TimeSpan.days(1), .days(7)].map { ago in
      series.increase(.totalLedger, over: Self.silence, before: ago).greaterOrEqual(to: Self.usualTraffic)
    }
    let vanished = series.increase(.totalLedger, over: Self.silence).equal(to: 0)
    return alert(
      "TrafficVanished",
      afterExclusions(usually.reduce(vanished) { $0.and($1, on: series.splitBy) }, within: Self.silence),
      summary: "no events for \(title) in \(Self.silence.promQLText)",
      description:
        "There were some at this time yesterday and a week ago. The budget does not show what nobody asked for."
    )
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
      "TelemetryLost",
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

  private func alert(_ name: String, _ condition: PromQLExpression, summary: String, description: String) -> Rule {
    .alert(
      AlertRule(
        alert: name,
        expression: condition,
        sustained: .zero,
        keepFiringFor: .zero,
        labels: ObjectiveAlertLabels(series: series, objective: objective, directory: directory).labels(.ticket),
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
