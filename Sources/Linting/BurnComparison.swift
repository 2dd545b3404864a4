import Quantities
import SpecCatalog

/// A comparison of an alert as a burn rate of an objective: the rate above which it holds.
struct BurnComparison {
  let objective: Objective
  let rate: BurnRate

  /// One for each objective that the comparison speaks of; none where it does not ask for a loss.
  static func all(in comparison: AlertComparison, _ catalog: Catalog, _ index: ObjectiveIndex) -> [BurnComparison] {
    guard let bound = comparison.bound.value.figure else { return [] }
    let isUpper = comparison.comparison.isUpperBound
    switch comparison.measure {
    case .failureRatio(let indicator, let objective) where !isUpper:
      return index.judging(indicator, objective, catalog).compactMap { BurnComparison($0, badShare: bound) }
    case .successRatio(let indicator, let objective) where isUpper:
      return index.judging(indicator, objective, catalog).compactMap { BurnComparison($0, badShare: .one - bound) }
    case .burnRate(let objectives) where !isUpper:
      return objectives.compactMap { id in BurnRate(bound).map { BurnComparison(objective: catalog[id], rate: $0) } }
    case .failureRatio, .successRatio, .burnRate, .failures, .events, .percentile, .value, .rate, .budgetRemaining:
      return []
    }
  }

  private init(objective: Objective, rate: BurnRate) {
    self.objective = objective
    self.rate = rate
  }

  private init?(_ objective: Objective, badShare: Rational) {
    guard let share = Ratio(badShare), let rate = BurnRate(badShare: share, of: objective.target.value.errorBudget)
    else { return nil }
    self.init(objective: objective, rate: rate)
  }
}

extension ObjectiveIndex {
  /// The objectives by which a share of an indicator is judged: the one that is named, or all on the share itself.
  fileprivate func judging(_ indicator: IndicatorID, _ objective: ObjectiveID?, _ catalog: Catalog) -> [Objective] {
    if let objective { return [catalog[objective]].filter { !$0.isReversed } }
    return self[indicator].filter { candidate in
      if candidate.isReversed { return false }
      return switch candidate.measure {
      case .share: true
      case .percentile, .value, .attested: false
      }
    }
  }
}
