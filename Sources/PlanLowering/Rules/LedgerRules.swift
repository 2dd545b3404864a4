import PlanModel
import PromQL
import Quantities

/// The rules that count: what each interval added, and the running sums of that.
///
/// Every event is counted once, where ratios of short windows averaged over a long one weigh quiet hours like busy ones.
struct LedgerRules: Sendable {
  let series: ObjectiveSeries
  let units: CountedUnits
  /// 1 while something does not count, 0 otherwise; nil where everything always counts.
  let exclusion: PromQLExpression?

  var rules: [Rule] {
    let exclusionRule = exclusion.map { [series.record(.exclusionActive, $0)] } ?? []
    return exclusionRule + deltas + [
      series.record(.totalLedger, ledger(.totalLedger, adding: .totalDelta)),
      series.record(.badLedger, ledger(.badLedger, adding: .badDelta)),
      series.record(.ledgerStart, start),
    ]
  }

  /// The one that the other is computed from comes first.
  private var deltas: [Rule] {
    switch units {
    case .events, .observations, .violations: [total, bad]
    case .downtime: [bad, total]
    }
  }

  private var total: Rule { series.record(.totalDelta, totalDelta) }
  private var bad: Rule { series.record(.badDelta, badDelta) }

  /// `carried + on (…) delta or on (…) delta`: goes on where it stopped. A value of a label that splits it and is gone
  /// stands still for as long as its events are in the window.
  private func ledger(_ ledger: RecordName, adding delta: RecordName) -> PromQLExpression {
    let added = series.latest(delta)
    let standing = series.remembered(.totalWindow, series.windowMatcher).greater(than: 0).times(0)
    let anyway = series.splitBy.isEmpty ? added : added.or(standing, on: series.splitBy)
    return series.carried(ledger).plus(anyway, matching: series.matching).or(added, on: series.splitBy)
  }

  /// When the ledger was begun, of each value of the labels that split it. It latches, in all that the window remembers.
  private var start: PromQLExpression {
    let now =
      series.splitBy.isEmpty
      ? PromQLExpression.vector(.time()) : series.latest(.totalLedger).times(0).plus(.time())
    return series.earliest(.ledgerStart).or(now, on: series.splitBy)
  }
}

// MARK: - What one interval adds

extension LedgerRules {
  private var splitBy: [String] { series.splitBy }

  private var totalDelta: PromQLExpression {
    switch units {
    case .events(let total, part: _, side: _):
      return counted(total.inOneInterval(by: splitBy, timing: series.timing))
    case .observations(let selector, bound: _, isUpperBound: _):
      let count = PromQLExpression.histogramCount(observationRate(selector)).times(series.timing.intervalSeconds)
      return counted(zeroWithoutSeries(count))
    case .downtime(let downtime):
      // Down without data, as when all targets are gone, is down.
      let isJudged = counted(downtime.hasData.times(series.timing.intervalSeconds))
      return .clampMax(isJudged.plus(series.latest(.badDelta), matching: .on([])), series.timing.intervalSeconds)
    case .violations(let violation):
      let reading = PromQLExpression.lastOverTime(violation.gauge.selector, over: series.timing.reach.promQL)
      let present = splitBy.isEmpty ? PromQLExpression.group(reading) : .group(reading, by: splitBy)
      return counted(zeroWithoutSeries(present.times(series.timing.intervalSeconds)))
    }
  }

  private var badDelta: PromQLExpression {
    switch units {
    case .events(total: _, let part, side: .bad):
      return zeroWithoutFailures(counted(part.inOneInterval(by: splitBy, timing: series.timing)))
    case .events(total: _, let part, side: .good):
      let good = counted(part.inOneInterval(by: splitBy, timing: series.timing))
      // A value of the label that never succeeded has no series of successes.
      let rest = series.latest(.totalDelta).minus(good, matching: series.matching)
      let orAll = splitBy.isEmpty ? rest : rest.or(series.latest(.totalDelta), on: splitBy)
      return .clampMin(orAll, 0)
    case .observations(let selector, let bound, let isUpperBound):
      return zeroWithoutFailures(badObservations(selector, bound: bound, isUpperBound: isUpperBound))
    case .downtime(let downtime):
      return counted(downtime.isDown.times(series.timing.intervalSeconds))
    case .violations(let violation):
      let state = violation.state(by: splitBy).times(series.timing.intervalSeconds)
      return counted(zeroWithoutSeries(state))
    }
  }

  /// The share on the wrong side of the bound times all of them. Without observations there is no share, and a
  /// comparison drops `NaN`.
  private func badObservations(
    _ selector: VectorSelector,
    bound: Rational,
    isUpperBound: Bool
  ) -> PromQLExpression {
    let infinity = PromQLExpression.number(PromQLNumber(-.infinity))
    let atMost = PromQLExpression.histogramFraction(infinity, .constant(bound), observationRate(selector))
    let share = atMost.greaterOrEqual(to: 0)
    let badShare = isUpperBound ? PromQLExpression.number(1).minus(share) : share
    return series.latest(.totalDelta).times(badShare, matching: series.matching)
  }

  private func observationRate(_ selector: VectorSelector) -> PromQLExpression {
    .total(of: .rate(selector, over: series.timing.rateRange.promQL), by: splitBy)
  }

  /// Nothing counts while an exclusion holds.
  private func counted(_ delta: PromQLExpression) -> PromQLExpression {
    guard exclusion != nil else { return delta }
    return delta.times(
      PromQLExpression.number(1).minus(series.latest(.exclusionActive)),
      matching: series.matchingWhole
    )
  }

  /// A quiet service reads zero and is never absent. Of label values nobody knows which there should be.
  private func zeroWithoutSeries(_ delta: PromQLExpression) -> PromQLExpression {
    splitBy.isEmpty ? delta.or(.vector(0)) : delta
  }

  /// Series of failures are born with the first failure: until then there were none.
  private func zeroWithoutFailures(_ delta: PromQLExpression) -> PromQLExpression {
    let none = series.latest(.totalDelta).times(0)
    switch units {
    case .events, .downtime, .violations: return splitBy.isEmpty ? delta : delta.or(none, on: splitBy)
    case .observations: return delta.or(none, on: splitBy)
    }
  }
}
