import PlanModel
import PromQL

/// Ranges over recorded series that hold their first sample wherever ranges begin.
///
/// A rule records at the instants of its evaluations, so that `increase(ledger[5m])` finds a sample that is exactly five
/// minutes old. Where ranges exclude their start, that sample is missing and Prometheus extrapolates what fell into the
/// first interval: a burst counts a tenth too much at an interval of 30 s. A millisecond more finds the sample, finds no
/// other, and adds a share of one millisecond in the range.
enum WidenedRanges {
  /// The range with the sample at its start, wherever ranges begin; ranges that include it find the same as before.
  static func widened(_ range: PromQLDuration) -> PromQLDuration { .milliseconds(range.milliseconds + 1) }

  static func widened(_ expression: PromQLExpression) -> PromQLExpression {
    expression.rewritten { part in
      guard case .call(var call) = part, call.function == .increase, case .range(var range)? = call.arguments.first,
        case .fixed(let duration) = range.range, range.selector.isRecorded
      else { return part }
      range.range = .fixed(widened(duration))
      call.arguments[0] = .range(range)
      return .call(call)
    }
  }
}

extension VectorSelector {
  /// Whether the series are written by rules rather than scraped.
  var isRecorded: Bool { metricName.map { RecordName(rawValue: $0) != nil } ?? false }
}
