import Diagnostics
import Quantities
import YAMLSource

extension ValueReader where Value == ObjectiveExpression {
  static let objectiveExpression = ValueReader.expression(
    Noun("an objective", "objectives"),
    pattern: Pattern.objective,
    examples: ["requests >= 99.9% over 30d"],
    as: .malformedObjective,
    parse: ObjectiveParser.parse
  )
}

extension ValueReader where Value == ObjectiveSpec {
  /// An expression, or a mapping with `objective` and what else is set for it.
  static let objective = ValueReader.either(
    scalar: ValueReader<ObjectiveExpression>.objectiveExpression.map { ObjectiveSpec($0) },
    collection: record
  )

  private static let record = ValueReader.record(
    Noun("an objective", "objectives"),
    Key("objective", .objectiveExpression, "the objective in one line", insteadOf: ["expression", "slo", "target"]),
    optional: remarks + figures
  ) { ObjectiveSpec($0) }

  private static let remarks: [OptionalKey<ObjectiveSpec>] = [
    .key("title", .text, "what people call it") { $0.title = $1 },
    .key("meaning", .text, "what it means", insteadOf: ["description"]) { $0.meaning = $1 },
    .key("rationale", .text, "why it is what it is") { $0.rationale = $1 },
    .key("owner", .team, "the team that answers for it") { $0.owner = $1 },
    .key("runbook", .runbook, "where it says what to do") { $0.runbook = $1 },
    .key("labels", .labels, "labels of its rules and alerts") { $0.labels = $1 },
    .key("traffic", .eventRate, "events per time") { $0.traffic = $1 },
    .key("policy", .policyChoice, "the policy that rules deploys, or none") { $0.policy = $1 },
    .key("alerts", .burnAlerts, "how its burn-rate alerts behave", insteadOf: ["alerting", "burn-alerts"]) {
      $0.alerts = $1
    },
  ]

  private static let figures: [OptionalKey<ObjectiveSpec>] = [
    .key("burn", .named(.burnLevel), "ranges of loss per time that a plan gives names") { $0.burnLevels = $1 },
    .key("budget", .budgetFigures, "the error budget as a plan states it") { $0.budget = $1 },
    .key("intended", .intended, "why a target of 100% is meant") { $0.zeroTolerance = $1 },
    .key("window-reason", .text, "why its window differs from those beside it") { $0.windowReason = $1 },
  ]
}

extension ValueReader where Value == Located<String> {
  fileprivate static let intended = ValueReader.record(
    Noun("an intention", "intentions"),
    Key("zero-tolerance", .text, "why no failure at all is tolerated")
  ) { $0 }
}

// MARK: - Figures

extension ValueReader where Value == BudgetFiguresSpec {
  fileprivate static let budgetFigures = ValueReader.record(
    Noun("a budget", "budgets"),
    optional: [
      .key("share", .statedRatio, "the share of events or of time") { $0.share = $1 }
    ] + BudgetFiguresSpec.Period.allCases.map(figure)
  ) { BudgetFiguresSpec() }

  private static func figure(_ period: BudgetFiguresSpec.Period) -> OptionalKey<BudgetFiguresSpec> {
    let unit = period.rawValue.dropFirst("per-".count)
    return .key(period.rawValue, loss, "what may be lost in each \(unit): a count, or a duration") {
      $0.figures.append(BudgetFiguresSpec.Figure(period: period, amount: $1))
    }
  }

  private static let loss = ValueReader<Located<StatedSpec<LossSpec>>>.stated(
    Noun("a count or a duration", "counts or durations"),
    .text(pattern: Pattern.loss, as: .number),
    examples: ["2_500", "~83", "43m"]
  ) { (bytes) throws(QuantityError) in try LossSpec(bytes) }
}

extension ValueReader where Value == Located<StatedSpec<Ratio>> {
  static let statedRatio = stated(
    Noun("a percentage", "percentages"),
    .text(pattern: Pattern.statedPercentage),
    examples: ["0.5%"]
  ) {
    (bytes) throws(QuantityError) in try Ratio(readingUTF8: bytes)
  }
}

extension ValueReader where Value == Located<StatedSpec<Rational>> {
  static let statedCount = stated(
    Noun("a count", "counts"),
    .text(pattern: Pattern.statedCount, as: .number),
    examples: ["1_000", "~83"]
  ) {
    (bytes) throws(QuantityError) in try Rational(countIn: bytes)
  }
}

extension ValueReader where Value == BurnLevelSpec {
  /// A range alone, or a mapping with what was said of it.
  fileprivate static let burnLevel = ValueReader.either(
    scalar: range.map { BurnLevelSpec(range: $0) },
    collection: .record(
      Noun("a burn level", "burn levels"),
      Key("when", range, "the range of loss per time"),
      optional: [
        .key("exhausts", exhaustion, "how soon the budget is said to be gone") { $0.exhausts = $1 },
        .key("failure-ratio", share, "the share of all traffic that it stands for") { $0.failureRatio = $1 },
      ]
    ) { BurnLevelSpec(range: $0) }
  )

