import Quantities
import SpecCatalog

/// The remaining budgets at which a level is entered.
struct LevelCoverage: Equatable {
  /// A place between two budgets: just before a share, or just after it.
  struct Cut: Comparable {
    let share: Rational
    let isAfter: Bool

    static func < (left: Cut, right: Cut) -> Bool {
      left.share == right.share ? !left.isAfter && right.isAfter : left.share < right.share
    }

    /// Just after the whole budget, above which nothing remains to be covered.
    static let end = Cut(share: .one, isAfter: true)
  }

  /// Where it begins; nil where it goes down as far as a budget can be overspent.
  let from: Cut?
  let to: Cut

  init(_ bound: Level.Bound?) {
    guard let bound else {
      (from, to) = (nil, .end)
      return
    }
    let share = bound.ratio.fraction
    switch bound.comparison {
    case .less: (from, to) = (nil, Cut(share: share, isAfter: false))
    case .lessOrEqual: (from, to) = (nil, Cut(share: share, isAfter: true))
    case .greater: (from, to) = (Cut(share: share, isAfter: true), .end)
    case .greaterOrEqual: (from, to) = (Cut(share: share, isAfter: false), .end)
    }
  }

  /// Whether some budgets are those of both, and each has others of its own.
  func crosses(_ other: LevelCoverage) -> Bool {
    let (low, high) = from == nil ? (self, other) : (other, self)
    guard low.from == nil, let start = high.from else { return false }
    return start < low.to
  }

  var isEmpty: Bool { from.map { $0 >= to } ?? false }

  /// Whether every budget of another coverage is one of this.
  func contains(_ other: LevelCoverage) -> Bool {
    let beginsBefore = from.map { mine in other.from.map { mine <= $0 } ?? false } ?? true
    return beginsBefore && other.to <= to
  }
}
