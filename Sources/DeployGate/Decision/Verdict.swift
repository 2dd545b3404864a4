import PlanModel
import Quantities

/// What one budget says to a request, before overrides.
struct Verdict: Sendable {
  var answer: GateAnswer
  var reasons: [GateReason]
  /// The highest stage that a rollout may reach; nil for no cap.
  var rolloutCap: Ratio?
}

/// One budget with all that its verdict follows from.
struct JudgedBudget: Sendable {
  let evidence: BudgetEvidence
  let owner: String
  let dependency: String?
  let rules: LevelRules
  let track: LevelTrack?
  let standing: Standing
  let now: Instant

  var budget: BudgetName { evidence.budget }

  func verdict(on request: GateRequest) -> Verdict {
    var verdict =
      rules.declares(request.change)
      ? verdictOfStanding(on: request) : verdictOnUndeclaredChange(request.change)
    verdict.reasons += dataReasons(effect: verdict.answer) + levelReasons(request.change)
    if dependency != nil, verdict.answer == .deny {
      verdict.reasons.append(reason(.dependencyFrozen, .deny, frozenText))
    }
    return verdict
  }

  // MARK: The standing

  private func verdictOfStanding(on request: GateRequest) -> Verdict {
    switch standing {
    case .level(let level, _): verdict(on: request, at: level)
    case .withoutData(_, let level?): verdict(on: request, at: level)
    case .withoutData(.allow, nil): Verdict(answer: .allow, reasons: [])
    case .withoutData(_, nil): verdict(needingApprovalFor: request)
    case .unknown: Verdict(answer: .unknown, reasons: [])
    }
  }

  private func verdict(on request: GateRequest, at level: Int) -> Verdict {
    var verdict: Verdict
    switch rules.permission(for: request.change, at: level) {
    case .denied:
      return Verdict(
        answer: .deny,
        reasons: [reason(.changeNotAllowedAtLevel, .deny, deniedText(request.change, level))]
      )
    case .approval:
      verdict = self.verdict(needingApprovalFor: request)
    case .allowed:
      let code: GateReasonCode = level == 0 ? .budgetHealthy : .changeAllowedAtLevel
      verdict = Verdict(answer: .allow, reasons: [reason(code, .allow, allowedText(request.change, level))])
    }
    verdict.rolloutCap = rules.rolloutCap(at: level)
    if let cap = verdict.rolloutCap, let stage = request.stage, stage > cap {
      verdict.answer = .deny
      verdict.reasons.append(reason(.stageAboveCap, .deny, stageText(stage, above: cap, level)))
    } else if let cap = verdict.rolloutCap, request.stage == nil, cap < .all {
      verdict.reasons.append(reason(.stageCapped, nil, capText(cap, level)))
    }
    return verdict
  }

  private func verdict(needingApprovalFor request: GateRequest) -> Verdict {
    request.approvals.isEmpty
      ? Verdict(answer: .approve, reasons: [reason(.approvalNeeded, .approve, approvalText(request.change))])
      : Verdict(answer: .allow, reasons: [reason(.approvalGiven, .allow, approvedText(request))])
  }

  /// A class that this policy does not know goes out only where the level would let everything out that it does know.
  private func verdictOnUndeclaredChange(_ change: String) -> Verdict {
    let isOpen: Bool
    switch standing {
    case .unknown: return Verdict(answer: .unknown, reasons: [])
    case .withoutData(.allow, nil): isOpen = true
    case .withoutData(_, nil): isOpen = false
    case .level(let level, _), .withoutData(_, let level?):
      isOpen = rules.policy.changes.allSatisfy { rules.permission(for: $0, at: level) == .allowed }
    }
    let answer: GateAnswer = isOpen && dependency != nil ? .allow : .deny
    return Verdict(answer: answer, reasons: [reason(.unknownChange, answer, undeclaredText(change))])
  }

  // MARK: Reasons

  private func dataReasons(effect: GateAnswer) -> [GateReason] {
    guard let code = evidence.status.reasonCode else { return [] }
    let data = reason(code, nil, statusText)
    switch standing {
    case .level(_, .measured): return []
    case .level(_, .statement): return [reason(code, effect, statusText)]
    case .level(_, .lastKnown): return [data, reason(.lastKnownLevel, nil, lastKnownText)]
    case .withoutData: return [data, reason(.withoutData, effect, withoutDataText)]
    case .unknown: return [data, reason(.withoutDataUnstated, .unknown, unstatedText)]
    }
  }

  private func levelReasons(_ change: String) -> [GateReason] {
    var reasons: [GateReason] = []
    if case .level(let level, .measured) = standing {
      if let hold = holdText(level) { reasons.append(reason(.levelHeld, nil, hold)) }
      let open = openItems(at: level)
      if !open.isEmpty { reasons.append(reason(.exitItemsOpen, nil, openItemsText(open))) }
    }
    if let young = youngText { reasons.append(reason(.youngBudget, nil, young)) }
    return reasons
  }

  func openItems(at level: Int) -> [String] {
    guard let entry = track?.entries.first(where: { $0.level == rules.levels[level].name }) else { return [] }
    return rules.openItems(at: level, entered: entry.since, now: now)
  }

  private func reason(_ code: GateReasonCode, _ effect: GateAnswer?, _ text: String) -> GateReason {
    GateReason(code, effect: effect, budget: budget, text: text)
  }
}

extension BudgetStatus {
  /// The reason that stands for data which are no measurement.
  fileprivate var reasonCode: GateReasonCode? {
    switch self {
    case .measured, .attested: nil
    case .noSeries: .noSeries
    case .stale: .staleData
    case .partial: .partialData
    case .telemetryLost: .telemetryLost
    case .noTraffic: .noTraffic
    case .notAttested: .attestationLapsed
    }
  }
}
