import PromQL
import Quantities
import SpecCatalog

/// How often things happen, and how far back rules have to look to see them, in the time that specs speak of.
struct RuleTiming: Sendable {
  let interval: TimeSpan
  let scale: TimeScale
  let scrape: TimeSpan
  private let timeout: TimeSpan
  private let tolerated: TimeSpan

  init(_ settings: WorkspaceSettings, scale: TimeScale = .real) {
    self.scale = scale
    interval = settings.interval
    scrape = settings.scrapeInterval
    timeout = settings.scrapeTimeout
    tolerated = settings.gap
  }

  /// Where the newest sample is looked for: two intervals and two scrapes at least, so that one late scrape is no gap.
  var reach: TimeSpan { max(interval, scrape) * 2 }

  /// How long ago a sample has to be from to have surely arrived. A sample bears the time at which its scrape began: one
  /// that comes in after an evaluation with a time before it would be in no difference.
  var arrival: TimeSpan { min(scrape, timeout) }

  /// What has surely arrived of a counter, as `CounterDelta` reads it.
  func arrived(_ selector: VectorSelector) -> VectorSelector {
    selector.offset(.milliseconds(selector.offset.milliseconds + arrival.promQL.milliseconds))
  }

  /// How long a series may be missing and still go on where it stopped.
  var gap: TimeSpan { max(tolerated, reach) }

  /// The shortest range in which a rate finds the samples that it needs, one lost scrape allowed.
  var rateRange: TimeSpan { max(interval * 2, scrape * 4) }

  /// One interval in seconds, which is what a slice of time weighs.
  var intervalSeconds: PromQLExpression { seconds(interval) }

  /// So many seconds as they pass where the rules are evaluated, for comparison with `time()` and rates.
  func seconds(_ span: TimeSpan, times factor: Rational = .one) -> PromQLExpression {
    .constant(span.seconds * factor * Rational(numerator: 1, denominator: Int128(scale.divisor)))
  }
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
