import Diagnostics
import Quantities
import SpecSyntax

extension Resolution {
  mutating func resolveSettings(_ spec: WorkspaceSettingsSpec) {
    var settings = WorkspaceSettings()
    settings.title = spec.title?.value
    settings.dialect = spec.dialect?.value ?? settings.dialect
    settings.format = spec.format?.value ?? settings.format
    settings.outputs = spec.outputs?.map(\.value)
    settings.interval = spec.interval?.value ?? settings.interval
    settings.scrapeInterval = spec.scrapeInterval?.value ?? settings.scrapeInterval
    settings.gap = spec.gap?.value ?? settings.gap
    settings.retention = spec.retention
    settings.labelNames = Dictionary(
      spec.labelNames.map { ($0.label.value, $0.name.value) },
      uniquingKeysWith: { first, _ in first }
    )
    settings.rules = spec.rules.map { RuleSetting(code: $0.code, severity: $0.severity.value) }
    settings.dashboardsURL = spec.dashboardsURL?.value
    settings.runbooksURL = spec.runbooksURL?.value
    if let choice = spec.policy { settings.policy = workspacePolicy(choice) }
    catalog.settings = settings
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
