import Diagnostics
import YAMLSource

extension ValueReader where Value == SpecDocument {
  static let document = ValueReader.record(
    Noun("a spec", "specs"),
    optional: head + facts + sections + alerting + practice,
    make: { SpecDocument(span: SourceSpan(file: FileID(0), start: 0, end: 0)) }
  ) { document, fields, context in
    var document = document
    document.span = fields.node.span
    document.facts.statedKeys = facts.compactMap { key in
      fields[key.shape.name].map { Located(key.shape.name, at: $0.key.span) }
    }
    context.rejectUnitlessBounds(in: &document, indicators: fields["indicators"]?.value)
    document.unread = context.unread
    return document
  }

  private static let head: [OptionalKey<SpecDocument>] = [
    .version,
    .key(
      "service",
      .name(Noun("the name of a service", "names of services")),
      "the service that everything in the document belongs to",
      insteadOf: ["name"],
      presence: .required
    ) { $0.service = $1 },
  ]

  private static let facts: [OptionalKey<SpecDocument>] = [
    .key("title", .text, "what people call the service") { $0.facts.title = $1 },
    .key("description", .text, "what the service is", insteadOf: ["meaning"]) { $0.facts.description = $1 },
    .key("owner", .team, "the team that answers for the service", insteadOf: ["team"]) { $0.facts.owner = $1 },
    .key("stakeholders", .listOrSingle(of: .team), "teams that are heard when targets change") {
      $0.facts.stakeholders = $1
    },
    .key("tier", .tier, "1 (most critical) to 4", insteadOf: ["criticality"]) { $0.facts.tier = $1 },
    .key("labels", .labels, "labels of every rule and alert") { $0.facts.labels = $1 },
    .key("links", .named(ValueReader<Located<String>>.address, by: .text), "addresses by name") {
      $0.facts.links = $1
    },
    .key("runbook", .runbook, "the runbook of objectives and alerts that name none") { $0.facts.runbook = $1 },
    .key("depends-on", .list(of: .dependency), "what the service stands on", insteadOf: ["dependencies"]) {
      $0.facts.dependencies = $1
    },
    .key("traffic", .eventRate, "events per time, where journeys and objectives state none") {
      $0.facts.traffic = $1
    },
    .key("policy", .policyChoice, "the policy of objectives that name none") { $0.facts.policy = $1 },
    .key("burn-alerts", .burnAlerts, "how the generated burn-rate alerts behave") { $0.facts.burnAlerts = $1 },
  ]

  private static let sections: [OptionalKey<SpecDocument>] = [
    .key("metrics", .named(.metric, as: .metric, by: .metric), "the instrumentation contract") { $0.metrics = $1 },
    .key("indicators", .named(.indicator, as: .indicator), "what is measured", insteadOf: ["slis", "sli"]) {
      $0.indicators = $1
    },
    .key("objectives", .named(.objective, as: .objective), "how good it has to be", insteadOf: ["slos", "slo"]) {
      $0.objectives = $1
    },
    .key("journeys", .named(.journey, as: .journey), "what users set out to do") { $0.journeys = $1 },
    .key(
      "agreements",
      .named(.agreement, as: .agreement),
      "what was promised to customers",
      insteadOf: ["slas", "sla"]
    ) {
      $0.agreements = $1
    },
    .key("policies", .named(.policy, as: .policy), "what happens when the error budget runs low") { $0.policies = $1 },
    .key("overrides", .list(of: ValueReader<OverrideSpec>.override.located), "reviewed exceptions to policies") {
      $0.overrides = $1
    },
    .key("signoffs", .list(of: ValueReader<SignoffSpec>.signoff.located), "ticked items of exit lists") {
      $0.signoffs = $1
    },
    .key(
      "worked-examples",
      .list(of: ValueReader<WorkedExampleSpec>.workedExample.located),
      "examples of budget arithmetic, held to be right"
    ) { $0.workedExamples = $1 },
  ]

  private static let alerting: [OptionalKey<SpecDocument>] = [
    .key(
      "severities",
      .named(.severityDeclaration, as: .severity, by: .mixedName),
      "from the most to the least urgent"
    ) { $0.severities = $1 },
    .key("notify", .named(.channel, as: .channel), "where alerts can be sent", insteadOf: ["channels", "receivers"]) {
      $0.channels = $1
    },
    .key("alerts", .named(.alert, as: .alert, by: .mixedName), "alerts besides the generated ones") { $0.alerts = $1 },
    .key("maintenance", .named(.maintenance, as: .maintenance), "planned work") { $0.maintenance = $1 },
    .key("exclusions", .named(.exclusion, as: .exclusion), "what does not count although it is no planned work") {
      $0.exclusions = $1
    },
  ]

  private static let practice: [OptionalKey<SpecDocument>] = [
    .key("capacity", .capacity, "expected growth, and what is scaled when") { $0.capacity = $1 },
    .key("dashboards", .named(.dashboard, as: .dashboard), "dashboards with their panels") { $0.dashboards = $1 },
    .key("reviews", .named(.review), "what is reviewed how often") { $0.reviews = $1 },
    .key("rollout", .rollout, "stages and kill switches") { $0.rollout = $1 },
    .key("practices", .practices, "tests, backups, fallbacks and the course of incidents") { $0.practices = $1 },
  ]
}

extension OptionalKey {
  /// `nines: v1`, which has been looked at before the record is read.
  static var version: OptionalKey {
    let reader = ValueReader<Bool>(
      .scalar(ScalarShape(Noun("the version of the language", "versions"), .words([SpecLanguage.version])))
    ) { _, _ in nil }
    return .key("nines", reader, "the version of the language", presence: .requiredBefore) { _, _ in }
  }
}
