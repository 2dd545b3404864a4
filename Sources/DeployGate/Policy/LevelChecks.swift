import PlanModel
import Quantities

extension GatePolicy {
  /// Levels that cover everything that may remain, get no better while less remains, and are left above where they are entered.
  func checkLevels() throws(DocumentFault) {
    for (index, policy) in policies.enumerated() {
      let place = Self.place("policies", index).member("levels")
      for (position, level) in policy.levels.enumerated() {
        try level.checkLeave(at: place.element(position))
      }
      try policy.checkOrder(at: place)
    }
  }
}

extension LevelPlan {
  fileprivate func checkLeave(at place: DocumentPlace) throws(DocumentFault) {
    guard let leave else { return }
    guard let enter, enter.comparison.isUpperBound else {
      throw place.member("leave").fault("level '\(name)' is not entered below a bound, so it cannot be left above one")
    }
    guard !leave.comparison.isUpperBound, leave.bound >= enter.bound else {
      throw place.member("leave").fault("level '\(name)' is left below where it is entered")
    }
  }
}

extension PolicyPlan {
  fileprivate func checkOrder(at place: DocumentPlace) throws(DocumentFault) {
    var better: Int?
    for remaining in samples {
      guard let level = levels.lastIndex(where: { $0.enter?.holds(for: remaining) ?? true }) else {
        throw place.fault("no level of policy '\(name)' holds where \(remaining.text) remains")
      }
      if let better, level > better {
        throw place.fault(
          "level '\(levels[level].name)' of policy '\(name)' holds above the better level '\(levels[better].name)'"
        )
      }
      better = level
    }
  }

  /// One value for every stretch on which no bound lies, and the bounds, ascending.
  private var samples: [Remaining] {
    let bounds = Set(levels.compactMap(\.enter?.bound.fraction)).sorted()
    var samples: [Remaining] = [.nothing]
    for (index, bound) in bounds.enumerated() {
      samples.append(.share(bound))
      let next = index + 1 < bounds.count ? bounds[index + 1] : .one
      if next > bound { samples.append(.share((bound + next) / 2)) }
    }
    return samples + [.share(.one)]
  }
}
