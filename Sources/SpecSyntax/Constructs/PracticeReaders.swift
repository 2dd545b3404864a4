import Diagnostics
import Quantities
import YAMLSource

extension ValueReader where Value == CapacitySpec {
  static let capacity = ValueReader.record(
    Noun("capacity", "capacities"),
    optional: [
      .key("forecast", .forecast, "figures by quarter") { $0.forecast = $1 },
      .key("scale-up", .named(.scaling), "conditions on which more is needed") { $0.scaleUp = $1 },
      .key("scale-down", .named(.scaling), "conditions on which less will do") { $0.scaleDown = $1 },
    ]
  ) { CapacitySpec() }
}

extension ValueReader where Value == [ForecastSpec] {
  private static let quarter = ScalarShape(
    Noun("a quarter", "quarters"),
    .text(pattern: Pattern.quarter),
    examples: ["2026-Q1"]
  )
  private static let figures = ValueReader<[Named<Located<Quantity>>]>.named(.amount)
  private static let quarters = ValueReader<[Named<[Named<Located<Quantity>>]>]>.named(figures, by: .text)

  fileprivate static let forecast = ValueReader(.map(MapShape(keys: quarter, values: figures.shape))) { node, context in
    quarters.read(node, &context)?.compactMap { entry in
      guard let quarter = CalendarQuarter(entry.name.value) else {
        context.report(
          .malformedValue,
          "\(Array(entry.name.value.utf8).quotedText) is not a quarter such as '2026-Q1'",
          at: entry.name.span
        )
        return nil
      }
      return ForecastSpec(quarter: Located(quarter, at: entry.name.span), figures: entry.value)
    }
  }
}

extension CalendarQuarter {
  /// `2026-Q1`; nil for every other text.
  fileprivate init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 7, bytes[..<4].allSatisfy(\.isDigit), bytes[4] == UInt8(ascii: "-"),
      bytes[5] == UInt8(ascii: "Q"), (UInt8(ascii: "1")...UInt8(ascii: "4")).contains(bytes[6])
    else { return nil }
    year = bytes[..<4].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    quarter = Int(bytes[6] - UInt8(ascii: "0"))
  }
}

extension ValueReader where Value == ScalingSpec {
  /// A condition alone, or a mapping.
  fileprivate static let scaling = ValueReader.either(
    scalar: ValueReader<ConditionSpec>.condition.map { ScalingSpec(when: [$0]) },
    collection: .record(
      Noun("a scaling rule", "scaling rules"),
      Key("when", .conditions, "a condition, or a list of which any suffices"),
      optional: [
        .key("severity", .severity, "the severity of its alert") { $0.severity = $1 },
        .key("notify", .channels, "the channels that are told") { $0.notify = $1 },
      ],
      rules: [.itemOf("when")]
    ) { ScalingSpec(when: $0) }
  )
}

// MARK: - Dashboards

extension ValueReader where Value == DashboardSpec {
  static let dashboard = ValueReader.record(
    Noun("a dashboard", "dashboards"),
    optional: [
      .key("title", .text, "what people call it") { $0.title = $1 },
      .key(
        "path",
        .text(Noun("a path", "paths"), examples: ["/dashboards/checkout"]),
        "where it is found",
        insteadOf: ["url"]
      ) {
        $0.path = $1
      },
      .key("panels", .list(of: .panel), "its panels") { $0.panels = $1 },
    ]
  ) { DashboardSpec() }
}

extension ValueReader where Value == Located<PanelSpec> {
  /// A kind alone, or a mapping.
  fileprivate static let panel = ValueReader.either(
    scalar: kind.map { kind in Located(PanelSpec(kind: kind), at: kind.span) },
    collection: ValueReader<PanelSpec>.record(
      Noun("a panel", "panels"),
      Key("kind", kind, "what it shows", insteadOf: ["type"]),
      optional: [
        .key("title", .text, "its title") { $0.title = $1 },
        .key("of", .listOrSingle(of: subject), "journeys, objectives or indicators; everything if absent") {
          $0.subjects = $1
        },
        .key("by", .name(Noun("a label", "labels"), .label), "the label that splits it") { $0.by = $1 },
      ],
      lastKeys: ["title", "of", "by"]
    ) { PanelSpec(kind: $0) }.located
  )

  private static let kind = ValueReader<Located<PanelSpec.Kind>>.word(Noun("a kind of panel", "kinds of panels"))
  private static let subject = ValueReader<Located<String>>.reference(
    to: Noun("a journey, objective or indicator", "journeys, objectives and indicators"),
    example: "song-generation"
  )
}

