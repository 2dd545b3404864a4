import PlanModel
import StructuredText

extension Emitter {
  static let prometheus = Emitter(.prometheus) { plan in
    if plan.workspace.groups.isEmpty { return [] }
    let file = RuleFile(stem: "workspace", origin: "the workspace", groups: plan.workspace.groups)
    return [file.artifact(in: plan.workspace)]
  } service: { service, index in
    guard let file = RuleFile(of: service) else { return [] }
    return [file.artifact(in: index.workspace)]
      + file.tests(of: service, in: index.workspace)
  }
}

/// One file of rules: a single YAML document, because Prometheus reads no further than the first.
struct RuleFile {
  let stem: String
  /// What the header names as the place to edit.
  let origin: String
  /// Groups with different names, which Prometheus wants within a file.
  let groups: [RuleGroup]

  /// Where the rules of a service are; nil where it has none.
  static func path(of service: ServicePlan) -> String? { RuleFile(of: service)?.path }

  private var path: String { "prometheus/\(stem).rules.yaml" }

  func artifact(in workspace: WorkspacePlan) -> Artifact {
    let document: YAMLValue =
      switch workspace.format {
      case .rules: ["groups": .sequence(groups.map { $0.yaml() })]
      case .prometheusRule: prometheusRule
      }
    return Artifact(path: path, .commented(header, document))
  }

  /// The tests that come with the file; none for a service without any. Where promtool does not read the file, they lie
  /// in a folder of their own, beside the same rules in plain.
  fileprivate func tests(of service: ServicePlan, in workspace: WorkspacePlan) -> [Artifact] {
    let folder = isReadByPromtool(in: workspace) ? "prometheus" : "prometheus/tests"
    let tests = service.ruleTests.suites.map { suite in
      RuleTestFile(
        rules: "\(stem).rules.yaml",
        path: "\(folder)/\(stem)\(suite.name.map { ".\($0)" } ?? "").tests.yaml",
        groups: groups.map(\.name),
        suite: suite,
        omissions: service.ruleTests.omissions
      ).artifact
    }
    if tests.isEmpty || isReadByPromtool(in: workspace) { return tests }
    let plain: YAMLValue = ["groups": .sequence(groups.map { $0.yaml(withoutPartialResponse: true) })]
    let remark = "\(header)\nFor promtool: the rules that are loaded are in \(path)."
    return [Artifact(path: "\(folder)/\(stem).rules.yaml", .commented(remark, plain))] + tests
  }

  /// promtool takes Prometheus's own rule files, and no keys in them that it does not know.
  private func isReadByPromtool(in workspace: WorkspacePlan) -> Bool {
    switch workspace.format {
    case .rules: groups.allSatisfy { $0.partialResponse == nil }
    case .prometheusRule: false
    }
  }

  private var header: String {
    """
    Written by nines from the specs of \(origin).
    Edit those and compile again: changes made here are lost.
    """
  }

  /// The Prometheus operator's object. Its name is a DNS subdomain (RFC 1123): lower-case letters, digits, hyphens and
  /// points, none of the last two at an end. A point is in no service's name.
  private var prometheusRule: YAMLValue {
    let name = stem.hasSuffix("_") ? "\(stem.dropLast()).service" : stem
    return [
      "apiVersion": "monitoring.coreos.com/v1",
      "kind": "PrometheusRule",
      "metadata": [
        "name": .string("nines-\(name)"),
        "labels": [
          "app.kubernetes.io/managed-by": "nines",
          "app.kubernetes.io/component": "slo-rules",
        ],
      ],
      "spec": ["groups": .sequence(groups.map { $0.yaml() })],
    ]
  }
}

extension RuleFile {
  /// nil for a service without rules.
  fileprivate init?(of service: ServicePlan) {
    let groups = service.objectives.flatMap(\.groups) + service.groups
    if groups.isEmpty { return nil }
    let stem = ServiceFile.name(of: service.name, reserved: "workspace")
    self.init(stem: stem, origin: "service '\(service.name)'", groups: groups)
  }
}

extension RuleGroup {
  fileprivate func yaml(withoutPartialResponse isPlain: Bool = false) -> YAMLValue {
    .record([
      "name": .string(name),
      "interval": .string(interval.prometheusText),
      "partial_response_strategy": isPlain ? nil : partialResponse.map { .string($0.rawValue) },
      "rules": .sequence(rules.map(\.yaml)),
    ])
  }
}

extension Rule {
  fileprivate var yaml: YAMLValue {
    switch self {
    case .recording(let rule):
      .record([
        "record": .string(rule.record),
        "expr": .string(ExpressionLayout.text(of: rule.expression)),
        "labels": rule.labels.yaml,
      ])
    case .alert(let rule):
      .record([
        "alert": .string(rule.alert),
        "expr": .string(ExpressionLayout.text(of: rule.expression)),
        "for": rule.sustained.yamlUnlessZero,
        "keep_firing_for": rule.keepFiringFor.yamlUnlessZero,
        "labels": rule.labels.yaml,
        "annotations": rule.annotations.yaml,
      ])
    }
  }
}

extension [LabelPair] {
  fileprivate var yaml: YAMLValue? {
    isEmpty ? nil : .mapping(map { YAMLMember($0.name, .string($0.value)) })
  }
}
