import PlanModel
import Quantities

extension FreezePlan.Window {
  private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

  package var readableText: String {
    switch self {
    case .days(let from, let through, let zone): "\(from) to \(through), both included, \(zone)"
    case .once(let start, let duration): "\(start) for \(duration)"
    case .weekly(let weekday, let second, let duration, let zone):
      "every \(Self.weekdays[weekday - 1]) at \(ReadableText.clock(second: second)) for \(duration), \(zone)"
    case .daily(let second, let duration, let zone):
      "every day at \(ReadableText.clock(second: second)) for \(duration), \(zone)"
    }
  }
}

extension RemainingBound {
  package var readableText: String { "\(comparison.symbol) \(bound.percentText)" }
}

extension WithoutDataPlan {
  package var readableText: String {
    let does =
      switch answer {
      case .freeze: "only what the worst level allows goes out"
      case .allow: "everything goes out"
      case .approve: "everything needs an approval"
      case .level(let name): "the level '\(name)' rules"
      }
    return "after \(after) without data \(does)"
  }
}
