import PlanModel
import Quantities
import SpecCatalog

/// What a burn-rate alert has to say of made-up traffic, by the definition of its scheme.
struct BurnForecast: Sendable {
  /// What the conditions are made of, as floats: they are looked at some thousand times for each alert.
  private struct Figures {
    /// Seconds.
    let long: Double
    let short: Double
    let share: Double
    let burnRate: Double
    let urgency: AlertUrgency
    /// What chance brings: so many standard deviations, and so many events.
    let deviations: Double
    let chanceEvents = 2.0

    init(_ plan: BurnAlertPlan) {
      long = plan.longWindow.seconds.doubleValue
      short = plan.shortWindow.seconds.doubleValue
      share = plan.budgetShare.fraction.doubleValue
      burnRate = plan.burnRate.multiple.doubleValue
      urgency = plan.urgency
      deviations =
        switch plan.urgency {
        case .page: 3
        case .ticket: 1.5
        }
    }
  }

  /// Traffic and the budget that it spends.
  struct Setting: Sendable {
    let scheme: BurnAlerting.Scheme
    /// The share that may be bad, and the window that it is counted in.
    let budget: Double
    let window: Double
    /// Seconds between two evaluations, and in a slice where seconds are counted.
    let interval: Double
    let slice: Int?
    let total: [Int]
    let bad: [Int]
  }

  private static let keepFiring = 600.0
  private static let quietEventsPerHour = 600.0

  enum Answer: Sendable {
    case firing, silent
    /// Too close to tell: servers of different versions read the ends of a window differently.
    case unclear
  }

  /// Whether the condition holds, at each interval that is asked about.
  private let conditions: [Answer]
  /// Intervals for which the alert keeps firing.
  private let kept: Int

  /// Answers from an interval on.
  init(_ plan: BurnAlertPlan, in setting: Setting, from first: Int) {
    let figures = Figures(plan)
    let kept = Int((Self.keepFiring / setting.interval).rounded(.down))
    self.kept = kept
    conditions = setting.total.indices.map { interval in
      interval < first - kept - 2 ? .unclear : Self.condition(figures, setting, at: interval)
    }
  }

  /// Whether the alert is firing at an interval: its condition holds, or did within the time that it keeps firing.
  func answer(at interval: Int) -> Answer {
    func holds(within span: Int) -> ArraySlice<Answer> { conditions[max(0, interval - span)...interval] }
    if holds(within: max(0, kept - 2)).contains(.firing) { return .firing }
    return holds(within: kept + 2).allSatisfy { $0 == .silent } ? .silent : .unclear
  }

  /// The condition at one interval, looked at with a little more and a little less of everything.
  private static func condition(_ figures: Figures, _ setting: Setting, at interval: Int) -> Answer {
    let isMet = isMet(figures, setting, at: interval, shift: 0, slack: 0.95)
    for (shift, slack) in [(0, 1.05), (1, 0.95), (1, 1.05)]
    where Self.isMet(figures, setting, at: interval, shift: shift, slack: slack) != isMet {
      return .unclear
    }
    return isMet ? .firing : .silent
  }

  private static func isMet(
    _ figures: Figures,
    _ setting: Setting,
    at interval: Int,
    shift: Int,
    slack: Double
  ) -> Bool {
    func grown(_ counts: [Int], over span: Double) -> Double {
      let before = interval - Int((span / setting.interval).rounded()) + shift
      return Double(counts[interval] - counts[max(0, min(before, interval))])
    }
    let (budget, window) = (setting.budget, setting.window)
    let (badLong, totalLong) = (
      grown(setting.bad, over: figures.long) * slack, grown(setting.total, over: figures.long)
    )
    let badShort = grown(setting.bad, over: figures.short) * slack
    let totalShort = grown(setting.total, over: figures.short)
    func burn(_ bad: Double, _ total: Double) -> Double { bad / max(total, 1e-9) / budget }
    if setting.scheme == .classic {
      return burn(badLong, totalLong) * figures.long / window > figures.share
        && burn(badShort, totalShort) > figures.burnRate
    }
    let age = min(max(Double(interval) * setting.interval, setting.interval), window)
    let allowance = budget * Double(setting.total[interval]) * window / age
    let isSpent = badLong > figures.share * max(allowance, 1e-9)
    if let slice = setting.slice {
      // Seconds are no independent draws: two slices have to be bad.
      return isSpent && badLong > 1.5 * Double(slice) && badShort > budget * totalShort
    }
    func isBeyondChance(_ span: Double) -> Bool {
      let expected = budget * grown(setting.total, over: span)
      let margin = figures.deviations * expected.squareRoot() + figures.chanceEvents
      return grown(setting.bad, over: span) * slack > expected + margin
    }
    guard isSpent && isBeyondChance(figures.long) else { return false }
    switch figures.urgency {
    case .ticket:
      return badShort > budget * totalShort || grown(setting.total, over: 3_600) < quietEventsPerHour * slack
    case .page:
      // A window in which no two samples lie says nothing, not even that it says nothing.
      if figures.short < setting.interval { return false }
      if isBeyondChance(figures.short) { return true }
      let wide = min(BurnAlertRules.wideWindow.seconds.doubleValue, figures.long)
      let isWide =
        wide == figures.long || isBeyondChance(wide)
        || grown(setting.total, over: wide) < BurnAlertRules.telling.wide * slack
      return isWide && totalShort * badLong < BurnAlertRules.telling.short * totalLong
    }
  }

  /// The share of all events so far that has to be bad for the alert to be at its threshold, per unit of events in
  /// `span`: share × E × window ÷ age for what a window allows, burn rate × E within the long window for the classic.
  static func badShare(
    for plan: BurnAlertPlan,
    scheme: BurnAlerting.Scheme,
    budget: Double,
    window: TimeSpan,
    age: Double
  ) -> Double {
    switch scheme {
    case .classic: plan.burnRate.multiple.doubleValue * budget * min(1, plan.longWindow.seconds.doubleValue / age)
    case .budget, .none: plan.budgetShare.fraction.doubleValue * budget * window.seconds.doubleValue / age
    }
  }
}
