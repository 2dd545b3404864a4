import Diagnostics
import SpecCatalog

/// How much findings matter in a workspace.
struct SeveritySettings {
  private let settings: WorkspaceSettings
  private let paths: [FileID: String]
  private let hasPaths: Bool

  init(_ settings: WorkspaceSettings, paths: [FileID: String]) {
    self.settings = settings
    self.paths = paths
    hasPaths = settings.ruleLayers.contains { !$0.paths.isEmpty }
  }

  /// Whether there is a file in which the rule is not off.
  func mayReport(_ descriptor: DiagnosticDescriptor) -> Bool {
    guard descriptor.isConfigurable, !hasPaths else { return true }
    return settings.setting(of: descriptor.code, at: "")?.level != .off
  }

  /// The finding as it is reported; nil where the rule is off in its file.
  func diagnostic(_ descriptor: DiagnosticDescriptor, _ finding: Finding) -> Diagnostic? {
    var severity = finding.severity
    if descriptor.isConfigurable {
      switch settings.setting(of: descriptor.code, at: paths[finding.span.file] ?? "")?.level {
      case .off: return nil
      case .reported(let chosen): severity = chosen
      case nil: break
      }
    }
    return Diagnostic(
      descriptor,
      severity: severity,
      finding.message,
      at: finding.span,
      notes: finding.notes,
      fix: finding.fix
    )
  }
}
