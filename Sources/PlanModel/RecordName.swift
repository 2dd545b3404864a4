/// What the rules record. Every name is one series per objective, or one per value of the labels that split it.
package enum RecordName: String, Sendable, CaseIterable {
  /// 1 while something is excluded from what counts, 0 otherwise.
  case exclusionActive = "slo:exclusion:active"
  /// What was counted in one interval, and the bad part of it.
  case totalDelta = "slo:total:delta"
  case badDelta = "slo:bad:delta"
  /// The running sums of the deltas.
  case totalLedger = "slo:total:ledger"
  case badLedger = "slo:bad:ledger"
  /// What was counted in the objective's window.
  case totalWindow = "slo:total:window"
  case badWindow = "slo:bad:window"
  /// The start of the calendar period that the windows were last counted in.
  case windowPeriod = "slo:window:period"
  /// The start of the running calendar period, one series per period and zone of the workspace.
  case periodStart = "slo:period:start"
  case successRatio = "slo:success:ratio"
  /// The share of the budget that is left; below zero where it is overspent.
  case budgetRemaining = "slo:error_budget:remaining"
  /// How much a whole window allows to be bad, in what is counted.
  case budgetAllowance = "slo:error_budget:allowance"
  case burnRate = "slo:burn_rate"
  case target = "slo:objective:target"
  case budget = "slo:objective:budget"
  case info = "slo:info"
  /// When the ledger was begun, in seconds since 1970.
  case ledgerStart = "slo:ledger:start"
  /// The share of the objective's window that the ledger has seen; below 1 the budget is young.
  case windowCoverage = "slo:window:coverage"
  /// What an alert compares, while it holds, where the system cannot keep alerts firing.
  case alertCondition = "slo:alert:condition"
  /// 1 while a level of the policy holds, 0 otherwise.
  case level = "slo:level"
  /// The share of a journey's budget that is left.
  case journeyRemaining = "slo:journey:remaining"

  /// The label on all of them that tells series of different counts apart.
  package static let countLabel = "sli"
}
