import Diagnostics
import Quantities
import YAMLSource

extension ValueReader where Value == [Located<String>] {
  static let texts = ValueReader.listOrSingle(of: .text)
  static let names = ValueReader.listOrSingle(of: .name(Noun("a name", "names")))

  static func references(to noun: Noun, example: String) -> ValueReader {
    .listOrSingle(of: .reference(to: noun, example: example))
  }

  static let excluding = references(
    to: Noun("a maintenance or exclusion", "maintenance and exclusions"),
    example: "planned-maintenance"
  )
  static let channels = references(to: Noun("a channel", "channels"), example: "page-on-call")
}

extension ValueReader where Value == [NamedText] {
  /// Label names with their values.
  static let labels = ValueReader.named(ValueReader<Located<String>>.text(Noun("a value", "values")), by: .label)
  static let textsByName = ValueReader.named(ValueReader<Located<String>>.text, by: .text)
}

extension ValueReader where Value == Located<String> {
  static let address = text(Noun("an address", "addresses"), examples: ["https://example.com/runbooks/checkout"])
  static let email = address(
    Noun("an email address", "email addresses"),
    pattern: "@|\\{\\{",
    example: "sre@example.com",
    lack: "has no '@'"
  ) { $0.contains(UInt8(ascii: "@")) || $0.starts(with: "{{".utf8) }
  static let webAddress = address(
    Noun("an address", "addresses"),
    pattern: "^https?://\\S+$",
    example: "https://example.com/alerts",
    lack: "does not begin with 'https://' or 'http://', or has a space in it"
  ) { bytes in
    (bytes.starts(with: "https://".utf8) || bytes.starts(with: "http://".utf8)) && !bytes.contains { $0.isSpace }
  }
  /// An address, or a path below the workspace's own.
  static let runbook = address(
    Noun("an address", "addresses"),
    pattern: "^(?!https?//)\\S+$",
    example: "https://example.com/runbooks/checkout",
    lack: "has a space in it, or no ':' before its '//'"
  ) { bytes in
    !bytes.isEmpty && !bytes.contains(where: \.isSpace)
      && !["http//", "https//"].contains { bytes.starts(with: $0.utf8) }
  }

  private static func address(
    _ noun: Noun,
    pattern: String,
    example: String,
    lack: String,
    isAddress: @escaping @Sendable (WrittenBytes) -> Bool
  ) -> ValueReader {
    .scalar(ScalarShape(noun, .text(pattern: pattern, as: .any), examples: [example])) { node, context in
      guard isAddress(node.textBytes) else {
        context.report(
          .malformedValue,
          "\(node.quotedText) \(lack)",
          at: node.span,
          fix: .advice("write it as in '\(example)'")
        )
        return nil
      }
      return node.text
    }
  }

  static let team = text(Noun("a team", "teams"), examples: ["payments"])
  static let severity = reference(to: Noun("a severity", "severities"), example: "P1")
}

extension ValueReader where Value == Located<Int> {
  static let tier = integer(Noun("a tier", "tiers"), in: 1...4)
}

extension ValueReader where Value == Located<PolicyChoiceSpec> {
  /// The name of a policy, or `none`.
  static let policyChoice = ValueReader<Located<String>>
    .reference(to: Noun("a policy", "policies"), example: "studio-budget")
    .map { $0.map { (name) -> PolicyChoiceSpec in name == "none" ? .none : .named(name) } }
}

extension ValueReader where Value == AlertRouteSpec {
  static let route = ValueReader.record(
    Noun("an alert route", "alert routes"),
    optional: [
      .key("severity", .severity, "the severity of the alerts") { $0.severity = $1 },
      .key("notify", .channels, "the channels that are told", insteadOf: ["channels", "receivers"]) { $0.notify = $1 },
    ]
  ) { AlertRouteSpec() }
}

extension ValueReader where Value == Located<BurnAlertsSpec> {
  /// A scheme alone, or a mapping.
  static let burnAlerts = ValueReader.either(
    scalar: scheme.map { scheme in Located(BurnAlertsSpec(scheme: scheme), at: scheme.span) },
    collection: burnAlertsRecord
  )

  private static let scheme = ValueReader<Located<BurnAlertsSpec.Scheme>>.word(
    Noun("a scheme of burn-rate alerts", "schemes of burn-rate alerts"),
    insteadOf: ["off": .none, "false": .none]
  )

  static let burnAlertsRecord = ValueReader<BurnAlertsSpec>.record(
    Noun("a mapping for burn-rate alerts", "mappings for burn-rate alerts"),
    optional: [
      .key("scheme", scheme, "how the alerts are made") { $0.scheme = $1 },
      .key("page", .route, "severity and channels of the fast alerts") { $0.page = $1 },
      .key("ticket", .route, "severity and channels of the slow alerts") { $0.ticket = $1 },
    ]
  ) { BurnAlertsSpec() }.located
}

/// The keys of a dependency before they have been judged together.
private struct DependencyDraft: Sendable {
  var on: Located<String>?
  var external: Located<String>?
  var promised: Located<Ratio>?
  var isBlocking: Located<Bool>?
}

extension ValueReader where Value == Located<DependencySpec> {
  static let dependency = ValueReader.either(
    scalar: ValueReader<Located<String>>.dependencyName
      .map { DependencySpec(target: .reference($0), isBlocking: nil) }.located,
    collection: record.located
  )

  private static let targets = ["on", "external"]

  private static let record = ValueReader<DependencySpec>.record(
    Noun("a dependency", "dependencies"),
    optional: [
      OptionalKey<DependencyDraft>.key("on", .dependencyName, "a service or objective", insteadOf: ["service", "name"])
      {
        $0.on = $1
      },
      .key("external", .text(Noun("somebody else's service", "services")), "somebody else's service") {
        $0.external = $1
      },
      .key("promised", .ratio, "the availability that the external service has promised", insteadOf: ["availability"]) {
        $0.promised = $1
      },
      .key("blocking", .flag, "whether a freeze there holds back deploys here") { $0.isBlocking = $1 },
    ],
    rules: [.exactlyOne(targets), .companion("promised", of: ["external"])],
    make: { DependencyDraft() }
  ) { draft, fields, context in
    guard let key = context.exactlyOne(of: targets, in: fields) else { return nil }
    if key == "on", let promised = fields["promised"] {
      context.reportWrongShape(
        "'promised' goes with 'external': a service of this workspace states its objectives",
        at: promised.key.span
      )
    }
    let target: DependencySpec.Target? =
      key == "on"
      ? draft.on.map { .reference($0) } : draft.external.map { .external($0, promised: draft.promised) }
    return target.map { DependencySpec(target: $0, isBlocking: draft.isBlocking) }
  }
}

extension ValueReader where Value == Located<String> {
  fileprivate static let dependencyName = reference(
    to: Noun("a service or objective", "services and objectives"),
    example: "payments"
  )
}

extension ReadContext {
  /// The one of several keys that is there; nil, and a report, where none or more than one is.
  mutating func exactlyOne(of names: [String], in fields: RecordFields) -> String? {
    let stated = names.filter { fields[$0] != nil }
    guard let first = stated.first else {
      reportMissingKey(names.quotedAlternatives, of: fields, example: nil)
      return nil
    }
    guard stated.count > 1, let other = fields[stated[1]] else { return first }
    reportWrongShape(
      "'\(stated[1])' does not go with '\(first)': \(fields.noun.one) has one of \(names.quotedAlternatives)",
      at: other.key.span
    )
    return nil
  }
}
