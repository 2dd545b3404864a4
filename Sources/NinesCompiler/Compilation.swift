import Diagnostics

/// Workspaces that were read and judged together.
package struct Judgement: Sendable {
  package let analyses: [Analysis]
  package let report: DiagnosticReport
  /// Whether nothing may be made of them.
  package let hasErrors: Bool

  init(_ analyses: [Analysis]) {
    self.analyses = analyses
    report = Analysis.report(of: analyses)
    hasErrors = analyses.contains(where: \.bag.hasErrors)
  }

  /// The analyses, which have to be without errors.
  var sound: [Analysis] {
    precondition(!hasErrors, "what has errors is not lowered")
    return analyses
  }
}

/// What came of compiling.
package struct Compilation: Sendable {
  package let report: DiagnosticReport
  /// In the order of the workspaces.
  package let outputs: [CompiledWorkspace]
  /// Whether objectives count something else than when they were compiled before, which the report says.
  package let hasLedgerChanges: Bool

  /// What each service has, printed or kept.
  package var services: [ServiceArtifacts] { outputs.flatMap(\.services) }

  /// Of all artifacts, printed or kept.
  package var artifactCount: Int {
    outputs.reduce(0) { $0 + $1.commonCount + $1.services.reduce(0) { $0 + $1.digests.count } }
  }
}

/// What a workspace without errors compiles to, without the bytes.
package struct CompiledWorkspace: Sendable {
  package let services: [ServiceArtifacts]
  /// The names of the services that were not kept.
  package let printed: [String]
  /// How many artifacts belong to no service, the manifest among them.
  let commonCount: Int
  /// What objectives count, as a hash, by their full names.
  package let countHashes: [String: String]
}

extension DiagnosticReport {
  func adding(_ more: [Diagnostic]) -> DiagnosticReport {
    DiagnosticReport(
      files: files,
      diagnostics: diagnostics + more,
      omitted: omitted,
      withheld: withheld
    )
  }
}
