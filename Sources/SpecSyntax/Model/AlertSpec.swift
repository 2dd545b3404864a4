import Diagnostics
import Quantities

/// How urgent an incident is, and the times that it promises.
package struct SeveritySpec: Sendable {
  package var title: Located<String>?
  package var impact: Located<String>?
  package var respond: Located<TimeSpan>?
  package var resolve: Located<TimeSpan>?
  package var update: Located<TimeSpan>?
  package var example: Located<String>?
  package var pages: Located<Bool>?
}

/// Somewhere an alert can be sent.
package struct ChannelSpec: Sendable {
  package enum Kind: Sendable {
    case pagerDuty(routingKey: SecretSpec)
    case slack(channel: Located<String>, apiURL: SecretSpec?)
    case email(to: [Located<String>])
    case opsgenie(apiKey: SecretSpec)
    case webhook(WebhookAddress)
    /// Nobody is told.
    case log
  }

  package enum WebhookAddress: Sendable {
    case url(Located<String>)
    case file(Located<String>)
  }

  package var kind: Located<Kind>
  package var title: Located<String>?
}

/// Where a secret is kept.
package enum SecretSpec: Sendable {
  /// The path of a file that holds it.
  case file(Located<String>)
  /// In the spec itself, where it must not be.
  case written(Located<String>)
}

/// An alert that its author wrote.
package struct AlertSpec: Sendable {
  /// Any one of them fires the alert.
  package var when: [ConditionSpec]
  package var severity: Located<String>
  package var notify: [Located<String>] = []
  /// What to do, in order.
  package var steps: [Located<String>] = []
  package var title: Located<String>?
  package var meaning: Located<String>?
  package var runbook: Located<String>?
  package var labels: [NamedText] = []

  package init(when: [ConditionSpec], severity: Located<String>) {
    self.when = when
    self.severity = severity
  }
}

/// A condition on indicators and objectives.
package indirect enum ConditionSpec: Sendable {
  case all([ConditionSpec])
  case any([ConditionSpec])
  case comparison(ComparisonSpec)
}

/// One measure held against one bound: `failures(uploads) > 50 within 10m for 5m`.
package struct ComparisonSpec: Sendable {
  package enum Measure: Sendable, Hashable {
    case failureRatio
    case successRatio
    case failures
    case events
    case percentile(Percentile)
    case value
    case rate
    case burnRate
    case budgetRemaining
  }

  package enum Bound: Sendable, Hashable {
    case amount(Quantity)
    /// So many times the bound of the percentile's objective.
    case objectiveMultiple(Rational)
  }

  /// The word, such as `failures` or `p95`.
  package var measure: Located<Measure>
  /// What it is of; absent for any objective of the service.
  package var subject: Located<String>?
  package var comparison: Located<Comparison>
  package var bound: Located<Bound>
  /// The range that is looked at (`within` or `over`).
  package var range: Located<TimeSpan>?
  /// How long the comparison has to hold without a break (`for`).
  package var sustained: Located<TimeSpan>?
  /// The comparison on one line, with single spaces.
  package var text: Located<String>
}
