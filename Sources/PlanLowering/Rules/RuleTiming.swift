import PromQL
import Quantities
import SpecCatalog

/// How often things happen, and how far back rules have to look to see them.
struct RuleTiming: Sendable {
  let interval: TimeSpan
  private let scrape: TimeSpan
  private let tolerated: TimeSpan

  init(_ settings: WorkspaceSettings) {
    interval = settings.interval
    scrape = settings.scrapeInterval
    tolerated = settings.gap
  }

  /// Where the newest sample is looked for: two intervals and two scrapes at least, so that one late scrape is no gap.
  var reach: TimeSpan { max(interval, scrape) * 2 }

  /// How long a series may be missing and still go on where it stopped.
  var gap: TimeSpan { max(tolerated, reach) }

  /// The shortest range in which a rate finds the samples that it needs, one lost scrape allowed.
  var rateRange: TimeSpan { max(interval * 2, scrape * 4) }

  /// One interval in seconds, which is what a slice of time weighs.
  var intervalSeconds: PromQLExpression { .constant(interval.seconds) }
}

extension TimeSpan {
  /// For PromQL, which knows nothing finer than a millisecond: rounded up to one, so that nothing becomes zero.
  var promQL: PromQLDuration { PromQLDuration(milliseconds: Int64((seconds * 1_000).ceiling)) }

  /// The shortest PromQL spelling, as annotations and labels show it.
  var promQLText: String { promQL.description }
}

extension PromQLExpression {
  /// The float nearest to an exact number.
  static func constant(_ number: Rational) -> PromQLExpression {
    .number(PromQLNumber(number.doubleValue))
  }

  /// Added up over all series, or over those that share the labels.
  static func total(of operand: PromQLExpression, by labels: [String]) -> PromQLExpression {
    labels.isEmpty ? .sum(operand) : .sum(operand, by: labels)
  }

  /// The operands joined by an operator from left to right; nil for none.
  static func joined(
    _ operands: [PromQLExpression],
    _ join: (PromQLExpression, PromQLExpression) -> PromQLExpression
  ) -> PromQLExpression? {
    guard let first = operands.first else { return nil }
    return operands.dropFirst().reduce(first, join)
  }
}
