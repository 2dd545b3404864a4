import PlanModel
import PromQL
import Quantities

/// How rules read back what they recorded before: over restarts and stops, and over long windows without reading every
/// sample in them.
extension ObjectiveSeries {
  /// Longer windows are read at both ends, two samples in place of tens of thousands.
  private static let readInFull = TimeSpan.hours(2)
  /// How long a stop may be that forgets nothing. Prometheus looks back five minutes for a sample, so that steps of five
  /// minutes see the last one before a stop, wherever that was.
  private static let stop = TimeSpan.days(1)
  private static let stopStep = TimeSpan.minutes(5)
  /// How long a stop at the older end of a window may be that leaves its reading exact.
  private static let farStop = TimeSpan.hours(6)
  /// What comes once a day, such as a nightly batch's value of a label, is not new each night.
  private static let daily = TimeSpan.hours(26)
  /// In how many steps a whole window is looked through, for what a longer stop left, and for the lowest value in it.
  private static let steps = (afterStop: 120, forLowest: 30)

  /// Where the evaluation before the present one is found.
  private var recent: PromQLDuration { max(TimeSpan.minutes(10), timing.interval * 3).promQL }

  private func step(_ span: TimeSpan, _ count: Int) -> TimeSpan {
    .minutes(max(1, (span / (.minutes(1) * Rational(count))).floor))
  }

  // MARK: One value

  /// A sum's last value before this evaluation, one for each value of the splitting labels.
  ///
  ///     max (last_over_time(X[10m]) or last_over_time(X[1d:5m]) or last_over_time(X[30d:6h]))
  ///
  /// It is the very last one after a stop of up to a day, and one of the last six hours before a longer one.
  func carried(_ record: RecordName, _ more: LabelMatcher...) -> PromQLExpression {
    remembered(selector(record, with: more), every: Self.stopStep)
  }

  /// A state's last value: after a stop, one of the last hour before it.
  func remembered(_ record: RecordName, _ more: LabelMatcher...) -> PromQLExpression {
    remembered(selector(record, with: more), every: .hours(1))
  }

  private func remembered(_ selector: VectorSelector, every step: TimeSpan) -> PromQLExpression {
    let last = PromQLExpression.lastOverTime(selector, over: recent)
      .or(.overSteps(.lastOverTime, selector, Self.stop, every: step))
    guard length > Self.stop else { return highest(last) }
    let long = self.step(length, Self.steps.afterStop)
    return highest(last.or(.overSteps(.lastOverTime, selector, length, every: long)))
  }

  /// The lowest value of an objective's series within the window, or of the last step before this evaluation.
  func earliest(_ record: RecordName) -> PromQLExpression {
    let selector = selector(record)
    let step = step(length, Self.steps.forLowest)
    let steps = PromQLExpression.overSteps(.minOverTime, selector, length, every: step)
    return lowest(steps.or(.lastOverTime(selector, over: max(step, Self.daily).promQL)))
  }

  // MARK: Growth

  /// What a ledger grew by in a range that ended `offset` ago: over two hours and less by `increase`, over more by what it
  /// reads at both ends, of which nothing is extrapolated.
  func increase(_ ledger: RecordName, over span: TimeSpan, before offset: TimeSpan = .zero) -> PromQLExpression {
    let selector = selector(ledger).offset(offset.promQL)
    guard span > Self.readInFull else { return .increase(selector, over: span.promQL) }
    let end = offset == .zero ? latest(ledger) : highest(.lastOverTime(selector, over: recent))
    return .clampMin(end.minus(reading(of: ledger, before: span, offset), matching: matching), 0)
  }

  /// What a ledger read at the start of a range: nothing yet where it was begun later, and where evaluations had stopped
  /// for long around that time what it read when they went on.
  private func reading(of ledger: RecordName, before span: TimeSpan, _ offset: TimeSpan) -> PromQLExpression {
    let then = selector(ledger).offset((span + offset).promQL)
    let last = PromQLExpression.lastOverTime(then, over: recent)
      .or(.overSteps(.lastOverTime, then, Self.farStop, every: Self.stopStep))
    let within = selector(ledger).offset(offset.promQL)
    let later = PromQLExpression.overSteps(.minOverTime, within, span, every: step(span, Self.steps.forLowest))
      .or(latest(ledger))
    let hasBegun = latest(.ledgerStart).less(
      than: PromQLExpression.time().minus(timing.seconds(span + offset)),
      .zeroOrOne
    )
    return highest(last).or(lowest(later).times(hasBegun, matching: matching), on: splitBy)
  }

  private func highest(_ operand: PromQLExpression) -> PromQLExpression {
    splitBy.isEmpty ? .max(operand) : .max(operand, by: splitBy)
  }

  private func lowest(_ operand: PromQLExpression) -> PromQLExpression {
    splitBy.isEmpty ? .min(operand) : .min(operand, by: splitBy)
  }
}

extension PromQLExpression {
  /// What a function makes of a series that is looked at in steps.
  fileprivate static func overSteps(
    _ function: PromQLFunction,
    _ selector: VectorSelector,
    _ range: TimeSpan,
    every step: TimeSpan
  ) -> PromQLExpression {
    .call(function, PromQLExpression.selector(selector).subquery(over: range.promQL, every: step.promQL))
  }
}
