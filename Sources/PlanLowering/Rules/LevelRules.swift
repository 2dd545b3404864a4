import PlanModel
import PromQL
import Quantities
import SpecCatalog

/// The levels of an error-budget policy as series that latch: 1 while a level holds, 0 while it does not.
///
///     clamp_max((remaining < bool enter) + (remembered(level) or 0 * remaining) * (remaining <= bool stay), 1)
///
/// A level that has been entered holds until `until` lets it go. Without the remaining budget there is no answer, and a
/// stop of up to a day forgets nothing.
struct LevelRules: Sendable {
  let series: ObjectiveSeries
  let policy: Policy

  static let levelLabel = "level"

  /// One for each level but the first, which holds where no other does.
  var rules: [Rule] {
    policy.coveringLevels.dropFirst().map { level in
      series.record(.level, holds(level), LabelPair(Self.levelLabel, level.name.value))
    }
  }

  private var remaining: PromQLExpression { series.latest(.budgetRemaining) }

  private func holds(_ level: Level) -> PromQLExpression {
    guard let enter = level.when.value else { return remaining.greaterOrEqual(to: remaining, .zeroOrOne) }
    let isEntered = isTrue(enter)
    guard let leave = level.until?.value else { return isEntered }
    var stay = leave
    stay.comparison = leave.comparison.negated
    let before = series.remembered(.level, .equal(Self.levelLabel, level.name.value))
      .or(remaining.times(0), on: series.splitBy)
    return .clampMax(
      isEntered.plus(before.times(isTrue(stay), matching: series.matching), matching: series.matching),
      1
    )
  }

  private func isTrue(_ bound: Level.Bound) -> PromQLExpression {
    remaining.compared(bound.comparison, to: .constant(bound.ratio.fraction), .zeroOrOne)
  }
}
