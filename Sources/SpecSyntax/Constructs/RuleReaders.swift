import Diagnostics
import PromQL
import Quantities
import YAMLSource

extension ValueReader where Value == [WorkspaceSettingsSpec.Rule] {
  private typealias Rule = WorkspaceSettingsSpec.Rule

  /// Severities and options by the codes of rules, and severities by the names of standards.
  static func rules(_ descriptors: [DiagnosticDescriptor]) -> ValueReader {
    settings(of: descriptors) { .either(scalar: severityAlone, collection: configuration(of: $0)) }
  }

  /// Severities alone, for the files that a glob names.
  static func severities(_ descriptors: [DiagnosticDescriptor]) -> ValueReader {
    settings(of: descriptors) { _ in severityAlone }
  }

  private static func settings(
    of descriptors: [DiagnosticDescriptor],
    _ reader: (DiagnosticDescriptor) -> ValueReader<RuleDraft>
  ) -> ValueReader {
    record(
      Noun("the settings of rules", "settings of rules"),
      optional: descriptors.filter(\.isConfigurable).map { descriptor in
        OptionalKey<[Rule]>.key(descriptor.code, reader(descriptor), descriptor.summary) { rules, draft in
          // The place of the code is known only to the record.
          rules.append(draft.rule(Located(descriptor.code, at: SourceSpan(file: FileID(0), start: 0, end: 0))))
        }
      },
      others: MapShape(keys: standard, values: severityAlone.shape),
      make: { [] }
    ) { rules, fields, context in
      let placed = rules.map { rule in
        var rule = rule
        if let entry = fields[rule.code.value] { rule.code = Located(rule.code.value, at: entry.key.span) }
        return rule
      }
      return placed + fields.others.compactMap { context.ruleOfStandard($0, knowing: descriptors) }
    }
  }

  fileprivate static let severityAlone = severity.map { RuleDraft(severity: $0) }
  private static let standard = ScalarShape(
    Noun("a standard", "standards"),
    .text(pattern: "^[a-z0-9]+(-[a-z0-9]+)*$"),
    examples: ["cost-centre"]
  )
  private static let words = ["off", "info", "warning", "error"]

  private static let severity = ValueReader<Located<Severity?>>.scalar(
    ScalarShape(Noun("a severity", "severities"), .words(words))
  ) { node, context in
    if node.hasText("off") { return Severity?.none }
    if let severity = Severity.allCases.first(where: { node.hasText($0.rawValue) }) { return severity }
    let synonyms = ["warn": "warning", "none": "off", "ignore": "off", "false": "off", "err": "error"]
    context.reportUnknownWord(node, Noun("a severity", "severities"), words, meant: synonyms[node.text.lowercased()])
    return nil
  }

  private static func configuration(of descriptor: DiagnosticDescriptor) -> ValueReader<RuleDraft> {
    .record(
      Noun("a setting of \(descriptor.code)", "settings of rules"),
      optional: [
        OptionalKey<RuleDraft>.key("severity", severity, "how much its findings matter") { $0.severity = $1 }
      ] + descriptor.options.map(key)
    ) { RuleDraft() }
  }

  private static func key(_ option: RuleOption) -> OptionalKey<RuleDraft> {
    let unit = option.unit.map { " \($0)" } ?? ""
    let doc = "\(option.doc); \(option.standard)\(unit) unless it is set"
    switch option.kind {
    case .count(let range):
      return .key(option.name, .integer(Noun("a count", "counts"), in: range), doc) {
        $0.add(option, $1.map { .count($0) })
      }
    case .factor:
      return .key(option.name, .factor, doc) { $0.add(option, $1.map { .factor($0) }) }
    case .share:
      return .key(option.name, .ratio, doc) { $0.add(option, $1.map { .share($0) }) }
    case .duration:
      return .key(option.name, .interval, doc) { $0.add(option, $1.map { .duration($0) }) }
    }
  }
}

extension ValueReader where Value == [WorkspaceSettingsSpec.PathRules] {
  /// Severities by the globs of the files that they hold for.
  static func pathRules(_ descriptors: [DiagnosticDescriptor]) -> ValueReader {
    let rules = ValueReader<[WorkspaceSettingsSpec.Rule]>.severities(descriptors)
    let globs = ScalarShape(Noun("a glob", "globs"), examples: ["legacy/**"])
    let entries = ValueReader<[Named<[WorkspaceSettingsSpec.Rule]>]>.named(rules, by: .text)
    return ValueReader(.map(MapShape(keys: globs, values: rules.shape))) { node, context in
      entries.read(node, &context)?.compactMap { entry in
        do throws(TextPattern.Problem) {
          let pattern = Located(try TextPattern(glob: entry.name.value), at: entry.name.span)
          return WorkspaceSettingsSpec.PathRules(pattern: pattern, rules: entry.value)
        } catch {
          let glob = Array(entry.name.value.utf8).quotedText
          context.report(.malformedValue, "\(glob) is no glob: \(error.message)", at: entry.name.span)
          return nil
        }
      }
    }
  }
}

/// What is said of a rule before it is known where.
struct RuleDraft: Sendable {
  var severity: Located<Severity?>?
  private var options: [WorkspaceSettingsSpec.Rule.Option] = []

  init(severity: Located<Severity?>? = nil) {
    self.severity = severity
  }

  mutating func add(_ option: RuleOption, _ value: Located<RuleOptionValue>) {
    options.append(WorkspaceSettingsSpec.Rule.Option(name: Located(option.name, at: value.span), value: value.value))
  }

  func rule(_ code: Located<String>) -> WorkspaceSettingsSpec.Rule {
    WorkspaceSettingsSpec.Rule(code: code, severity: severity, options: options)
  }
}

extension ReadContext {
  /// A key that is no code: the name of a standard, or something that is reported.
  fileprivate mutating func ruleOfStandard(
    _ entry: RecordFields.Entry,
    knowing descriptors: [DiagnosticDescriptor]
  ) -> WorkspaceSettingsSpec.Rule? {
    let bytes = entry.key.textBytes
    let text = bytes.count <= NameForm.lengthLimit ? entry.key.text : ""
    let code = text.uppercased()
    if let fixed = descriptors.first(where: { $0.code == code && !$0.isConfigurable }) {
      report(
        .malformedValue,
        "\(fixed.code) is an error that no workspace can change: \(fixed.name)",
        at: entry.key.span,
        fix: .advice("remove it")
      )
      return nil
    }
    let meant = descriptors.first { $0.isConfigurable && ($0.code == code || $0.name == text) }?.code
    guard meant == nil, NameForm.name.fits(bytes) else {
      report(
        .unknownKey,
        "\(entry.key.quotedText) is no code of a rule",
        at: entry.key.span,
        // Any two codes are near each other, and of different things.
        fix: meant.map { .writing($0, over: entry.key.span) } ?? .advice("'nines explain --all -o DIR' lists all codes")
      )
      return nil
    }
    let draft = reading(.value(of: entry.key)) {
      ValueReader<[WorkspaceSettingsSpec.Rule]>.severityAlone.read(entry.value, &$0)
    }
    return draft?.rule(Located(text, at: entry.key.span))
  }
}