  private static let range = ValueReader<Located<StatedRangeSpec<LossRateSpec>>>.expression(
    Noun("a range of loss per time", "ranges of loss per time"),
    pattern: Pattern.lossRange,
    examples: ["< 10/h", "10/h .. 20/h"],
    as: .malformedValue
  ) { (text) throws(ExpressionError) in
    try StatedRangeSpec.parse(text, allowsExact: false) { (bytes) throws(QuantityError) in try LossRateSpec(bytes) }
  }

  private static let exhaustion = ValueReader<Located<StatedRangeSpec<TimeSpan>>>.expression(
    Noun("a duration", "durations"),
    pattern: Pattern.durationRange,
    examples: ["5h", "< 5h"],
    as: .malformedValue
  ) { (text) throws(ExpressionError) in
    try StatedRangeSpec.parse(text, allowsExact: true) { (bytes) throws(QuantityError) in
      try TimeSpan(readingUTF8: bytes)
    }
  }

  private static let share = ValueReader<Located<StatedRangeSpec<Ratio>>>.expression(
    Noun("a percentage", "percentages"),
    pattern: Pattern.percentageRange,
    examples: ["1.2%", "< 1.2%", "1.2% .. 2.4%"],
    as: .malformedValue
  ) { (text) throws(ExpressionError) in
    try StatedRangeSpec.parse(text, allowsExact: true) { (bytes) throws(QuantityError) in
      try Ratio(readingUTF8: bytes)
    }
  }
}

/// The keys of a worked example before they have been judged together.
private struct WorkedExampleDraft: Sendable {
  let target: Located<Ratio>
  let events: Located<Rational>
  var failures: Located<Rational>?
  var good: Located<Rational>?
  var budget: Located<StatedSpec<Rational>>?
  var remaining: Located<StatedSpec<Rational>>?
  var ratio: Located<StatedSpec<Ratio>>?
}

extension ValueReader where Value == WorkedExampleSpec {
  static let workedExample = ValueReader.record(
    Noun("a worked example", "worked examples"),
    Key("target", .ratio, "the target"),
    Key("events", .count, "how many events there are"),
    optional: [
      OptionalKey<WorkedExampleDraft>.key("budget", .statedCount, "the claimed budget, in events") { $0.budget = $1 },
      .key("failures", .count, "how many of the events failed", insteadOf: ["bad"]) { $0.failures = $1 },
      .key("good", .count, "how many of the events went well") { $0.good = $1 },
      .key("remaining", .statedCount, "the claimed rest of the budget, in events") { $0.remaining = $1 },
      .key("ratio", .statedRatio, "the claimed share of good events") { $0.ratio = $1 },
    ],
    rules: [
      .atMostOne(["failures", "good"]), .companion("remaining", of: ["good", "failures"]),
      .companion("ratio", of: ["good", "failures"]),
    ],
    make: { WorkedExampleDraft(target: $0, events: $1) }
  ) { draft, fields, context in
    if let failures = fields["failures"], fields["good"] != nil {
      context.reportWrongShape("'failures' does not go with 'good': one follows from the other", at: failures.key.span)
    }
    for claim in ["remaining", "ratio"] where fields["good"] == nil && fields["failures"] == nil {
      guard let entry = fields[claim] else { continue }
      context.reportWrongShape("'\(claim)' goes with 'good' or 'failures', which are not stated", at: entry.key.span)
    }
    return WorkedExampleSpec(
      target: draft.target,
      events: draft.events,
      outcome: draft.failures.map { .failures($0) } ?? draft.good.map { .good($0) },
      budget: draft.budget,
      remaining: draft.remaining,
      ratio: draft.ratio
    )
  }
}

// MARK: - Journeys

extension ValueReader where Value == JourneySpec {
  static let journey = ValueReader.record(
    Noun("a journey", "journeys"),
    Key("objectives", .named(.objective, as: .objective), "its objectives", insteadOf: ["slos"]),
    optional: [
      .key("title", .text, "what people call it") { $0.title = $1 },
      .key("expectation", .text, "what users expect of it") { $0.expectation = $1 },
      .key("rationale", .text, "why its objectives are what they are") { $0.rationale = $1 },
      .key("description", .text, "what it is", insteadOf: ["meaning"]) { $0.description = $1 },
      .key("requires", .objectives, "other objectives that its health depends on") { $0.requires = $1 },
      .key("weights", .named(.weight, by: .text), "how much each objective counts in one common budget") {
        $0.weights = $1
      },
      .key("traffic", .eventRate, "events per time") { $0.traffic = $1 },
      .key("policy", .policyChoice, "the policy that rules deploys, or none") { $0.policy = $1 },
      .key("owner", .team, "the team that answers for it") { $0.owner = $1 },
      .key("tier", .tier, "1 (most critical) to 4") { $0.tier = $1 },
      .key("runbook", .runbook, "where it says what to do") { $0.runbook = $1 },
      .key("labels", .labels, "labels of its rules and alerts") { $0.labels = $1 },
      .key("steps", .indicators, "the indicators that users pass through, in order", insteadOf: ["funnel"]) {
        $0.steps = $1
      },
    ],
    lastKeys: ["objectives"]
  ) { JourneySpec(objectives: $0) }
}

extension ValueReader where Value == [Located<String>] {
  fileprivate static let objectives = references(
    to: Noun("an objective", "objectives"),
    example: "checkout/availability"
  )
  fileprivate static let indicators = references(to: Noun("an indicator", "indicators"), example: "requests")
}
