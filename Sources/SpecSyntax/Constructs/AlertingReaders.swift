import Diagnostics
import Quantities
import YAMLSource

extension ValueReader where Value == SeveritySpec {
  static let severityDeclaration = ValueReader.record(
    Noun("a severity", "severities"),
    optional: [
      .key("title", .text, "what people call it") { $0.title = $1 },
      .key("impact", .text, "what it does to users", insteadOf: ["meaning", "description"]) { $0.impact = $1 },
      .key("respond", .interval, "how soon somebody answers", insteadOf: ["response", "acknowledge"]) {
        $0.respond = $1
      },
      .key("resolve", .interval, "how soon it is over", insteadOf: ["resolution", "fix"]) { $0.resolve = $1 },
      .key("update", .interval, "how often stakeholders are told", insteadOf: ["updates", "communication"]) {
        $0.update = $1
      },
      .key("example", .text, "what would be one") { $0.example = $1 },
      .key("pages", .flag, "whether an alert of it wakes somebody", insteadOf: ["page"]) { $0.pages = $1 },
    ]
  ) { SeveritySpec() }
}

extension ValueReader where Value == AlertSpec {
  static let alert = ValueReader.record(
    Noun("an alert", "alerts"),
    Key(
      "when",
      ValueReader<[ConditionSpec]>.conditions,
      "a condition, or a list of which any suffices",
      insteadOf: ["condition", "expr", "if"]
    ),
    Key("severity", .severity, "how urgent it is"),
    optional: [
      .key("notify", .channels, "the channels that are told", insteadOf: ["channels", "receivers"]) { $0.notify = $1 },
      .key("steps", .texts, "what to do, in order", insteadOf: ["actions", "action"]) { $0.steps = $1 },
      .key("title", .text, "what people call it", insteadOf: ["summary"]) { $0.title = $1 },
      .key("meaning", .text, "what it means", insteadOf: ["description"]) { $0.meaning = $1 },
      .key("runbook", .runbook, "where it says what to do", insteadOf: ["runbook_url"]) { $0.runbook = $1 },
      .key("labels", .labels, "labels of the alert") { $0.labels = $1 },
    ],
    rules: [.itemOf("when")]
  ) { AlertSpec(when: $0, severity: $1) }
}

extension ValueReader where Value == [ConditionSpec] {
  /// A condition, or a list of conditions of which at least one could be read.
  static let conditions = ValueReader(list.shape) { node, context in
    guard let conditions = list.read(node, &context) else { return nil }
    if node.kind == .sequence, node.elements.isEmpty {
      context.reportWrongShape("\(context.subjectText) is an empty list; a condition is meant", at: node.span)
    }
    return conditions.isEmpty ? nil : conditions
  }

  private static let list = ValueReader.listOrSingle(of: .condition)
}

// MARK: - Channels

/// The keys of a channel before they have been judged together.
private struct ChannelDraft: Sendable {
  var kind: Located<ChannelSpec.Kind>?
  var title: Located<String>?
}

extension ValueReader where Value == ChannelSpec {
  private static let kinds = ["pagerduty", "slack", "email", "opsgenie", "webhook", "log"]

  static let channel = ValueReader.record(
    Noun("a channel", "channels"),
    optional: [
      OptionalKey<ChannelDraft>.key("title", .text, "what it is for", insteadOf: ["description"]) { $0.title = $1 },
      .key("pagerduty", pagerDuty.located, "pages through PagerDuty") { $0.kind = $1 },
      .key("slack", slack.located, "a channel of Slack") { $0.kind = $1 },
      .key("email", email.located, "mail", insteadOf: ["mail"]) { $0.kind = $1 },
      .key("opsgenie", opsgenie.located, "pages through Opsgenie") { $0.kind = $1 },
      .key("webhook", webhook.located, "a request to an address") { $0.kind = $1 },
      .key("log", log.located, "nobody is told", insteadOf: ["none"]) { $0.kind = $1 },
    ],
    rules: [.exactlyOne(kinds)],
    make: { ChannelDraft() }
  ) { draft, fields, context in
    guard context.exactlyOne(of: kinds, in: fields) != nil else { return nil }
    return draft.kind.map { ChannelSpec(kind: $0, title: draft.title) }
  }

  private static let pagerDuty = ValueReader<ChannelSpec.Kind>.secretRecord(
    Noun("a PagerDuty channel", "PagerDuty channels"),
    "routing-key",
    insteadOf: ["service-key-file"]
  ) { .pagerDuty(routingKey: $0) }

