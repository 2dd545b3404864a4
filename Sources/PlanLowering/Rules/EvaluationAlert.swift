import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// The alert on evaluations that did not happen, from the samples that each one leaves behind.
///
/// It needs nothing that the evaluator says of itself, so it holds for the rulers of Thanos and Mimir as well. While nothing
/// is evaluated, neither is the alert: it fires once evaluations go on.
struct EvaluationAlert: Sendable {
  let service: ServiceID
  /// Those of the service that have alerts.
  let objectives: [Objective]
  let timing: RuleTiming
  let directory: AlertDirectory

  static let name = "EvaluationsMissed"
  static let span = TimeSpan.hours(1)

  /// How many of an hour's evaluations there have to be. A restart costs a few.
  static func leastEvaluations(timing: RuleTiming) -> Rational {
    span / timing.interval * Rational(numerator: 9, denominator: 10)
  }

  /// `min(count_over_time(x[1h]) and x and on (…) age > 1h) < 0.9 × evaluations in an hour`, where `x` is recorded by every
  /// evaluation: an objective that was added or taken away within the hour has not missed any.
  var rule: Rule {
    let matcher = LabelMatcher.equal(directory.labelNames.service, serviceName)
    let beat = VectorSelector(RecordName.target.rawValue, [matcher])
    let age = PromQLExpression.time().minus(.selector(VectorSelector(RecordName.ledgerStart.rawValue, [matcher])))
    let counted = PromQLExpression.call(.countOverTime, .range(beat, over: .fixed(Self.span.promQL)))
      .and(.selector(beat))
      .and(
        age.greater(than: timing.seconds(Self.span)),
        on: [directory.labelNames.slo, RecordName.countLabel]
      )
    return .alert(
      AlertRule(
        alert: Self.name,
        expression: .min(counted).less(than: .constant(Self.leastEvaluations(timing: timing))),
        sustained: .zero,
        keepFiringFor: .zero,
        labels: labels,
        annotations: annotations
      )
    )
  }

  private var serviceName: String { directory.catalog[service].name.value }

  /// It goes to all who get tickets about the service's objectives.
  private var labels: [LabelPair] {
    var channels: [ChannelID] = []
    for channel in objectives.flatMap(\.alerting.ticket.channels) where !channels.contains(channel) {
      channels.append(channel)
    }
    return [LabelPair(directory.labelNames.service, serviceName)]
      + directory.ownerLabel(directory.catalog[service].owner?.value)
      + directory.severityLabel(objectives.lazy.compactMap(\.alerting.ticket.severity).first, otherwise: .ticket)
      + [LabelPair(AlertLabel.urgency, AlertUrgency.ticket.rawValue)]
      + directory.notifyLabel(channels)
  }

  private var annotations: [LabelPair] {
    var summary = AlertTemplate()
    summary.append(literal: "rules of \(serviceName) were evaluated only ")
    summary.append(action: "$value")
    summary.append(literal: " times in an hour")
    var description = AlertTemplate()
    description.append(
      literal: """
        They should be \((Self.span / timing.interval).floor) times. What happened in the missed intervals may not be \
        counted, and an outage among them not be seen.
        """
    )
    return [LabelPair(AlertAnnotation.summary, summary.text), LabelPair(AlertAnnotation.description, description.text)]
      + directory.links(runbook: nil, of: service)
  }
}
