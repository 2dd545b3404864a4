import Diagnostics
import Quantities
import YAMLSource

extension ValueReader where Value == WorkspaceSettingsSpec {
  /// `rules` are those that the settings may speak of.
  static func settings(rules: [DiagnosticDescriptor]) -> ValueReader {
    record(
      Noun("the settings of a workspace", "settings"),
      optional: [version] + artifacts + times + names + linting(rules)
    ) { WorkspaceSettingsSpec() }
  }

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
    .key("scrape-timeout", .interval, "how long a scrape may take") { $0.scrapeTimeout = $1 },
    .key("gap", .interval, "how long a series may be missing and still go on where it stopped") { $0.gap = $1 },
    .key("retention", .interval, "how far back the monitoring system remembers") { $0.retention = $1 },
  ]

  private static let names: [OptionalKey<WorkspaceSettingsSpec>] = [
    .key("policy", .policyChoice, "the policy of objectives that name none, as service/policy") { $0.policy = $1 },
    .key("label-names", .labelNames, "other names for the labels of rules and alerts", insteadOf: ["labels"]) {
      $0.labelNames = $1
    },
    .key("dashboards-url", .address, "the address put before relative paths of dashboards") { $0.dashboardsURL = $1 },
    .key("runbooks-url", .address, "the address put before relative paths of runbooks") { $0.runbooksURL = $1 },
  ]
}

extension ValueReader where Value == WorkspaceSettingsSpec {
  private static func linting(_ rules: [DiagnosticDescriptor]) -> [OptionalKey<WorkspaceSettingsSpec>] {
    [
      .key(
        "extends",
        .text(Noun("the path of a file", "paths"), examples: ["../org.yaml"]),
        "the file whose settings hold where this one says nothing"
      ) { $0.extends = $1 },
      .key("rules", .rules(rules), "severities and options of lint rules") { $0.rules = $1 },
      .key("paths", .pathRules(rules), "severities for the files that a glob names", insteadOf: ["overrides"]) {
        $0.paths = $1
      },
      .key("standards", .named(.standard), "what every spec has to keep to", insteadOf: ["organisation-policies"]) {
        $0.standards = $1
      },
    ]
  }
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
