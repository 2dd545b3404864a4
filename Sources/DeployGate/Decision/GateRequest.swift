import Quantities

/// What somebody wants to deploy.
package struct GateRequest: Sendable, Hashable {
  package var service: String
  /// Bare, or with its service.
  package var journey: String?
  /// Bare, with its journey, or in full.
  package var objective: String?
  /// The change class, as the policies declare it.
  package var change: String
  /// The share of users that the change would reach; nil asks whether it may go out at all.
  package var stage: Ratio?
  /// The people who approved the change.
  package var approvals: [String]

  package init(
    service: String,
    journey: String? = nil,
    objective: String? = nil,
    change: String,
    stage: Ratio? = nil,
    approvals: [String] = []
  ) {
    self.service = service
    self.journey = journey
    self.objective = objective
    self.change = change
    self.stage = stage
    self.approvals = approvals
  }
}

/// The gate's answer, from the most to the least permissive: where budgets disagree, the last rules.
package enum GateAnswer: String, Sendable, Hashable, CaseIterable, Comparable {
  case allow
  /// The change may go out once somebody has approved it.
  case approve
  /// There are no data, and no policy says what to do without.
  case unknown
  case deny

  package static func < (left: GateAnswer, right: GateAnswer) -> Bool { left.strictness < right.strictness }

  private var strictness: Int {
    switch self {
    case .allow: 0
    case .approve: 1
    case .unknown: 2
    case .deny: 3
    }
  }

  package var exitStatus: GateExitStatus {
    switch self {
    case .allow: .allow
    case .approve: .approvalNeeded
    case .unknown: .unknown
    case .deny: .deny
    }
  }
}

/// The exit status of `nines gate`.
package enum GateExitStatus: Int32, Sendable, Hashable, CaseIterable {
  case allow = 0
  case deny = 1
  /// The question or a file that it rests on makes no sense.
  case usage = 2
  case unknown = 3
  case `internal` = 4
  case approvalNeeded = 5
}
