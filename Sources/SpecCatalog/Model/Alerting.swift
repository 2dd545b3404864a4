import Diagnostics
import Quantities

/// How urgent an incident is, and the times that it promises.
package struct IncidentSeverity: Sendable {
  package var service: ServiceID
  package var name: Located<String>
  package var title: String?
  package var impact: String?
  package var example: String?
  package var respond: Located<TimeSpan>?
  package var resolve: Located<TimeSpan>?
  package var update: Located<TimeSpan>?
  /// Whether an alert of it wakes somebody.
  package var pages: Bool
  package var span: SourceSpan

  package init(
    service: ServiceID,
    name: Located<String>,
    title: String?,
    impact: String?,
    example: String?,
    respond: Located<TimeSpan>?,
    resolve: Located<TimeSpan>?,
    update: Located<TimeSpan>?,
    pages: Bool,
    span: SourceSpan
  ) {
    self.service = service
    self.name = name
    self.title = title
    self.impact = impact
    self.example = example
    self.respond = respond
    self.resolve = resolve
    self.update = update
    self.pages = pages
    self.span = span
  }
}

/// Somewhere an alert can be sent.
package struct Channel: Sendable {
  package enum Kind: Sendable {
    case pagerDuty(routingKeyFile: String)
    case slack(channel: String, apiURLFile: String?)
    case email(to: String)
    case opsgenie(apiKeyFile: String)
    case webhook(url: String)
    case webhookFile(String)
    case log
  }

  package var service: ServiceID
  package var name: Located<String>
  package var title: String?
  package var kind: Kind
  /// A secret that stands in the spec itself, where it must not be.
  package var writtenSecret: SourceSpan?
  package var span: SourceSpan

  package init(
    service: ServiceID,
    name: Located<String>,
    title: String?,
    kind: Kind,
    writtenSecret: SourceSpan? = nil,
    span: SourceSpan
  ) {
    self.service = service
    self.name = name
    self.title = title
    self.kind = kind
    self.writtenSecret = writtenSecret
    self.span = span
  }
}

/// An alert that its author wrote.
package struct AlertPolicy: Sendable {
  package enum Origin: Sendable {
    case alerts
    case scaleUp
    case scaleDown
  }

  package var service: ServiceID
  package var name: Located<String>
  package var origin: Origin
  package var title: String?
  package var meaning: String?
  /// Any one of them fires the alert.
  package var when: [AlertCondition]
  package var severity: SeverityID?
  package var channels: [ChannelID]
  package var steps: [String]
  package var runbook: String?
  package var labels: [NamedValue]
  package var span: SourceSpan

  package init(
    service: ServiceID,
    name: Located<String>,
    origin: Origin,
    title: String?,
    meaning: String?,
    when: [AlertCondition],
    severity: SeverityID?,
    channels: [ChannelID],
    steps: [String],
    runbook: String?,
    labels: [NamedValue],
    span: SourceSpan
  ) {
    self.service = service
    self.name = name
    self.origin = origin
    self.title = title
    self.meaning = meaning
    self.when = when
    self.severity = severity
    self.channels = channels
    self.steps = steps
    self.runbook = runbook
    self.labels = labels
    self.span = span
  }
}

package indirect enum AlertCondition: Sendable {
  case any([AlertCondition])
  case all([AlertCondition])
  case comparison(AlertComparison)
}

/// One measure held against one bound.
package struct AlertComparison: Sendable {
  package var measure: AlertMeasure
  package var comparison: Comparison
  package var bound: Located<AlertBound>
  /// The range that is looked at.
  package var range: TimeSpan
  /// How long the comparison has to hold without a break; zero fires at once.
  package var sustained: TimeSpan
  /// The comparison as written.
  package var text: Located<String>

  package init(
    measure: AlertMeasure,
    comparison: Comparison,
    bound: Located<AlertBound>,
    range: TimeSpan,
    sustained: TimeSpan,
    text: Located<String>
  ) {
    self.measure = measure
    self.comparison = comparison
    self.bound = bound
    self.range = range
    self.sustained = sustained
    self.text = text
  }
}

package enum AlertMeasure: Sendable {
  /// Shares and counts of a distribution are judged by the bound of an objective on it.
  case failureRatio(IndicatorID, ObjectiveID?)
  case successRatio(IndicatorID, ObjectiveID?)
  case failures(IndicatorID, ObjectiveID?)
  case events(IndicatorID)
  case percentile(IndicatorID, Percentile)
  case value(IndicatorID)
  /// Events per second.
  case rate(IndicatorID)
  /// The fastest of the named objectives.
  case burnRate([ObjectiveID])
  /// The lowest of the named objectives.
  case budgetRemaining([ObjectiveID])
}

package enum AlertBound: Sendable, Hashable {
  case ratio(Ratio)
  case number(Rational)
  /// In the unit of the metric.
  case value(MetricBound)
  /// So many times the bound of an objective.
  case multiple(Rational, of: ObjectiveID)
}
