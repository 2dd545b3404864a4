import PlanModel
import Quantities
import SpecCatalog

/// Why things are as they are, who is told, and what they do then.
struct PeoplePages {
  let index: CatalogIndex
  let facts: ServiceFacts

  // MARK: The service

  func serviceFacts(of id: ServiceID) -> CataloguePage? {
    let service = index.catalog[id]
    var table = PageTable("Facts", "Fact", "Value")
    if let traffic = service.traffic { table.add("traffic", traffic.value.description) }
    for label in service.labels { table.add("label \(label.name.value)", label.value.value) }
    return table.page
  }

  func dependencyPromises(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Promises of dependencies", "Dependency", "Promised availability")
    for dependency in index.catalog[service].dependencies {
      switch dependency.target {
      case .external(let name, let promised?): table.add(name, promised.percentText)
      case .external(_, nil), .service, .objective: continue
      }
    }
    return table.page
  }

  func journeys(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Journeys in detail", "Journey", "Description", "Requires", "Steps")
    for id in index.journeys(of: service) {
      let journey = index.catalog[id]
      if journey.description == nil && journey.requires.isEmpty && journey.steps.isEmpty { continue }
      table.add(
        journey.name.value,
        journey.description,
        journey.requires.map { index.catalog[$0].fullName }.listed(),
        journey.steps.map { index.name(of: $0, seenFrom: service) }.listed(by: " → ")
      )
    }
    return table.page
  }

  // MARK: Objectives

  func objectiveNotes(of service: ServiceID) -> CataloguePage? {
    var table = PageTable(
      "Notes on objectives",
      "Objective",
      "Rationale",
      "Why nothing may fail",
      "Why this window",
      "Labels",
      "Burn-rate alerts",
      "Pages",
      "Tickets",
      "Policy"
    )
    for objective in index.objectives(of: service) {
      let alerting = objective.alerting
      let isAlerted = index.catalog[objective.indicator].kind.isMeasured && alerting.scheme != .none
      table.add(
        objective.fullName,
        objective.rationale,
        objective.zeroTolerance,
        objective.windowReason,
        labels(objective.labels),
        isAlerted ? alerting.scheme.rawValue : "none",
        isAlerted ? route(alerting.page) : nil,
        isAlerted ? route(alerting.ticket) : nil,
        objective.policy.text(in: index)
      )
    }
    return table.page
  }

  /// `P1 to studio/on-call, studio/jira`.
  private func route(_ route: BurnAlerting.Route) -> String? {
    let severity = route.severity.map { index.catalog[$0].name.value }
    let channels = route.channels.map(index.name(of:)).listed()
    switch (severity, channels) {
    case (let severity?, let channels?): return "\(severity) to \(channels)"
    case (let severity?, nil): return severity
    case (nil, let channels?): return "to \(channels)"
    case (nil, nil): return nil
    }
  }

  private func labels(_ labels: [NamedValue]) -> String? {
    labels.map { "\($0.name.value): \($0.value.value)" }.listed()
  }

  // MARK: Agreements and policies

  func agreementNotes(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Notes on agreements", "Agreement", "Description")
    for agreement in index.agreements(of: service) {
      if let description = agreement.description { table.add(agreement.name.value, description) }
    }
    return table.page
  }

  func policyNotes(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Notes on policies", "Policy", "Description")
    for policy in facts.policies(of: service) {
      if let description = policy.description { table.add(policy.name.value, description) }
    }
    return table.page
  }

  func policyActions(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Actions of policies", "Action", "Policy", "Meaning")
    for policy in facts.policies(of: service) {
      for action in policy.actions ?? [] { table.add(action.name.value, policy.name.value, action.value.value) }
    }
    return table.page
  }

  // MARK: Alerts

  func alertPolicies(of service: ServiceID) -> CataloguePage? {
    var table = PageTable(
      "Alert policies",
      "Alert",
      "Title",
      "Meaning",
      "Fires when",
      "Severity",
      "Tells",
      "Steps",
      "Runbook",
      "Labels"
    )
    for alert in facts.alerts(of: service) {
      let steps = alert.steps.enumerated().map { "\($0 + 1). \($1)" }
      table.add(
        alert.name.value,
        alert.title,
        alert.meaning,
        alert.when.map(ConditionText.text).listed(by: " or "),
        alert.severity.map { index.catalog[$0].name.value },
        alert.channels.map(index.name(of:)).listed(),
        steps.listed(by: " "),
        alert.runbook.map(index.runbookAddress),
        labels(alert.labels)
      )
    }
    return table.page
  }

  func channels(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Channels", "Channel", "Title", "By")
    for channel in facts.channels(of: service) {
      table.add(channel.name.value, channel.title, channel.kind.means)
    }
    return table.page
  }

  // MARK: Findings

  func acceptedFindings(of service: ServiceID) -> CataloguePage? {
    var table = PageTable("Accepted findings", "Code", "Reason", "Until")
    for suppression in facts.suppressions(of: service) {
      table.add(suppression.code.value, suppression.reason, suppression.until?.value.description)
    }
    return table.page
  }
}

extension PolicyChoice {
  fileprivate func text(in index: CatalogIndex) -> String {
    switch self {
    case .named(let id): index.name(of: id)
    case .none: "none, on purpose"
    case .absent: "none"
    }
  }
}

extension Channel.Kind {
  /// Where secrets are is for those who run Alertmanager, and stands in its configuration.
  fileprivate var means: String {
    switch self {
    case .pagerDuty: "PagerDuty"
    case .slack(let channel, apiURLFile: _): "Slack, \(channel)"
    case .email(let to): "mail to \(to)"
    case .opsgenie: "Opsgenie"
    case .webhook(let url): "webhook \(url)"
    case .webhookFile: "webhook"
    case .log: "recorded, nobody is told"
    }
  }
}
