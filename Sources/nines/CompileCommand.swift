import ArgumentParser
import Console
import Diagnostics
import NinesCompiler
import WorkspaceFiles

struct CompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Lints the specs and writes what follows from them.",
    discussion: """
      Nothing is written while any spec has an error. Files that are as they should be are not touched, and files of an \
      earlier run that nothing asks for any more are removed.
      """
  )

  @OptionGroup var folder: FolderOptions
  @OptionGroup var reporting: ReportingOptions

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The folder to write to. (default: 'generated' beside 'specs')", valueName: "dir")
  )
  var output: String?

  @Flag(help: "Write nothing, and report artifacts that are not what the specs compile to.")
  var check = false

  @Flag(name: .customLong("no-cache"), help: "Compile everything, whatever has changed since the last time.")
  var isUncached = false

  func run() throws {
    let workspaces = folder.workspaceFolder(output: output)
    let cache = cache(of: workspaces)
    let sighting = cache?.look()
    if let outcome = sighting?.outcome {
      Terminal.print(outcome.report)
      return remark(of: [], among: outcome.artifactCount, in: workspaces.outputPath)
    }
    let target = try workspaces.artifacts()
    let read = try workspaces.read()
    if check { return try compare(target, with: read, in: workspaces) }
    switch try target.compile(read, with: folder.compiler, keeping: sighting?.services ?? ServiceRecords()) {
    case .refused(let report): try refuse(report, in: workspaces)
    case .compiled(let compilation, let changes):
      let text = try text(of: compilation.report, in: workspaces)
      Terminal.print(text)
      remark(of: changes.differences, among: compilation.artifactCount, in: target.path)
      if let cache, let sighting {
        let outcome = CompilationCache.Outcome(report: text, artifactCount: compilation.artifactCount)
        // What ledgers count now is no news the next time.
        cache.remember(compilation.hasLedgerChanges ? nil : outcome, of: read, after: sighting, changes)
      }
      try compilation.report.exitStatus().conclude()
    }
  }

  private func compare(_ target: ArtifactFolder, with read: [Workspace], in workspaces: WorkspaceFolder) throws {
    switch try target.compare(read, with: folder.compiler) {
    case .refused(let report): try refuse(report, in: workspaces)
    case .compiled(let compilation, let differences):
      let report = compilation.report.adding(differences, in: try workspaces.artifactsPathInFolder())
      Terminal.print(try text(of: report, in: workspaces))
      remark(of: differences, among: compilation.artifactCount, in: target.path)
      try report.exitStatus().conclude()
    }
  }

  private func refuse(_ report: DiagnosticReport, in workspaces: WorkspaceFolder) throws {
    Terminal.print(try reporting.text(of: report, in: workspaces))
    try ExitStatus.findings.conclude()
  }

  /// Nothing for people where there is nothing to say.
  private func text(of report: DiagnosticReport, in workspaces: WorkspaceFolder) throws -> String {
    let isTold = reporting.format != .text || !report.diagnostics.isEmpty
    return isTold ? try reporting.text(of: report, in: workspaces) : ""
  }

  private func remark(of differences: [ArtifactFolder.Difference], among count: Int, in place: String) {
    let summary = ArtifactFolder.summary(of: differences, among: count)
    Terminal.remark("\(check ? "checked" : "compiled to") \(place): \(summary)\n")
  }

  /// nil for a run that is to look for itself.
  private func cache(of workspaces: WorkspaceFolder) -> CompilationCache? {
    if check || isUncached { return nil }
    return reporting.identity.flatMap { CompilationCache(of: workspaces, call: [folder.day.description] + $0) }
  }
}
