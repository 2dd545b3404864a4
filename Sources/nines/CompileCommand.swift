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

  func run() throws {
    let workspaces = folder.workspaceFolder(output: output)
    let target = try workspaces.artifacts()
    let read = try workspaces.read()
    let compilation = folder.compiler.compile(read, after: try target.recordedCounts(of: read))
    guard let artifacts = compilation.artifacts else {
      Terminal.print(try reporting.text(of: compilation.report, in: workspaces))
      return try ExitStatus.findings.conclude()
    }
    let differences = try check ? target.differences(from: artifacts) : target.write(artifacts)
    let place = try workspaces.artifactsPathInFolder()
    let report = check ? compilation.report.adding(differences, in: place) : compilation.report
    if reporting.format != .text || !report.diagnostics.isEmpty {
      Terminal.print(try reporting.text(of: report, in: workspaces))
    }
    let summary = ArtifactFolder.summary(of: differences, among: artifacts.count)
    Terminal.remark("\(check ? "checked" : "compiled to") \(target.path): \(summary)\n")
    try report.exitStatus().conclude()
  }
}
