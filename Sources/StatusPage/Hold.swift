import DeployGate
import PlanModel
import Quantities

/// Something that keeps changes from going out, with all the changes and subjects that it holds back.
struct Hold {
  /// A budget, or a sentence about something that is no budget.
  enum Cause: Hashable {
    case budget(BudgetName)
    case general(String)
  }

  let cause: Cause
  /// The budget as one of the decisions saw it; nil for a general cause.
  let budget: BudgetDecision?
  /// What each change class gets, in the order of the page's columns.
  private(set) var answers: [(change: String, answer: GateAnswer)]
  /// The names of services and journeys, in the order of the page's rows.
  private(set) var subjects: [String]
  /// What is known beyond the answer, each sentence once.
  private(set) var reasons: [String]
  /// What would let changes out, with the changes that it would let out.
  private(set) var releases: [(changes: [String], release: Release)]

  /// Reasons that say no more than the answer beside them.
  private static let plain: Set<GateReasonCode> = [
    .budgetHealthy, .changeAllowedAtLevel, .changeNotAllowedAtLevel, .approvalNeeded, .approvalGiven, .stageAboveCap,
    .stageCapped, .dependencyFrozen, .exitItemsOpen,
  ]

  /// Every hold, in the order of budgets and after them the general ones.
  static func all(in index: StatusIndex) -> [Hold] {
    var holds: [Cause: Hold] = [:]
    var general: [Cause] = []
    for subject in index.subjects {
      for change in index.changes {
        guard let decision = index.decision(for: subject, change), decision.answer != .allow else { continue }
        for budget in decision.budgets where budget.verdict != .allow && !budget.isOverridden {
          let cause = Cause.budget(budget.budget)
          var hold = holds[cause] ?? Hold(cause, budget)
          hold.add(
            change,
            budget.verdict,
            subject.name,
            decision.reasons.filter { $0.budget == budget.budget },
            budget.release
          )
          holds[cause] = hold
        }
        for reason in decision.reasons where reason.budget == nil && reason.effect.map({ $0 != .allow }) ?? false {
          let cause = Cause.general(reason.text)
          if holds[cause] == nil { general.append(cause) }
          var hold = holds[cause] ?? Hold(cause, nil)
          hold.add(change, reason.effect ?? .unknown, subject.name, [], nil)
          holds[cause] = hold
        }
      }
    }
    return (index.budgets.map { .budget($0.budget) } + general).compactMap { holds[$0] }
  }

  private init(_ cause: Cause, _ budget: BudgetDecision?) {
    self.cause = cause
    self.budget = budget
    answers = []
    subjects = []
    reasons = []
    releases = []
  }

  private mutating func add(
    _ change: String,
    _ answer: GateAnswer,
    _ subject: String,
    _ reasons: [GateReason],
    _ release: Release?
  ) {
    if let known = answers.firstIndex(where: { $0.change == change }) {
      answers[known].answer = max(answers[known].answer, answer)
    } else {
      answers.append((change, answer))
      if let release { add(release, for: change) }
    }
    if subjects.last != subject { subjects.append(subject) }
    for reason in reasons where !Self.plain.contains(reason.code) && !self.reasons.contains(reason.text) {
      self.reasons.append(reason.text)
    }
  }

  private mutating func add(_ release: Release, for change: String) {
    if let same = releases.firstIndex(where: { $0.release == release }) {
      releases[same].changes.append(change)
    } else {
      releases.append(([change], release))
    }
  }

  func changes(_ answer: GateAnswer) -> [String] { answers.filter { $0.answer == answer }.map(\.change) }

  var strictest: GateAnswer { answers.map(\.answer).max() ?? .unknown }
}
