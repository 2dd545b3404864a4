import PromQL
import Quantities

/// Tests of the rules of one service: made-up metrics, and what the rules have to make of them.
package struct RuleTestPlan: Sendable, Hashable {
  package var suites: [RuleTestSuite] = []
  /// What no test says anything of.
  package var omissions: [RuleTestOmission] = []

  package init() {}
}

/// Tests in which rules are evaluated equally often: one file for promtool, which knows one interval a file.
package struct RuleTestSuite: Sendable, Hashable {
  /// What tells its file from others of the service; nil for the first.
  package var name: String?
  /// What its tests have in common, as a sentence without its full stop.
  package var summary: String
  /// The time between two evaluations.
  package var step: TimeSpan
  package var tests: [RuleTest]

  package init(name: String?, summary: String, step: TimeSpan, tests: [RuleTest]) {
    self.name = name
    self.summary = summary
    self.step = step
    self.tests = tests
  }
}

/// Something that no metrics could be made up for.
package struct RuleTestOmission: Sendable, Hashable {
  /// The full name of an objective, or that of an alert.
  package var subject: String
  /// The end of a sentence that begins with the name.
  package var reason: String

  package init(subject: String, reason: String) {
    self.subject = subject
    self.reason = reason
  }
}

/// A stretch of time in which metrics are scraped and rules evaluated, from time zero on.
package struct RuleTest: Sendable, Hashable {
  package var name: String
  /// The time between two samples.
  package var interval: TimeSpan
  package var series: [TestSeries]
  package var checks: [RuleCheck]

  package init(name: String, interval: TimeSpan, series: [TestSeries], checks: [RuleCheck]) {
    self.name = name
    self.interval = interval
    self.series = series
    self.checks = checks
  }
}

/// A metric as it is scraped.
package struct TestSeries: Sendable, Hashable {
  package var metric: String
  /// In the order of their names.
  package var labels: [LabelPair]
  /// One for each scrape.
  package var values: SampleRuns

  /// `values` has nil where nothing is scraped.
  package init(metric: String, labels: [LabelPair], values: [Double?]) {
    self.metric = metric
    self.labels = labels
    self.values = SampleRuns(values)
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
