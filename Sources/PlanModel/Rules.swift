import PromQL
import Quantities

/// Rules that Prometheus evaluates one after the other, at one time.
package struct RuleGroup: Sendable, Hashable {
  package var name: String
  package var interval: TimeSpan
  package var rules: [Rule]
  /// nil where the system has no partial responses.
  package var partialResponse: PartialResponse?

  package init(name: String, interval: TimeSpan, rules: [Rule], partialResponse: PartialResponse? = nil) {
    self.name = name
    self.interval = interval
    self.rules = rules
    self.partialResponse = partialResponse
  }
}

/// What becomes of a query of a Thanos ruler that some of the stores did not answer.
package enum PartialResponse: String, Sendable, Hashable {
  /// It fails.
  case abort
  /// It stands, with a warning.
  case warn
}

package enum Rule: Sendable, Hashable {
  case recording(RecordingRule)
  case alert(AlertRule)

  package var expression: PromQLExpression {
    switch self {
    case .recording(let rule): rule.expression
    case .alert(let rule): rule.expression
    }
  }
}

/// A label or annotation: Prometheus keeps them unordered, we print them in this order.
package struct LabelPair: Sendable, Hashable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

package struct RecordingRule: Sendable, Hashable {
  package var record: String
  package var expression: PromQLExpression
  package var labels: [LabelPair]

  package init(record: String, expression: PromQLExpression, labels: [LabelPair]) {
    self.record = record
    self.expression = expression
    self.labels = labels
  }
}

package struct AlertRule: Sendable, Hashable {
  package var alert: String
  package var expression: PromQLExpression
  /// How long the expression holds before the alert fires; zero fires at once.
  package var sustained: TimeSpan
  /// How long the alert goes on after the expression stopped holding.
  package var keepFiringFor: TimeSpan
  package var labels: [LabelPair]
  /// Values are Prometheus templates: whoever builds one escapes what is not meant as a template.
  package var annotations: [LabelPair]

  package init(
    alert: String,
    expression: PromQLExpression,
    sustained: TimeSpan,
    keepFiringFor: TimeSpan,
    labels: [LabelPair],
    annotations: [LabelPair]
  ) {
    self.alert = alert
    self.expression = expression
    self.sustained = sustained
    self.keepFiringFor = keepFiringFor
    self.labels = labels
    self.annotations = annotations
  }
}
