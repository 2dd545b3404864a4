import PlanModel
import Quantities

/// What a verdict says to people. Budgets are named beside these sentences, not in them.
extension JudgedBudget {
  private func name(of level: Int) -> String { "level '\(rules.levels[level].name)' of policy '\(rules.policy.name)'" }

  private var remainingText: String {
    evidence.status.remaining.map { "\($0.text) of the error budget remains" } ?? "what remains is not known"
  }

  func allowedText(_ change: String, _ level: Int) -> String {
    "\(name(of: level)) allows '\(change)': \(remainingText)"
  }

  func deniedText(_ change: String, _ level: Int) -> String {
    "\(name(of: level)) does not allow '\(change)': \(remainingText)"
  }

  func approvalText(_ change: String) -> String { "'\(change)' needs an approval by name" }

  func approvedText(_ request: GateRequest) -> String {
    "'\(request.change)' is approved by \(request.approvals.sorted().map { "'\($0)'" }.joined(separator: ", "))"
  }

  func stageText(_ stage: Ratio, above cap: Ratio, _ level: Int) -> String {
    "stage \(stage) is above \(cap), the highest that \(name(of: level)) lets a rollout reach"
  }

  func capText(_ cap: Ratio, _ level: Int) -> String {
    "\(name(of: level)) lets a rollout reach \(cap), and no stage was asked for"
  }

  func undeclaredText(_ change: String) -> String {
    "policy '\(rules.policy.name)' does not declare the change class '\(change)'"
  }

  var frozenText: String { "the blocking dependency '\(dependency ?? "")' does not let this change out" }

  // MARK: Levels

  /// Why a level goes on although its own bound no longer holds; nil where it does hold.
  func holdText(_ level: Int) -> String? {
    let plan = rules.levels[level]
    guard let enter = plan.enter, let remaining = evidence.status.remaining, !enter.holds(for: remaining) else {
      return nil
    }
    let left = plan.leave.map { "is left where \($0.text) remains" } ?? "is left once its exit list is signed off"
    return "level '\(plan.name)' was entered where \(enter.text) remained and \(left)"
  }

  func openItemsText(_ items: [String]) -> String {
    "not signed off since the level was entered: \(items.map { "'\($0)'" }.joined(separator: ", "))"
  }

  var youngText: String? {
    guard let fill = evidence.fill, fill.isYoung else { return nil }
    return "recording began \(fill.elapsed.roughText) before the newest sample, in a window of \(fill.length.roughText)"
  }

  // MARK: Data

  var statusText: String {
    switch evidence.status {
    case .measured, .attested: remainingText
    case .noSeries: "the source has no series of this objective"
    case .stale(let age): "the newest sample is \(age.roughText) old"
    case .partial: "the source said that data were missing"
    case .telemetryLost(let since): "what the objective is measured by has been gone since \(since)"
    case .noTraffic: "no event was counted in the whole window"
    case .notAttested(let on, let lapses):
      on > now.utcDate ? "the statement is dated \(on), which is yet to come" : "the statement lapsed on \(lapses)"
    }
  }

  var lastKnownText: String {
    let tolerated = rules.policy.withoutData.map { " for \($0.after.roughText)" } ?? ""
    return "policy '\(rules.policy.name)' tolerates missing data\(tolerated), so the last known level goes on"
  }

  var withoutDataText: String {
    let policy = "policy '\(rules.policy.name)' answers missing data with"
    guard case .withoutData(let answer, _) = standing else { return policy }
    switch answer {
    case .freeze: return "\(policy) a freeze: only what the worst level allows"
    case .allow: return "\(policy) leave to deploy"
    case .approve: return "\(policy) the need for an approval"
    case .level(let level): return "\(policy) level '\(level)'"
    }
  }

  var unstatedText: String { "policy '\(rules.policy.name)' does not say what to do without data" }
}

extension RemainingBound {
  /// `more than 30%`.
  package var text: String {
    switch comparison {
    case .less: "less than \(bound)"
    case .lessOrEqual: "at most \(bound)"
    case .greater: "more than \(bound)"
    case .greaterOrEqual: "at least \(bound)"
    }
  }
}

extension Remaining {
  /// The percentage, rounded down to two places, so that it never shows a bound as reached that is not.
  package var text: String {
    switch self {
    case .nothing: "nothing"
    case .share(let share): "\((Rational((share * 10_000).floor) / 100).decimalText)%"
    }
  }
}

extension TimeSpan {
  /// The span for people: at most two units, rounded down.
  package var roughText: String {
    let units = [TimeSpan.days(1), .hours(1), .minutes(1), .seconds(1)]
    guard let index = units.firstIndex(where: { self >= $0 }) else { return "0s" }
    let finest = units[min(index + 1, units.count - 1)]
    return TimeSpan(microseconds: microseconds / finest.microseconds * finest.microseconds).description
  }
}
