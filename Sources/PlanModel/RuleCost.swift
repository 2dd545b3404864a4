import Quantities

/// How many samples the rules of one objective read, once all their ranges are full of them.
package struct RuleCost: Sendable, Hashable {
  /// Of series that rules record, and of the steps of subqueries, per minute; of an objective that is split, for each value of the labels that split it.
  package var recordedPerMinute: Rational
  /// Of scraped metrics, sorted by name.
  package var scraped: [ScrapedCost]

  package init(recordedPerMinute: Rational, scraped: [ScrapedCost]) {
    self.recordedPerMinute = recordedPerMinute
    self.scraped = scraped
  }
}

/// How many samples are read of each series of a scraped metric, if it is chosen by every selector of the metric.
package struct ScrapedCost: Sendable, Hashable {
  /// Empty where selectors name no metric.
  package var metric: String
  package var perMinute: Rational

  package init(metric: String, perMinute: Rational) {
    self.metric = metric
    self.perMinute = perMinute
  }
}
