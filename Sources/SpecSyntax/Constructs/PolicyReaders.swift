import Diagnostics
import Quantities
import YAMLSource

extension ValueReader where Value == PolicySpec {
  static let policy = ValueReader.record(
    Noun("a policy", "policies"),
    Key("changes", .names, "the classes of change that it knows"),
    Key("levels", .named(.level, as: .level), "its levels, best first"),
    optional: [
      .key("title", .text, "what people call it") { $0.title = $1 },
      .key("description", .text, "what it is for", insteadOf: ["meaning"]) { $0.description = $1 },
      .key("actions", .named(ValueReader<Located<String>>.text, as: .action), "what each action means") {
        $0.actions = $1
      },
      .key("without-data", .withoutData, "what the gate answers without data") { $0.withoutData = $1 },
    ],
    lastKeys: ["levels", "without-data"]
  ) { PolicySpec(changes: $0, levels: $1) }
}

extension ValueReader where Value == LevelSpec {
  fileprivate static let level = ValueReader.record(
    Noun("a level", "levels"),
    Key("when", entry, "where the level is entered"),
    optional: [
      .key("until", leave, "where the level is left, if later than where 'when' stops holding") { $0.until = $1 },
      .key("allow", .allowance, "the change classes that may go out: all, none or a list", insteadOf: ["allows"]) {
        $0.allow = $1
      },
      .key("approve", .listOrSingle(of: .change), "change classes that need a named approval") { $0.approve = $1 },
      .key("rollout", .ratio, "the highest stage that a rollout may reach") { $0.rollout = $1 },
      .key("actions", .listOrSingle(of: action), "what the team does") { $0.actions = $1 },
      .key("exit", .names, "what has to be signed off before the level is left") { $0.exit = $1 },
      .key("guidance", .texts, "advice for people") { $0.guidance = $1 },
    ]
  ) { LevelSpec(when: $0) }

  private static let entry = ValueReader<LevelSpec.Entry>.expression(
    Noun("a comparison of what remains", "comparisons"),
    pattern: Pattern.levelEntry,
    examples: ["remaining > 50%", "always"],
    as: .malformedCondition,
    parse: LevelSpec.Entry.parse
  ).located

  private static let leave = ValueReader<RemainingSpec>.expression(
    Noun("a comparison of what remains", "comparisons"),
    pattern: Pattern.remaining,
    examples: ["remaining > 30%"],
    as: .malformedCondition,
    parse: RemainingSpec.parse
  ).located

  private static let action = ValueReader<LevelActionSpec>.expression(
    Noun("an action", "actions"),
    pattern: Pattern.levelAction,
    plain: .any,
    examples: ["postmortem", "war-room daily"],
    as: .malformedValue,
    parse: LevelActionSpec.parse
  ).located
}

extension ValueReader where Value == Located<String> {
  fileprivate static let change = reference(to: Noun("a change class", "change classes"), example: "bugfix")
}

extension ValueReader where Value == Located<LevelSpec.Allowance> {
  /// `all`, `none` or a list.
  fileprivate static let allowance = ValueReader<LevelSpec.Allowance>(.alternatives([.scalar(word), changes.shape])) {
    node,
    context in
    if node.hasText("all") { return .all }
    if node.hasText("none") { return LevelSpec.Allowance.none }
    guard node.isScalar, !node.isNull, !node.isUnresolved else {
      return changes.read(node, &context).map { .only($0) }
    }
    let list = "[\(node.text)]"
    context.report(
      .malformedValue,
      "\(node.quotedText) is not 'all', 'none' or a list of change classes",
      at: node.span,
      fix: isReference(node.textBytes)
        ? DiagnosticFix.writing(list, over: node.span) : nil
    )
    return nil
  }.located

  private static let word = ScalarShape(
    Noun("'all', 'none' or a list of change classes", "change classes"),
    .words(["all", "none"])
  )
  private static let changes = ValueReader<[Located<String>]>.list(of: .change)
}

extension ValueReader where Value == Located<WithoutDataSpec> {
  fileprivate static let withoutData = ValueReader<WithoutDataSpec>.record(
    Noun("a rule for missing data", "rules for missing data"),
    Key("for", .duration.suchAs("15m"), "how long data has been missing", insteadOf: ["after"]),
    Key("then", .answer, "freeze, allow, approve or a level")
  ) { WithoutDataSpec(after: $0, answer: $1) }.located
}

extension ValueReader where Value == Located<WithoutDataSpec.Answer> {
  fileprivate static let answer = ValueReader<Located<String>>
    .reference(to: Noun("'freeze', 'allow', 'approve' or a level", "answers"), example: "freeze")
    .map { answer in
      answer.map { (text) -> WithoutDataSpec.Answer in
        switch text {
        case "freeze": .freeze
        case "allow": .allow
        case "approve": .approve
        case let level: .level(level)
        }
      }
    }
}

extension ValueReader where Value == OverrideSpec {
  static let override = ValueReader.record(
    Noun("an override", "overrides"),
    Key("change", .change, "the change class that may go out"),
    Key(
      "for",
      .reference(to: Noun("a service, journey or objective", "references"), example: "checkout"),
      "the service, journey or objective that it is for"
    ),
    optional: [
      .key("reason", .text, "why", insteadOf: ["why"]) { $0.reason = $1 },
      .key("by", .text(Noun("a person or team", "people")), "who answers for it", insteadOf: ["owner"]) { $0.by = $1 },
      .key("from", .instant, "when it begins", insteadOf: ["since", "start"]) { $0.from = $1 },
      .key("until", .instant, "when it ends", insteadOf: ["to", "end", "expires"]) { $0.until = $1 },
    ]
  ) { OverrideSpec(change: $0, scope: $1) }
}

extension ValueReader where Value == SignoffSpec {
  static let signoff = ValueReader.record(
    Noun("a sign-off", "sign-offs"),
    Key("policy", .reference(to: Noun("a policy", "policies"), example: "studio-budget"), "the policy"),
    Key("level", .reference(to: Noun("a level", "levels"), example: "exhausted"), "the level of the policy"),
    Key("item", .reference(to: Noun("an item", "items"), example: "runbooks-updated"), "the item of its exit list"),
    Key("by", .text(Noun("a person or team", "people")), "who vouches for it"),
    Key("on", .date, "when")
  ) { SignoffSpec(policy: $0, level: $1, item: $2, by: $3, on: $4) }
}
