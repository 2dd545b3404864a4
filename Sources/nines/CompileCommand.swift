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

  @Flag(name: .customLong("no-cache"), help: "Compile although nothing has changed since the last time.")
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
    let compilation = folder.compiler.compile(read, after: try target.recordedCounts(of: read))
    guard let artifacts = compilation.artifacts else {
      Terminal.print(try reporting.text(of: compilation.report, in: workspaces))
      return try ExitStatus.findings.conclude()
    }
    let written = try check ? nil : target.update(to: artifacts)
    let differences = try written?.differences ?? target.differences(from: artifacts)
    let place = try workspaces.artifactsPathInFolder()
    let report = check ? compilation.report.adding(differences, in: place) : compilation.report
    let isTold = reporting.format != .text || !report.diagnostics.isEmpty
    let text = isTold ? try reporting.text(of: report, in: workspaces) : ""
    Terminal.print(text)
    remark(of: differences, among: artifacts.count, in: target.path)
    // What ledgers count now is no news the next time.
    if let cache, let sighting, let written, !compilation.hasLedgerChanges {
      cache.remember(
        CompilationCache.Outcome(report: text, artifactCount: artifacts.count),
        of: read,
        after: sighting,
        written
      )
    }
    try report.exitStatus().conclude()
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
