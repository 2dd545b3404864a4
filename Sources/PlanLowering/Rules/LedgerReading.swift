import PlanModel
import PromQL
import Quantities

/// How rules read back what they recorded before, over restarts and stops.
extension ObjectiveSeries {
  /// How long a stop may be that forgets nothing. Prometheus looks back five minutes for a sample, so that steps of five
  /// minutes see the last one before a stop, wherever that was.
  private static let stop = TimeSpan.days(1)
  private static let stopStep = TimeSpan.minutes(5)
  private static let stepsOfWindow = 30

  /// The steps in which the whole window is looked through.
  private var coarseStep: TimeSpan {
    TimeSpan.minutes(Int(max(1, (length / .minutes(Self.stepsOfWindow)).floor)))
  }

  /// Where the evaluation before the present one is found.
  private var recent: PromQLDuration { max(TimeSpan.minutes(10), timing.interval * 3).promQL }

  /// A ledger's last value, one for each value of the splitting labels, after a stop of up to a day.
  ///
  ///     max (last_over_time(X[10m]) or last_over_time(X[1d:5m]))
  ///
  /// After a longer one there is none, and the ledger starts again from zero, which `increase` reads as a reset.
  func carried(_ ledger: RecordName) -> PromQLExpression {
    highest(last(selector(ledger)))
  }

  /// A series' last value, and after a stop of more than a day that of the last step that the window remembers.
  func remembered(_ record: RecordName, _ more: LabelMatcher...) -> PromQLExpression {
    let selector = selector(record, with: more)
    guard length > Self.stop else { return highest(last(selector)) }
    return highest(last(selector).or(.overSteps(.lastOverTime, selector, length, every: coarseStep)))
  }

  /// The lowest value of an objective's series within the window, or of the last step before this evaluation.
  func earliest(_ record: RecordName) -> PromQLExpression {
    let selector = selector(record)
    let steps = PromQLExpression.overSteps(.minOverTime, selector, length, every: coarseStep)
    return .min(steps.or(.lastOverTime(selector, over: max(coarseStep, TimeSpan.hours(1)).promQL)))
  }

  private func last(_ selector: VectorSelector) -> PromQLExpression {
    .lastOverTime(selector, over: recent).or(.overSteps(.lastOverTime, selector, Self.stop, every: Self.stopStep))
  }

  private func highest(_ operand: PromQLExpression) -> PromQLExpression {
    splitBy.isEmpty ? .max(operand) : .max(operand, by: splitBy)
  }

  /// What a ledger grew by. `increase` reads the ledger of a rule that was interrupted for long as a counter's reset.
  func increase(_ ledger: RecordName, over span: TimeSpan, before offset: TimeSpan = .zero) -> PromQLExpression {
    .increase(selector(ledger).offset(offset.promQL), over: span.promQL)
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