  private static let opsgenie = ValueReader<ChannelSpec.Kind>.secretRecord(
    Noun("an Opsgenie channel", "Opsgenie channels"),
    "api-key"
  ) { .opsgenie(apiKey: $0) }

  private static let slack = ValueReader<ChannelSpec.Kind>.record(
    Noun("a Slack channel", "Slack channels"),
    optional: [
      .key(
        "channel",
        .text(Noun("the name of a channel", "channels"), examples: ["#uploads"]),
        "its name with '#'",
        presence: .required
      ) { $0.channel = $1 }
    ] + SecretDraft.keys("api-url", "the webhook's address"),
    rules: [.atMostOne(["api-url-file", "api-url"])],
    make: { SecretDraft() }
  ) { draft, fields, context in
    let secret = draft.secret(named: "api-url", fields, &context)
    return draft.channel.map { .slack(channel: $0, apiURL: secret) }
  }

  private static let email = ValueReader<ChannelSpec.Kind>.record(
    Noun("an email channel", "email channels"),
    Key(
      "to",
      .listOrSingle(of: .email),
      "whom it goes to"
    )
  ) { ChannelSpec.Kind.email(to: $0) }

  private static let log = ValueReader<ChannelSpec.Kind>.record(
    Noun("a log channel", "log channels"),
    optional: []
  ) { ChannelSpec.Kind.log }

  private struct WebhookDraft: Sendable {
    var url: Located<String>?
    var file: Located<String>?
  }

  private static let addresses = ["url", "url-file"]

  private static let webhook = ValueReader<ChannelSpec.Kind>.record(
    Noun("a webhook channel", "webhook channels"),
    optional: [
      OptionalKey<WebhookDraft>.key("url", .webAddress, "the address") { $0.url = $1 },
      .key("url-file", .path, "the path of a file that holds the address") { $0.file = $1 },
    ],
    rules: [.exactlyOne(addresses)],
    make: { WebhookDraft() }
  ) { draft, fields, context in
    guard context.exactlyOne(of: addresses, in: fields) != nil else { return nil }
    return draft.url.map { .webhook(.url($0)) } ?? draft.file.map { .webhook(.file($0)) }
  }
}

/// Where a secret of a channel is kept, and the name of the channel where it has one.
private struct SecretDraft: Sendable {
  var channel: Located<String>?
  var file: Located<String>?
  var written: Located<String>?

  /// `api-url-file`, and `api-url` so that a secret in a spec can be warned of.
  static func keys(_ name: String, _ doc: String, insteadOf synonyms: [String] = []) -> [OptionalKey<SecretDraft>] {
    [
      .key("\(name)-file", .path, "the path of a file that holds \(doc)", insteadOf: synonyms) { $0.file = $1 },
      .key(name, .text, "\(doc), which must not stand in a spec", isDiscouraged: true) { $0.written = $1 },
    ]
  }

  func secret(named name: String, _ fields: RecordFields, _ context: inout ReadContext) -> SecretSpec? {
    if fields[name] != nil, let file = fields["\(name)-file"] {
      context.reportWrongShape("'\(name)-file' does not go with '\(name)'", at: file.key.span)
    }
    return file.map { .file($0) } ?? written.map { .written($0) }
  }
}

extension ValueReader where Value == ChannelSpec.Kind {
  /// A channel of which all that is said is where its secret is kept.
  fileprivate static func secretRecord(
    _ noun: Noun,
    _ name: String,
    insteadOf synonyms: [String] = [],
    make: @escaping @Sendable (SecretSpec) -> ChannelSpec.Kind
  ) -> ValueReader {
    record(
      noun,
      optional: SecretDraft.keys(name, "the key", insteadOf: synonyms),
      rules: [.exactlyOne(["\(name)-file", name])],
      make: { SecretDraft() }
    ) { draft, fields, context in
      if fields[name] == nil, fields["\(name)-file"] == nil {
        context.reportMissingKey("'\(name)-file'", of: fields, example: "\(name)-file: /etc/alertmanager/\(name)")
        return nil
      }
      return draft.secret(named: name, fields, &context).map(make)
    }
  }
}

extension ValueReader where Value == Located<String> {
  fileprivate static let path = text(Noun("the path of a file", "paths"), examples: ["/etc/alertmanager/slack"])
}
