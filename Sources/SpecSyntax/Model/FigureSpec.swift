import Diagnostics
import Quantities

/// A figure that somebody wrote down, exactly or rounded (`~83`).
package struct StatedSpec<Value: Sendable & Hashable>: Sendable, Hashable {
  package var value: Value
  package var isApproximate: Bool
  /// As its author wrote it, with the `~`: what was rounded shows in the digits.
  package var text: String
}

/// The error budget as a plan states it.
package struct BudgetFiguresSpec: Sendable {
  package enum Period: String, Sendable, CaseIterable {
    case window = "per-window"
    case month = "per-month"
    case week = "per-week"
    case day = "per-day"
    case hour = "per-hour"
  }

  /// What may be lost in a period.
  package struct Figure: Sendable {
    package var period: Period
    package var amount: Located<StatedSpec<LossSpec>>
  }

  package var share: Located<StatedSpec<Ratio>>?
  package var figures: [Figure] = []
}

/// An amount of loss: events, or time.
package enum LossSpec: Sendable, Hashable {
  case events(Rational)
  case time(TimeSpan)
}

extension LossSpec: CustomStringConvertible {
  /// `2500`, `43m`.
  package var description: String {
    switch self {
    case .events(let count): count.decimalText
    case .time(let span): span.description
    }
  }
}

/// Loss per time: events, or time.
package enum LossRateSpec: Sendable, Hashable {
  case events(EventRate)
  case time(TimeRate)
}

extension LossRateSpec: CustomStringConvertible {
  /// `10/h`, `30s/h`.
  package var description: String {
    switch self {
    case .events(let rate): rate.description
    case .time(let rate): rate.description
    }
  }
}

/// A stated range: `< 10/h`, `10/h .. 20/h`, or a bare `1.2%`.
package enum StatedRangeSpec<Value: Sendable & Hashable>: Sendable, Hashable {
  case exactly(Located<StatedSpec<Value>>)
  case compared(Located<Comparison>, Located<StatedSpec<Value>>)
  /// Both ends included.
  case between(Located<StatedSpec<Value>>, Located<StatedSpec<Value>>)
}

/// A range of loss that a plan gives a name, and what it says of it.
package struct BurnLevelSpec: Sendable {
  /// Never `exactly`.
  package var range: Located<StatedRangeSpec<LossRateSpec>>
  /// How soon the budget is said to be gone at this level.
  package var exhausts: Located<StatedRangeSpec<TimeSpan>>?
  /// The share of all traffic that the level is said to stand for.
  package var failureRatio: Located<StatedRangeSpec<Ratio>>?
}

/// An example of budget arithmetic in a plan.
package struct WorkedExampleSpec: Sendable {
  package enum Outcome: Sendable {
    case failures(Located<Rational>)
    case good(Located<Rational>)
  }

  package var target: Located<Ratio>
  package var events: Located<Rational>
  package var outcome: Outcome?
  /// The figures that the example claims.
  package var budget: Located<StatedSpec<Rational>>?
  package var remaining: Located<StatedSpec<Rational>>?
  package var ratio: Located<StatedSpec<Ratio>>?
}
