import PlanModel
import Quantities
import SpecCatalog

/// What a burn-rate alert has to say of made-up traffic, by the definition of its scheme.
struct BurnForecast: Sendable {
  let plan: BurnAlertPlan
  let scheme: BurnAlerting.Scheme
  /// The share that may be bad, and the window that it is counted in.
  let budget: Double
  let window: Double
  /// Seconds between two evaluations, and in a slice where seconds are counted.
  let interval: Double
  let slice: Int?
  let total: [Int]
  let bad: [Int]

  private static let keepFiring = 600.0
  private static let quietEventsPerHour = 600.0

  enum Answer: Sendable {
    case firing, silent
    /// Too close to tell: servers of different versions read the ends of a window differently.
    case unclear
  }

  /// Whether the alert is firing at an interval: its condition holds, or did within the time that it keeps firing.
  func answer(at interval: Int) -> Answer {
    let kept = Int((Self.keepFiring / self.interval).rounded(.down))
    func holds(within span: Int) -> [Answer] { (max(0, interval - span)...interval).map(condition) }
    let surely = holds(within: max(0, kept - 2))
    if surely.contains(.firing) { return .firing }
    return holds(within: kept + 2).allSatisfy { $0 == .silent } ? .silent : .unclear
  }

  /// The condition at one interval, looked at with a little more and a little less of everything.
  private func condition(at interval: Int) -> Answer {
    var answers: Set<Bool> = []
    for shift in [0, 1] {
      for slack in [0.95, 1.05] { answers.insert(isMet(at: interval, shift: shift, slack: slack)) }
    }
    if answers.count > 1 { return .unclear }
    return answers.contains(true) ? .firing : .silent
  }

  private func isMet(at interval: Int, shift: Int, slack: Double) -> Bool {
    func grown(_ counts: [Int], over span: Double) -> Double {
      let before = interval - Int((span / self.interval).rounded()) + shift
      return Double(counts[interval] - counts[max(0, min(before, interval))])
    }
    let long = plan.longWindow.seconds.doubleValue
    let short = plan.shortWindow.seconds.doubleValue
    let (badLong, totalLong) = (grown(bad, over: long) * slack, grown(total, over: long))
    let (badShort, totalShort) = (grown(bad, over: short) * slack, grown(total, over: short))
    let share = plan.budgetShare.fraction.doubleValue
    if scheme == .classic {
      return burn(badLong, totalLong) * long / window > share
        && burn(badShort, totalShort) > plan.burnRate.multiple.doubleValue
    }
    let age = min(max(Double(interval) * self.interval, self.interval), window)
    let allowance = budget * Double(total[interval]) * window / age
    let expected = budget * totalLong
    if let slice {
      // Seconds are no independent draws: two slices have to be bad.
      return badLong > share * max(allowance, 1e-9) && badLong > 1.5 * Double(slice) && badShort > budget * totalShort
    }
    let isBurning = badShort > budget * totalShort || grown(total, over: 3_600) < Self.quietEventsPerHour * slack
    return badLong > share * max(allowance, 1e-9) && badLong > expected + margin(expected) && isBurning
  }

  private func burn(_ bad: Double, _ total: Double) -> Double { bad / max(total, 1e-9) / budget }

  /// What chance brings: so many standard deviations, and so many events.
  private func margin(_ expected: Double) -> Double {
    switch plan.urgency {
    case .page: 3 * expected.squareRoot() + 2
    case .ticket: 1.5 * expected.squareRoot() + 2
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
