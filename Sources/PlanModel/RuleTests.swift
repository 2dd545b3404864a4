import PromQL
import Quantities

/// Tests of the rules of one service: made-up metrics, and what the rules have to make of them.
package struct RuleTestPlan: Sendable, Hashable {
  package var tests: [RuleTest] = []
  /// What no test says anything of.
  package var omissions: [RuleTestOmission] = []

  package init() {}
}

/// Something that no metrics could be made up for.
package struct RuleTestOmission: Sendable, Hashable {
  /// A full name.
  package var objective: String
  /// The end of a sentence that begins with the name.
  package var reason: String

  package init(objective: String, reason: String) {
    self.objective = objective
    self.reason = reason
  }
}

/// A stretch of time in which metrics are scraped and rules evaluated once an interval, from time zero on.
package struct RuleTest: Sendable, Hashable {
  package var name: String
  package var series: [TestSeries]
  package var checks: [RuleCheck]

  package init(name: String, series: [TestSeries], checks: [RuleCheck]) {
    self.name = name
    self.series = series
    self.checks = checks
  }
}

/// A metric as it is scraped.
package struct TestSeries: Sendable, Hashable {
  package var metric: String
  /// In the order of their names.
  package var labels: [LabelPair]
  /// One for each interval; nil where nothing is scraped.
  package var values: [Double?]

  package init(metric: String, labels: [LabelPair], values: [Double?]) {
    self.metric = metric
    self.labels = labels
    self.values = values
  }
}

/// What a query has to yield at a time.
package struct RuleCheck: Sendable, Hashable {
  package var time: TimeSpan
  package var query: PromQLExpression
  /// None where it has to yield nothing.
  package var expected: [ExpectedSample]

  package init(time: TimeSpan, query: PromQLExpression, expected: [ExpectedSample]) {
    self.time = time
    self.query = query
    self.expected = expected
  }
}

package struct ExpectedSample: Sendable, Hashable {
  package var labels: [LabelPair]
  package var value: PromQLNumber

  package init(labels: [LabelPair], value: PromQLNumber) {
    self.labels = labels
    self.value = value
  }
}
