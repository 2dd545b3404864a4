import Diagnostics
import Quantities
import SpecSyntax

extension Resolution {
  /// `layers` are the workspace's own settings and those that they extend, the nearest first.
  mutating func resolveSettings(_ layers: [WorkspaceSettingsSpec]) {
    var settings = WorkspaceSettings()
    func stated<Value>(_ path: (WorkspaceSettingsSpec) -> Value?) -> Value? { layers.lazy.compactMap(path).first }
    // A title is a workspace's own.
    settings.title = layers.first?.title?.value
    settings.dialect = stated { $0.dialect?.value } ?? settings.dialect
    settings.format = stated { $0.format?.value } ?? settings.format
    settings.outputs = stated { $0.outputs?.map(\.value) }
    settings.interval = stated { $0.interval?.value } ?? settings.interval
    settings.scrapeInterval = stated { $0.scrapeInterval?.value } ?? settings.scrapeInterval
    settings.scrapeTimeout = stated { $0.scrapeTimeout?.value } ?? settings.scrapeTimeout
    settings.gap = stated { $0.gap?.value } ?? settings.gap
    settings.retention = stated { $0.retention }
    settings.labelNames = Dictionary(
      layers.flatMap(\.labelNames).map { ($0.label.value, $0.name.value) },
      uniquingKeysWith: { first, _ in first }
    )
    settings.dashboardsURL = stated { $0.dashboardsURL?.value }
    settings.runbooksURL = stated { $0.runbooksURL?.value }
    if let choice = stated(\.policy) { settings.policy = workspacePolicy(choice) }
    settings.ruleLayers = layers.map(RuleLayer.init)
    settings.standards = Standard.nearest(in: layers)
    catalog.settings = settings
    reportUnknownStandards()
  }

  /// What is set for a standard that no file of the workspace's settings declares.
  private mutating func reportUnknownStandards() {
    let known = catalog.settings.standards.map(\.name.value)
    let settings = catalog.settings.ruleLayers.flatMap { $0.rules + $0.paths.flatMap(\.rules) }
    for setting in settings where !setting.code.value.hasPrefix("SLO") && !known.contains(setting.code.value) {
      let name = setting.code.value
      reportUnresolved(
        "no rule or standard '\(name)'",
        setting.code,
        nearest: Spelling.nearest(to: name, in: known)
      )
    }
  }

  /// Settings belong to no service, so their policy is named in full.
  private mutating func workspacePolicy(_ choice: Located<PolicyChoiceSpec>) -> PolicyID? {
    guard case .named(let name) = choice.value else { return nil }
    let reference = Located(name, at: choice.span)
    guard name.contains("/"), let service = catalog.services.indices.first.map(ServiceID.init) else {
      let candidates = catalog.policies.map { "\(self.name(of: $0.service))/\($0.name.value)" }
      reportUnresolved(
        "'\(name)' does not say whose policy it is",
        reference,
        nearest: candidates.first { $0.hasSuffix("/\(name)") }
      )
      return nil
    }
    return find(.policy, reference, from: service, as: PolicyID.self)
  }
}

extension RuleLayer {
  fileprivate init(_ spec: WorkspaceSettingsSpec) {
    self.init(
      rules: spec.rules.map(RuleSetting.init),
      paths: spec.paths.map { PathRules(pattern: $0.pattern, rules: $0.rules.map(RuleSetting.init)) }
    )
  }
}

extension RuleSetting {
  fileprivate init(_ spec: WorkspaceSettingsSpec.Rule) {
    self.init(
      code: spec.code,
      level: spec.severity.map { $0.value.map { .reported($0) } ?? .off },
      options: spec.options.map { ($0.name, $0.value) }
    )
  }
}

extension Standard {
  fileprivate static func nearest(in layers: [WorkspaceSettingsSpec]) -> [Standard] {
    var seen: Set<String> = []
    return layers.flatMap(\.standards).filter { seen.insert($0.name.value).inserted }.map { spec in
      Standard(
        name: spec.name,
        demand: spec.value.demand,
        message: spec.value.message.value,
        severity: spec.value.severity?.value ?? .error,
        tiers: Set(spec.value.tiers.map(\.value))
      )
    }
  }
}
