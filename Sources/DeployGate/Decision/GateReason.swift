/// Why the gate answers as it does: one code that machines may rely on, and a sentence for people.
package struct GateReason: Sendable, Hashable {
  package var code: GateReasonCode
  /// The answer that it argues for; nil where it only informs, or was lifted by an override.
  package var effect: GateAnswer?
  /// What it is about; nil for the request as a whole.
  package var budget: BudgetName?
  package var text: String

  package init(_ code: GateReasonCode, effect: GateAnswer? = nil, budget: BudgetName? = nil, text: String) {
    self.code = code
    self.effect = effect
    self.budget = budget
    self.text = text
  }
}

extension GateReason {
  /// What matters most first; then by budget and code, so that the order of inputs leaves no trace.
  static func precedes(_ left: GateReason, _ right: GateReason) -> Bool {
    let rank = { (reason: GateReason) in reason.effect.flatMap { GateAnswer.allCases.sorted().firstIndex(of: $0) } ?? -1
    }
    if rank(left) != rank(right) { return rank(left) > rank(right) }
    switch (left.budget, right.budget) {
    case (let first?, let second?) where first != second: return first < second
    case (nil, .some): return true
    case (.some, nil): return false
    case (.some, .some), (nil, nil): break
    }
    if left.code != right.code { return left.code.position < right.code.position }
    return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

/// The stable names of reasons; `docs/gate.md` lists them.
package enum GateReasonCode: String, Sendable, Hashable, CaseIterable {
  case budgetHealthy = "budget-healthy"
  case changeAllowedAtLevel = "change-allowed-at-level"
  case changeNotAllowedAtLevel = "change-not-allowed-at-level"
  case unknownChange = "unknown-change"
  case approvalNeeded = "approval-needed"
  case approvalGiven = "approval-given"
  case stageAboveCap = "stage-above-cap"
  case stageCapped = "stage-capped"
  case levelHeld = "level-held"
  case exitItemsOpen = "exit-items-open"
  case noSeries = "no-series"
  case staleData = "stale-data"
  case partialData = "partial-data"
  case telemetryLost = "telemetry-lost"
  case noTraffic = "no-traffic"
  case lastKnownLevel = "last-known-level"
  case withoutData = "without-data"
  case withoutDataUnstated = "without-data-unstated"
  case attestationLapsed = "attestation-lapsed"
  case youngBudget = "young-budget"
  case dependencyFrozen = "dependency-frozen"
  case freezeInForce = "freeze-in-force"
  case freezeExempt = "freeze-exempt"
  case freezeAhead = "freeze-ahead"
  case overrideApplied = "override-applied"
  case overrideExpired = "override-expired"
  case overridePending = "override-pending"
  case noPolicy = "no-policy"

  /// One sentence on what the code means, the same in the documentation.
  package var meaning: String {
    switch self {
    case .budgetHealthy: "the budget is in its best level, which allows the change"
    case .changeAllowedAtLevel: "the budget is in a worse level, which still allows the change"
    case .changeNotAllowedAtLevel: "the budget's level neither allows the change nor lets anybody approve it"
    case .unknownChange: "a policy that counts does not declare the change class, while another does"
    case .approvalNeeded: "the level, or the lack of data, asks for a named approval"
    case .approvalGiven: "an approval was needed and named in the request"
    case .stageAboveCap: "the stage asked for is above what the level lets a rollout reach"
    case .stageCapped: "no stage was asked for, and the level lets a rollout reach only part of the users"
    case .levelHeld: "the level's own bound no longer holds, and the one where it is left does not hold yet"
    case .exitItemsOpen: "items of the level's exit list are not signed off since the level was entered"
    case .noSeries: "the source has no series of the objective"
    case .staleData: "the newest sample is too old"
    case .partialData: "the source said that data were missing"
    case .telemetryLost: "what the objective is measured by has no series any more, so nothing was counted since"
    case .noTraffic: "data are complete, and no event was counted in the window"
    case .lastKnownLevel: "data are missing, though not for long: the last known level goes on"
    case .withoutData: "data have been missing for too long: what the policy says for that case applies"
    case .withoutDataUnstated: "data are missing, and the policy does not say what to do then"
    case .attestationLapsed: "the statement of an attested objective is not in date"
    case .youngBudget: "recording began after the window did, so the budget is judged by part of it"
    case .dependencyFrozen: "a blocking dependency does not let the change out"
    case .freezeInForce: "a freeze of the calendar holds the change back"
    case .freezeExempt: "a freeze of the calendar is in force and lets this change class out"
    case .freezeAhead: "a freeze of the calendar begins within a day"
    case .overrideApplied: "a reviewed override lets the change out in spite of the other reasons"
    case .overrideExpired: "an override for the change ended in the last seven days"
    case .overridePending: "an override for the change has not begun"
    case .noPolicy: "no policy rules anything of what was asked for"
    }
  }

  fileprivate var position: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
