import Quantities

/// One objective with its budget, rules and thresholds.
package struct ObjectivePlan: Sendable {
  package var name: ObjectiveName
  package var title: String
  package var meaning: String?
  package var owner: String
  package var runbook: String?
  /// The objective as its author wrote it, on one line.
  package var expression: String
  package var indicator: String
  package var kind: IndicatorKind
  package var target: Target
  package var window: TimeWindow
  /// Labels that have a budget of their own each.
  package var splitBy: [String]
  package var traffic: EventRate?
  /// The full name of the policy that rules deploys, where one does.
  package var policy: String?
  /// When the statement of an attested objective was made and when it lapses.
  package var attestation: AttestationPlan?
  package var groups: [RuleGroup]
  package var burnAlerts: [BurnAlertPlan]
  /// What `groups` read; nil where nobody has counted.
  package var ruleCost: RuleCost?

  package init(
    name: ObjectiveName,
    title: String,
    meaning: String?,
    owner: String,
    runbook: String?,
    expression: String,
    indicator: String,
    kind: IndicatorKind,
    target: Target,
    window: TimeWindow,
    splitBy: [String],
    traffic: EventRate?,
    policy: String?,
    attestation: AttestationPlan?,
    groups: [RuleGroup],
    burnAlerts: [BurnAlertPlan]
  ) {
    self.name = name
    self.title = title
    self.meaning = meaning
    self.owner = owner
    self.runbook = runbook
    self.expression = expression
    self.indicator = indicator
    self.kind = kind
    self.target = target
    self.window = window
    self.splitBy = splitBy
    self.traffic = traffic
    self.policy = policy
    self.attestation = attestation
    self.groups = groups
    self.burnAlerts = burnAlerts
  }
}

extension ObjectivePlan {
  /// The hash of what is counted, which is a label of every series; nil where nothing is recorded.
  package var countHash: String? {
    recordings.lazy.compactMap { $0.labels.first { $0.name == RecordName.countLabel }?.value }.first
  }

  /// What the objective's rules record, in the order in which they are evaluated.
  package var recordings: [RecordingRule] {
    groups.flatMap(\.rules).compactMap { rule in
      switch rule {
      case .recording(let recording): recording
      case .alert: nil
      }
    }
  }
}

/// What an objective counts.
package enum IndicatorKind: Sendable, Hashable {
  /// Events, or another sum such as seconds played.
  case ratio
  /// Events on the right side of a bound.
  case distribution(percentile: Percentile)
  /// Slices of time that were up.
  case time(slice: TimeSpan)
  /// Slices of time in which a value was within its bound.
  case gauge(slice: TimeSpan)
  /// Nothing: a statement that is in date or is not.
  case attested

  /// What one unit of the budget is called.
  package var countsTime: Bool {
    switch self {
    case .ratio, .distribution, .attested: false
    case .time, .gauge: true
    }
  }
}

/// A dated, owned statement.
package struct AttestationPlan: Sendable, Hashable {
  package var statement: String
  package var by: String
  package var on: CalendarDate
  /// The first day on which the statement no longer holds.
  package var lapses: CalendarDate
  package var evidence: String?

  package init(statement: String, by: String, on: CalendarDate, lapses: CalendarDate, evidence: String?) {
    self.statement = statement
    self.by = by
    self.on = on
    self.lapses = lapses
    self.evidence = evidence
  }
}

/// How urgent a burn-rate alert is.
package enum AlertUrgency: String, Sendable, Hashable {
  case page
  case ticket
}

/// One pair of windows of the burn-rate alerts and its thresholds, for rules and tables alike.
package struct BurnAlertPlan: Sendable, Hashable {
  package var urgency: AlertUrgency
  package var longWindow: TimeSpan
  package var shortWindow: TimeSpan
  /// The share of the window's budget that is spent when the alert fires.
  package var budgetShare: Ratio
  /// How many times faster than even the budget goes when the alert is at its threshold.
  package var burnRate: BurnRate

  package init(
    urgency: AlertUrgency,
    longWindow: TimeSpan,
    shortWindow: TimeSpan,
    budgetShare: Ratio,
    burnRate: BurnRate
  ) {
    self.urgency = urgency
    self.longWindow = longWindow
    self.shortWindow = shortWindow
    self.budgetShare = budgetShare
    self.burnRate = burnRate
  }
}