// MARK: - Reviews and rollout

extension ValueReader where Value == ReviewSpec {
  static let review = ValueReader.record(
    Noun("a review", "reviews"),
    Key("every", .cadence, "how often it is held"),
    optional: [
      .key("last", .date, "when it was last held") { $0.last = $1 },
      .key("by", .team, "who holds it", insteadOf: ["owner"]) { $0.by = $1 },
      .key("covers", .texts, "what it is about") { $0.covers = $1 },
    ]
  ) { ReviewSpec(every: $0) }
}

extension ValueReader where Value == Located<ReviewSpec.Cadence> {
  private static let words: [(String, ReviewSpec.Cadence)] = [
    ("week", .week), ("month", .month), ("quarter", .quarter), ("year", .year),
  ]
  private static let synonyms = [
    "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year", "annually": "year",
  ]

  fileprivate static let cadence = ValueReader.scalar(
    ScalarShape(Noun("a cadence", "cadences"), .text(pattern: Pattern.cadence), examples: ["quarter", "14d"])
  ) { node, context in
    if let word = words.first(where: { node.hasText($0.0) }) { return word.1 }
    guard node.textBytes.first?.isDigit == true else {
      context.reportUnknownWord(
        node,
        Noun("a cadence", "cadences"),
        words.map(\.0),
        meant: synonyms[node.text.lowercased()]
      )
      return nil
    }
    return ValueReader<Located<TimeSpan>>.interval.read(node, &context).map { .span($0.value) }
  }
}

extension ValueReader where Value == RolloutSpec {
  static let rollout = ValueReader.record(
    Noun("a rollout", "rollouts"),
    optional: [
      .key("stages", .list(of: .ratio), "increasing shares of users") { $0.stages = $1 },
      .key(
        "kill-switches",
        .named(ValueReader<Located<String>>.text, as: .killSwitch, by: .text),
        "what each switch turns off"
      ) { $0.killSwitches = $1 },
    ]
  ) { RolloutSpec() }
}

// MARK: - Practices

extension ValueReader where Value == PracticesSpec {
  static let practices = ValueReader.record(
    Noun("practices", "practices"),
    optional: [
      .key("tests", .named(.test), "tests and the bounds that their runs are judged by") { $0.tests = $1 },
      .key("backups", .named(.backup, as: .backup), "what is backed up, and how often") { $0.backups = $1 },
      .key("fallbacks", .textsByName, "what still works when something does not") { $0.fallbacks = $1 },
      .key("incident-lifecycle", .list(of: .lifecycleStep), "what happens in an incident, in order") {
        $0.incidentLifecycle = $1
      },
    ]
  ) { PracticesSpec() }
}

extension ValueReader where Value == TestSpec {
  /// A test budget alone, or a mapping.
  fileprivate static let test = ValueReader.either(
    scalar: budget.map { TestSpec(budget: $0) },
    collection: .record(
      Noun("a test", "tests"),
      optional: [
        .key("budget", budget, "the bound that its runs are judged by") { $0.budget = $1 },
        .key("meaning", .text, "what it does", insteadOf: ["description"]) { $0.meaning = $1 },
        .key("on", .texts, "where it runs") { $0.on = $1 },
      ]
    ) { TestSpec() }
  )

  private static let budget = ValueReader<TestBudgetSpec>.expression(
    Noun("a test budget", "test budgets"),
    pattern: Pattern.condition,
    examples: ["p95(latency) < 120ms in ci"],
    as: .malformedCondition,
    parse: ComparisonParser.testBudget
  )
}

extension ValueReader where Value == BackupSpec {
  fileprivate static let backup = ValueReader.record(
    Noun("a backup", "backups"),
    Key("of", .text, "what is backed up"),
    Key("every", .interval, "how often"),
    optional: [
      .key("keep", .interval, "how long it is kept", insteadOf: ["retention"]) { $0.keep = $1 },
      .key("by", .team, "who answers for it", insteadOf: ["owner"]) { $0.by = $1 },
    ]
  ) { BackupSpec(of: $0, every: $1) }
}

extension ValueReader where Value == LifecycleStepSpec {
  fileprivate static let lifecycleStep = ValueReader.record(
    Noun("a step", "steps"),
    Key("step", .text, "its name"),
    Key("meaning", .text, "what is done", insteadOf: ["description"])
  ) { LifecycleStepSpec(step: $0, meaning: $1) }
}
