import PlanModel
import PromQL
import Quantities

/// Text that each printer would get wrong if it did not escape.
let hostileText =
  "a|b \"q\" 'p' <script>alert(1)</script> & =cmd|' /C calc'!A0 `tick` {{ x }} \u{1B}[31m\u{0}\u{202E} #"

extension Plan {
  /// A plan with everything empty but what a test is about.
  static func fixture(
    services: [ServicePlan] = [],
    policies: [PolicyPlan] = [],
    overrides: [OverridePlan] = [],
    signoffs: [SignoffPlan] = [],
    alerting: AlertingPlan = AlertingPlan(receivers: [], mutes: []),
    groups: [RuleGroup] = [],
    outputs: Set<OutputKind> = Set(OutputKind.allCases),
    format: RuleFileFormat = .rules,
    labelNames: LabelNames = LabelNames(),
    title: String = "Studio workspace"
  ) throws -> Plan {
    Plan(
      workspace: WorkspacePlan(
        title: title,
        outputs: outputs,
        format: format,
        interval: try TimeSpan(reading: "30s"),
        labelNames: labelNames,
        dashboardsURL: "https://grafana.example.com/d/",
        policies: policies,
        overrides: overrides,
        signoffs: signoffs,
        alerting: alerting,
        groups: groups
      ),
      services: services
    )
  }
}

extension ServicePlan {
  static func fixture(
    _ name: String = "studio",
    title: String = "Studio",
    description: String? = nil,
    owner: String = "studio-sre",
    links: [NamedText] = [],
    journeys: [JourneyPlan] = [],
    objectives: [ObjectivePlan] = [],
    agreements: [AgreementPlan] = [],
    groups: [RuleGroup] = [],
    dashboards: [DashboardPlan] = [],
    severities: [SeverityPlan] = [],
    rolloutStages: [Ratio] = [],
    dependencies: [DependencyPlan] = [],
    pages: [CataloguePage] = []
  ) -> ServicePlan {
    ServicePlan(
      name: name,
      title: title,
      description: description,
      owner: owner,
      stakeholders: ["product"],
      tier: 1,
      links: links,
      journeys: journeys,
      objectives: objectives,
      agreements: agreements,
      groups: groups,
      dashboards: dashboards,
      severities: severities,
      rolloutStages: rolloutStages,
      dependencies: dependencies,
      pages: pages
    )
  }
}

extension ObjectivePlan {
  static func fixture(
    _ name: ObjectiveName = ObjectiveName(service: "studio", journey: "song-generation", objective: "success-rate"),
    title: String = "Success rate",
    meaning: String? = nil,
    runbook: String? = nil,
    expression: String = "generation >= 99.5% over 30d",
    kind: IndicatorKind = .ratio,
    target: String = "99.5%",
    window: String = "30d",
    splitBy: [String] = [],
    traffic: String? = "500_000 per month",
    policy: String? = nil,
    attestation: AttestationPlan? = nil,
    groups: [RuleGroup] = [],
    burnAlerts: [BurnAlertPlan] = [],
    cost: RuleCost? = nil
  ) throws -> ObjectivePlan {
    var plan = ObjectivePlan(
      name: name,
      title: title,
      meaning: meaning,
      owner: "studio-sre",
      runbook: runbook,
      expression: expression,
      indicator: "studio/generation",
      kind: kind,
      target: try Target(reading: target),
      window: try TimeWindow(reading: window),
      splitBy: splitBy,
      traffic: try traffic.map { try EventRate(reading: $0) },
      policy: policy,
      attestation: attestation,
      groups: groups,
      burnAlerts: burnAlerts
    )
    plan.ruleCost = cost
    return plan
  }
}

extension RuleCost {
  static let fixture = RuleCost(
    recordedPerMinute: 17_280,
    scraped: [
      ScrapedCost(metric: "requests_total", perMinute: 176), ScrapedCost(metric: "up", perMinute: 20),
    ]
  )
}

extension BurnAlertPlan {
  /// An alert on so much of the budget of `window` within the long window.
  static func fixture(
    _ urgency: AlertUrgency = .page,
    spent: String = "2%",
    long: String = "1h",
    short: String = "5m",
    of window: String = "30d"
  ) throws -> BurnAlertPlan {
    let share = try Ratio(reading: spent)
    let longWindow = try TimeSpan(reading: long)
    return BurnAlertPlan(
      urgency: urgency,
      longWindow: longWindow,
      shortWindow: try TimeSpan(reading: short),
      budgetShare: share,
      burnRate: BurnRate(budgetShare: share, of: try TimeSpan(reading: window), in: longWindow)
    )
  }
}

extension RuleGroup {
  static func fixture(_ name: String = "studio/success-rate", _ rules: [Rule]) throws -> RuleGroup {
    RuleGroup(name: name, interval: try TimeSpan(reading: "30s"), rules: rules)
  }
}

extension Rule {
  static func record(
    _ name: String = "slo:bad:delta",
    _ expression: PromQLExpression = .selector("up"),
    labels: [LabelPair] = []
  ) -> Rule {
    .recording(RecordingRule(record: name, expression: expression, labels: labels))
  }

  static func alert(
    _ name: String = "BudgetBurn",
    _ expression: PromQLExpression = .selector("up"),
    sustained: String = "0s",
    keepFiringFor: String = "0s",
    labels: [LabelPair] = [],
    annotations: [LabelPair] = []
  ) throws -> Rule {
    .alert(
      AlertRule(
        alert: name,
        expression: expression,
        sustained: try TimeSpan(reading: sustained),
        keepFiringFor: try TimeSpan(reading: keepFiringFor),
        labels: labels,
        annotations: annotations
      )
    )
  }
}
