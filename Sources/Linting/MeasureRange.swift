import Quantities
import SpecCatalog

/// What values a measure can take at all.
struct MeasureRange {
  private let least: Rational?
  private let most: Rational?
  /// Why, for messages.
  let text: String

  /// Nil where nothing is known, as of a value that is gauged.
  init?(of measure: AlertMeasure, in catalog: Catalog) {
    switch measure {
    case .failureRatio, .successRatio: self.init(.zero, .one, "a share lies between 0% and 100%")
    case .failures, .events, .rate: self.init(.zero, nil, "a count is not below 0")
    case .percentile, .value: return nil
    case .burnRate(let objectives):
      let greatest = objectives.map { BurnRate.greatest(for: catalog[$0].target.value.errorBudget)?.multiple }
      // Without a budget any failure burns without end.
      guard let most = greatest.compactMap({ $0 }).max(), !greatest.contains(nil) else {
        self.init(.zero, nil, "a burn rate is not below 0")
        return
      }
      self.init(.zero, most, "a total outage burns at \(most.figureText)")
    case .budgetRemaining: self.init(nil, .one, "no more than 100% can remain")
    }
  }

  private init(_ least: Rational?, _ most: Rational?, _ text: String) {
    self.least = least
    self.most = most
    self.text = text
  }

  /// Whether no value of the range compares so.
  func never(_ comparison: Comparison, _ bound: Rational) -> Bool {
    always(comparison.negated, bound)
  }

  /// Whether every value of the range compares so.
  func always(_ comparison: Comparison, _ bound: Rational) -> Bool {
    let tightest = comparison.isUpperBound ? most : least
    return tightest.map { comparison.holds($0, bound) } ?? false
  }
}

extension AlertBound {
  /// The number of a bound that needs no unit.
  var figure: Rational? {
    switch self {
    case .ratio(let ratio): ratio.fraction
    case .number(let number): number
    case .value, .multiple: nil
    }
  }
}
