import PlanModel
import PromQL
import Quantities

/// Counts the samples that rules read, as Prometheus counts them in the statistics of a query.
///
/// A selector without a range reads one sample of each series; one with a range as many as the range holds: range ÷ scrape
/// interval, and of recorded series one more, because they have samples at both ends of it. A subquery reads what its
/// operand reads at each of its steps; Prometheus counts the results instead, which are as many where that is a selector.
struct RuleCosts: Sendable {
  let timing: RuleTiming

  func cost(of groups: [RuleGroup]) -> RuleCost {
    var recorded = Rational.zero
    var scraped: [String: Rational] = [:]
    for group in groups {
      let evaluations = TimeSpan.minutes(1) / group.interval
      for rule in group.rules {
        count(rule.expression, times: evaluations, &recorded, &scraped)
      }
    }
    return RuleCost(
      recordedPerMinute: recorded,
      scraped: scraped.sorted { $0.key < $1.key }.map { ScrapedCost(metric: $0.key, perMinute: $0.value) }
    )
  }

  private func count(
    _ expression: PromQLExpression,
    times: Rational,
    _ recorded: inout Rational,
    _ scraped: inout [String: Rational]
  ) {
    switch expression {
    case .selector(let selector): add(selector, times, &recorded, &scraped)
    case .range(let range):
      add(range.selector, times * samples(in: span(of: range.range), of: range.selector), &recorded, &scraped)
    case .subquery(let subquery):
      let step = subquery.step.map { span(of: $0) } ?? timing.interval
      count(subquery.operand, times: times * (span(of: subquery.range) / step), &recorded, &scraped)
    case .number, .string, .call, .aggregation, .binary, .unary:
      for child in expression.children { count(child, times: times, &recorded, &scraped) }
    }
  }

  private func add(
    _ selector: VectorSelector,
    _ samples: Rational,
    _ recorded: inout Rational,
    _ scraped: inout [String: Rational]
  ) {
    if selector.isRecorded {
      recorded += samples
    } else {
      scraped[selector.metricName ?? "", default: .zero] += samples
    }
  }

  private func samples(in span: TimeSpan, of selector: VectorSelector) -> Rational {
    if selector.isRecorded { return Rational((span / timing.interval).floor) + 1 }
    return span / timing.scrape
  }

  /// Templates have their ranges filled in by now.
  private func span(of range: PromQLRange) -> TimeSpan {
    switch range {
    case .fixed(let duration): span(of: duration)
    case .placeholder: timing.rateRange
    }
  }

  private func span(of duration: PromQLDuration) -> TimeSpan { .milliseconds(Int(duration.milliseconds)) }
}
