import ArgumentParser
import NinesCompiler

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Says what is wrong with the specs, and writes nothing.",
    discussion: "'nines explain CODE' says more about a finding."
  )

  @OptionGroup var folder: FolderOptions
  @OptionGroup var reporting: ReportingOptions

  func run() throws {
    let compiler = folder.compiler
    let report = Analysis.report(of: try folder.workspaceFolder().read().map(compiler.analyze))
    Terminal.print(reporting.text(of: report))
    try report.exitStatus.conclude()
  }
}
