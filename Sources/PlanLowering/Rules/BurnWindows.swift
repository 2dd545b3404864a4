import PlanModel
import Quantities
import SpecCatalog

/// The pairs of windows that a budget's alerts look at, after The Site Reliability Workbook, chapter 5.
///
/// The long window says how much of the budget is gone, the short one that it is still going. Windows of at least four
/// weeks are watched with the Workbook's; shorter ones with the same, scaled down. Pages by the budget spent look at the
/// same short window, whichever long one fires, so that they let go soon after the fault.
struct BurnWindows: Sendable {
  let window: TimeSpan
  let timing: RuleTiming
  let scheme: BurnAlerting.Scheme

  private struct Pair {
    let urgency: AlertUrgency
    let long: TimeSpan
    let short: TimeSpan
    let share: Rational
  }

  private static let shortestPage = TimeSpan.minutes(5)

  private static let pairs = [
    Pair(urgency: .page, long: .hours(1), short: .minutes(5), share: Rational(numerator: 2, denominator: 100)),
    Pair(urgency: .page, long: .hours(6), short: .minutes(30), share: Rational(numerator: 5, denominator: 100)),
    Pair(urgency: .ticket, long: .days(1), short: .hours(2), share: Rational(numerator: 10, denominator: 100)),
    Pair(urgency: .ticket, long: .days(3), short: .hours(6), share: Rational(numerator: 10, denominator: 100)),
  ]

  /// The shortest window for which the Workbook's windows are used as they are.
  private static let shortestUnscaled = TimeSpan.days(28)
  private static let shortestLong = TimeSpan.minutes(5)

  /// Pages first. Of two over the same time, the one that fires first stays.
  var plans: [BurnAlertPlan] {
    var plans: [BurnAlertPlan] = []
    for plan in Self.pairs.map(plan) {
      let twin = plans.firstIndex {
        $0.urgency == plan.urgency && $0.longWindow == plan.longWindow
      }
      guard let twin else {
        plans.append(plan)
        continue
      }
      if plan.burnRate < plans[twin].burnRate { plans[twin] = plan }
    }
    return plans
  }

  private func plan(for pair: Pair) -> BurnAlertPlan {
    let scale = min(Rational.one, window / Self.shortestUnscaled)
    let scaled = (pair.long * scale).roundedToMinutes
    let long = max(scaled, Self.shortestLong)
    let short = max(shortest(for: pair, long, scale), (timing.reach * 2).roundedUpToMinutes)
    // A window that could not shrink as far as it should keeps the pace and so spends more before it fires.
    let paceShare =
      scaled < Self.shortestLong ? pair.share * (long / pair.long) / scale : pair.share
    let share = Ratio(min(paceShare, .one)) ?? .all
    return BurnAlertPlan(
      urgency: pair.urgency,
      longWindow: long,
      shortWindow: min(short, long),
      budgetShare: share,
      burnRate: BurnRate(budgetShare: share, of: window, in: long)
    )
  }

  private func shortest(for pair: Pair, _ long: TimeSpan, _ scale: Rational) -> TimeSpan {
    let twelfth = Rational(numerator: 1, denominator: 12)
    switch (scheme, pair.urgency) {
    case (.budget, .page), (.none, .page):
      return (min(pair.short, Self.shortestPage) * scale).roundedToMinutes
    case (.classic, _), (_, .ticket):
      return max((pair.short * scale).roundedToMinutes, (long * twelfth).roundedToMinutes)
    }
  }
}

extension TimeSpan {
  fileprivate var roundedToMinutes: TimeSpan { .minutes((self / .minutes(1)).roundedHalfEven) }
  fileprivate var roundedUpToMinutes: TimeSpan { .minutes((self / .minutes(1)).ceiling) }
}
