import PlanModel
import Quantities

/// The gate's answer with everything that it follows from.
package struct GateDecision: Sendable, Hashable {
  package var answer: GateAnswer
  package var request: GateRequest
  /// The full name of the service, journey or objective asked for.
  package var subject: String
  /// When the question was asked.
  package var at: Instant
  /// Until when the answer stands if nothing new is observed.
  package var validUntil: Instant
  /// What matters most first.
  package var reasons: [GateReason]
  /// What would turn the answer into a yes.
  package var remedies: [Remedy]
  /// The highest stage that the change may reach; nil for no cap.
  package var rolloutCap: Ratio?
  package var budgets: [BudgetDecision]
  /// The freezes of the calendar that count for the request.
  package var freezes: [FreezeStanding]
  /// The overrides that lifted something.
  package var overrides: [OverridePlan]
  /// The sign-offs that count for levels entered now.
  package var signoffs: [SignoffPlan]
  /// The identity of the policy file.
  package var policy: String
  package var data: DataIdentity
  /// What the next decision goes on from.
  package var state: LevelState

  /// Which observations were judged.
  package struct DataIdentity: Sendable, Hashable {
    /// SHA-256 of the snapshot as it is printed, in hexadecimal.
    package var identity: String
    package var takenAt: Instant
    package var source: String
    package var isPartial: Bool
    package var warnings: [String]
  }

  package var exitStatus: GateExitStatus { answer.exitStatus }
}

/// One budget that counts for a request.
package struct BudgetDecision: Sendable, Hashable {
  package var budget: BudgetName
  /// Who answers for it.
  package var owner: String
  /// The blocking dependency through which it counts; nil where it belongs to what was asked for.
  package var dependency: String?
  package var policy: String
  package var status: BudgetStatus
  package var counts: EventCounts?
  /// When the newest sample was taken.
  package var at: Instant?
  package var standing: Standing
  /// The level that rules, or whose rules stand in for missing data.
  package var level: LevelPlan?
  /// Since when the level rules; nil where it stands in for missing data.
  package var since: Instant?
  /// Whether the level was seen to begin; otherwise it may have begun before `since`.
  package var isBeginningSeen: Bool
  /// How many times faster than planned the budget is being spent.
  package var burn: BurnRate?
  /// When nothing remains at this rate; nil where that never happens or nothing tells.
  package var exhaustedAt: Instant?
  package var openItems: [String]
  /// What would let the change out; nil where nothing has to change or nothing that remains would do.
  package var release: Release?
  /// What the budget alone would answer, before overrides.
  package var verdict: GateAnswer
  package var isOverridden: Bool
}

/// One thing that would turn an answer into a yes, as far as one budget holds it back.
package enum Remedy: Sendable, Hashable {
  /// Somebody approves the change by name.
  case approval
  /// More of the budget remains, and exit items are signed off.
  case release(BudgetName, Release)
  /// The rollout stays within a stage.
  case stage(Ratio)
  /// Complete and fresh data of the budget.
  case data(BudgetName)
  /// The statement is renewed.
  case statement(BudgetName)
  /// The freeze of a scope ends at an instant.
  case freezeEnds(scope: String, at: Instant)
}
