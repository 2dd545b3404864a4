import Quantities

/// One service with all that follows from its specs.
package struct ServicePlan: Sendable {
  package var name: String
  package var title: String
  package var description: String?
  package var owner: String
  package var stakeholders: [String]
  package var tier: Int?
  package var links: [NamedText]
  package var journeys: [JourneyPlan]
  /// In the order of the specs: system-wide objectives first, then journey by journey.
  package var objectives: [ObjectivePlan]
  package var agreements: [AgreementPlan]
  /// Rule groups of the service as a whole: journeys, written alerts, capacity.
  package var groups: [RuleGroup]
  package var dashboards: [DashboardPlan]
  package var severities: [SeverityPlan]
  package var rolloutStages: [Ratio]
  package var dependencies: [DependencyPlan]
  package var pages: [CataloguePage]
  /// Tests of `groups` and of the objectives' groups.
  package var ruleTests = RuleTestPlan()

  package init(
    name: String,
    title: String,
    description: String?,
    owner: String,
    stakeholders: [String],
    tier: Int?,
    links: [NamedText],
    journeys: [JourneyPlan],
    objectives: [ObjectivePlan],
    agreements: [AgreementPlan],
    groups: [RuleGroup],
    dashboards: [DashboardPlan],
    severities: [SeverityPlan],
    rolloutStages: [Ratio],
    dependencies: [DependencyPlan],
    pages: [CataloguePage]
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.owner = owner
    self.stakeholders = stakeholders
    self.tier = tier
    self.links = links
    self.journeys = journeys
    self.objectives = objectives
    self.agreements = agreements
    self.groups = groups
    self.dashboards = dashboards
    self.severities = severities
    self.rolloutStages = rolloutStages
    self.dependencies = dependencies
    self.pages = pages
  }
}

/// A name with a text: a link, a kill switch, a fallback.
package struct NamedText: Sendable, Hashable {
  package var name: String
  package var text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// A service or objective that a service stands on.
package struct DependencyPlan: Sendable, Hashable {
  package var name: String
  package var isExternal: Bool
  /// Whether a freeze of the dependency holds back deploys of the dependent.
  package var isBlocking: Bool

  package init(name: String, isExternal: Bool, isBlocking: Bool) {
    self.name = name
    self.isExternal = isExternal
    self.isBlocking = isBlocking
  }
}

/// A user journey: its health is that of its worst objective.
package struct JourneyPlan: Sendable {
  package var name: String
  package var title: String
  package var expectation: String?
  package var rationale: String?
  package var owner: String
  package var traffic: EventRate?
  /// Its own objectives and those it requires.
  package var objectives: [ObjectiveName]
  /// Weights of a composite journey; empty where the worst objective rules.
  package var weights: [ObjectiveWeight]

  package init(
    name: String,
    title: String,
    expectation: String?,
    rationale: String?,
    owner: String,
    traffic: EventRate?,
    objectives: [ObjectiveName],
    weights: [ObjectiveWeight]
  ) {
    self.name = name
    self.title = title
    self.expectation = expectation
    self.rationale = rationale
    self.owner = owner
    self.traffic = traffic
    self.objectives = objectives
    self.weights = weights
  }
}

/// How much an objective counts in a composite journey.
package struct ObjectiveWeight: Sendable, Hashable {
  package var objective: ObjectiveName
  package var weight: Rational

  package init(objective: ObjectiveName, weight: Rational) {
    self.objective = objective
    self.weight = weight
  }
}

/// An SLA with the distance between each promise and the objective that guards it.
package struct AgreementPlan: Sendable {
  package var name: String
  package var title: String
  package var with: String
  package var starts: String?
  package var promises: [PromisePlan]
  /// Response promises, remedies and exclusions as sentences.
  package var responses: [NamedText]
  package var remedies: [String]
  package var exclusions: [String]

  package init(
    name: String,
    title: String,
    with: String,
    starts: String?,
    promises: [PromisePlan],
    responses: [NamedText],
    remedies: [String],
    exclusions: [String]
  ) {
    self.name = name
    self.title = title
    self.with = with
    self.starts = starts
    self.promises = promises
    self.responses = responses
    self.remedies = remedies
    self.exclusions = exclusions
  }
}

/// One measured promise of an agreement.
package struct PromisePlan: Sendable {
  package var name: String
  package var expression: String
  package var target: Target
  package var guardedBy: ObjectiveName?
  /// The promise's budget divided by the guarding objective's; nil where the objective leaves none.
  package var headroom: Rational?

  package init(name: String, expression: String, target: Target, guardedBy: ObjectiveName?, headroom: Rational?) {
    self.name = name
    self.expression = expression
    self.target = target
    self.guardedBy = guardedBy
    self.headroom = headroom
  }
}

/// A level of urgency and the times it promises, all stated by the service.
package struct SeverityPlan: Sendable, Hashable {
  package var name: String
  package var title: String
  package var impact: String?
  package var example: String?
  package var respond: TimeSpan?
  package var resolve: TimeSpan?
  package var update: TimeSpan?
  package var pages: Bool

  package init(
    name: String,
    title: String,
    impact: String?,
    example: String?,
    respond: TimeSpan?,
    resolve: TimeSpan?,
    update: TimeSpan?,
    pages: Bool
  ) {
    self.name = name
    self.title = title
    self.impact = impact
    self.example = example
    self.respond = respond
    self.resolve = resolve
    self.update = update
    self.pages = pages
  }
}

/// A section of a service's catalogue page that is text and tables only: reviews, capacity, practices, criteria.
package struct CataloguePage: Sendable, Hashable {
  package var title: String
  package var columns: [String]
  package var rows: [[String]]

  package init(title: String, columns: [String], rows: [[String]]) {
    self.title = title
    self.columns = columns
    self.rows = rows
  }
}
