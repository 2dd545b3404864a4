import Diagnostics
import Quantities
import YAMLSource

extension ValueReader where Value == WorkspaceSettingsSpec {
  static let settings = ValueReader.record(
    Noun("the settings of a workspace", "settings"),
    optional: [version] + artifacts + times + names
  ) { WorkspaceSettingsSpec() }

  private static let version = OptionalKey<WorkspaceSettingsSpec>.version

  private static let artifacts: [OptionalKey<WorkspaceSettingsSpec>] = [
    .key("title", .text, "the title of the workspace") { $0.title = $1 },
    .key(
      "dialect",
      ValueReader<Located<WorkspaceSettingsSpec.Dialect>>.word(
        Noun("a dialect", "dialects"),
        insteadOf: ["prometheus": .prometheus2, "prometheus-2": .prometheus2]
      ),
      "the system that evaluates the rules"
    ) { $0.dialect = $1 },
    .key(
      "format",
      ValueReader<Located<WorkspaceSettingsSpec.Format>>.word(Noun("a format", "formats")),
      "plain rule files, or Kubernetes objects"
    ) { $0.format = $1 },
    .key(
      "outputs",
      .list(
        of: ValueReader<Located<WorkspaceSettingsSpec.Output>>.word(
          Noun("a kind of artifact", "kinds of artifacts"),
          insteadOf: ["catalog": .catalogue]
        )
      ),
      "the kinds of artifacts that are written"
    ) { $0.outputs = $1 },
  ]

  private static let times: [OptionalKey<WorkspaceSettingsSpec>] = [
    .key("interval", .interval, "how often rules are evaluated", insteadOf: ["evaluation-interval"]) {
      $0.interval = $1
    },
    .key("scrape-interval", .interval, "how often metrics are scraped") { $0.scrapeInterval = $1 },
    .key("gap", .interval, "how long a series may be missing and still go on where it stopped") { $0.gap = $1 },
    .key("retention", .interval, "how far back the monitoring system remembers") { $0.retention = $1 },
  ]

  private static let names: [OptionalKey<WorkspaceSettingsSpec>] = [
    .key("policy", .policyChoice, "the policy of objectives that name none, as service/policy") { $0.policy = $1 },
    .key("label-names", .labelNames, "other names for the labels of rules and alerts", insteadOf: ["labels"]) {
      $0.labelNames = $1
    },
    .key("rules", .ruleSettings, "severities of lint rules") { $0.rules = $1 },
    .key("dashboards-url", .address, "the address put before relative paths of dashboards") { $0.dashboardsURL = $1 },
    .key("runbooks-url", .address, "the address put before relative paths of runbooks") { $0.runbooksURL = $1 },
  ]
}

extension ValueReader where Value == [WorkspaceSettingsSpec.LabelName] {
  private typealias LabelName = WorkspaceSettingsSpec.LabelName

  fileprivate static let labelNames = ValueReader.record(
    Noun("the names of labels", "names of labels"),
    optional: WorkspaceSettingsSpec.StandardLabel.allCases.map(key)
  ) { [] }

  private static func key(_ label: WorkspaceSettingsSpec.StandardLabel) -> OptionalKey<Value> {
    .key(label.rawValue, .name(Noun("a label", "labels"), .label), "what the label '\(label.rawValue)' is called") {
      $0.append(LabelName(label: Located(label, at: $1.span), name: $1))
    }
  }
}

extension ValueReader where Value == [WorkspaceSettingsSpec.Rule] {
  private static let words = ["off", "info", "warning", "error"]
  private static let code = ScalarShape(
    Noun("a rule", "rules"),
    .text(pattern: "^SLO[0-9]{3}$"),
    examples: ["SLO306"]
  )
  private static let severity = ValueReader<Located<Severity?>>.scalar(
    ScalarShape(Noun("a severity", "severities"), .words(words))
  ) { node, context in
    if node.hasText("off") { return Severity?.none }
    if let severity = Severity.allCases.first(where: { node.hasText($0.rawValue) }) { return severity }
    let synonyms = ["warn": "warning", "none": "off", "ignore": "off", "false": "off", "err": "error"]
    context.reportUnknownWord(node, Noun("a severity", "severities"), words, meant: synonyms[node.text.lowercased()])
    return nil
  }

  fileprivate static let ruleSettings = ValueReader(.map(MapShape(keys: code, values: severity.shape))) {
    node,
    context in
    let rules = ValueReader<[Named<Located<Severity?>>]>.named(severity, by: .text).read(node, &context)
    return rules?.compactMap { rule in
      let bytes = Array(rule.name.value.utf8)
      guard bytes.count == 6, bytes.starts(with: "SLO".utf8), bytes.dropFirst(3).allSatisfy(\.isDigit) else {
        let code = rule.name.value.uppercased()
        let isCode = code.utf8.count == 6 && code.hasPrefix("SLO") && code.utf8.dropFirst(3).allSatisfy(\.isDigit)
        context.report(
          .malformedValue,
          "\(bytes.quotedText) is not the code of a rule, such as 'SLO306'",
          at: rule.name.span,
          fix: isCode ? DiagnosticFix.writing(code, over: rule.name.span) : nil
        )
        return nil
      }
      return WorkspaceSettingsSpec.Rule(code: rule.name, severity: rule.value)
    }
  }
}
