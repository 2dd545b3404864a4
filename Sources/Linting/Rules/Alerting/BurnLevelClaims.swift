import Diagnostics
import Quantities
import SpecCatalog

/// What a plan says of a burn level beside its range, held against the budget; part of SLO611.
struct BurnLevelClaims {
  private let level: BurnLevel
  private let budget: ObjectiveBudget?

  /// Nothing can be said without a budget, which takes traffic where events are counted.
  init(_ level: BurnLevel, budget: ObjectiveBudget?) {
    self.level = level
    self.budget = budget
  }

  var contradictions: [Finding] {
    guard let budget else { return [] }
    return [exhaustion(of: budget), failureRatio(of: budget)].compactMap { $0 }
  }

  /// The more is lost, the sooner the budget is gone: the level's ends change places.
  private func exhaustion(of budget: ObjectiveBudget) -> Finding? {
    guard let claim = level.exhausts, !budget.inWindow.isZero else { return nil }
    let losses = Extent(from: level.from, to: level.to)
    let times = Extent(
      from: level.to.flatMap { $0.isZero ? nil : budget.exhaustion(at: $0) },
      to: level.from.flatMap { $0.isZero ? nil : budget.exhaustion(at: $0) }
    )
    guard let wrong = times.end(contradicting: claim.value) else { return nil }
    guard let seconds = times[wrong], let loss = losses[wrong.opposite] else {
      return Finding(
        """
        exhausts '\(claim.value.text)' has no end: level '\(level.name.value)' \
        \(wrong == .upper ? "begins at no loss" : "has no upper limit")
        """,
        at: claim.span
      )
    }
    return Finding(
      """
      exhausts '\(claim.value.text)' takes \(seconds.durationFigureText) at \(budget.hourlyText(of: loss)): the budget \
      of \(budget.window.spokenText) is \(budget.text(of: budget.inWindow))
      """,
      at: claim.span
    )
  }

  private func failureRatio(of budget: ObjectiveBudget) -> Finding? {
    let total = budget.total(in: .hours(1))
    guard let claim = level.failureRatio, !total.isZero else { return nil }
    let losses = Extent(from: level.from, to: level.to)
    let shares = Extent(from: level.from.map { $0 / total }, to: level.to.map { $0 / total })
    guard let wrong = shares.end(contradicting: claim.value) else { return nil }
    guard let share = shares[wrong], let loss = losses[wrong] else {
      return Finding(
        """
        failure-ratio '\(claim.value.text)' has an end where level '\(level.name.value)' has none
        """,
        at: claim.span
      )
    }
    let whole =
      switch budget.unit {
      case .events: "\(loss.figureText) of \(total.figureText) events an hour"
      case .seconds: "\(loss.timeFigureText) of an hour"
      }
    return Finding("failure-ratio '\(claim.value.text)' is \(share.percentFigureText): \(whole)", at: claim.span)
  }
}

/// A range of values in which an end may be missing.
private struct Extent {
  enum End {
    case lower
    case upper

    var opposite: End { self == .lower ? .upper : .lower }
  }

  var from: Rational?
  var to: Rational?

  subscript(end: End) -> Rational? {
    switch end {
    case .lower: from
    case .upper: to
    }
  }

  /// The end that lies outside a claim; a claim of one figure is about the end that there is.
  func end(contradicting claim: StatedRange) -> End? {
    let lower = StatedPrecision(claim, isUpperEnd: false)
    let upper = StatedPrecision(claim, isUpperEnd: true)
    if let single = claim.from, claim.to == single {
      switch (from, to) {
      case (nil, nil): return nil
      case (let from?, nil): return lower.accepts(single, for: from) ? nil : .lower
      case (nil, let to?): return upper.accepts(single, for: to) ? nil : .upper
      case (let from?, let to?):
        if single < from, !lower.accepts(single, for: from) { return .lower }
        return single > to && !upper.accepts(single, for: to) ? .upper : nil
      }
    }
    // A limit such as '< 5h' holds or it does not; the ends of '1% .. 2%' are rounded figures.
    let isRounded = claim.isApproximate || (claim.from != nil && claim.to != nil)
    if let least = claim.from, from.map({ $0 < least && !(isRounded && lower.accepts(least, for: $0)) }) ?? true {
      return .lower
    }
    if let most = claim.to, to.map({ $0 > most && !(isRounded && upper.accepts(most, for: $0)) }) ?? true {
      return .upper
    }
    return nil
  }
}
