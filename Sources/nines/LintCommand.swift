import ArgumentParser
import Console
import Diagnostics
import NinesCompiler
import WorkspaceFiles

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Says what is wrong with the specs, and mends what it is asked to.",
    discussion: "'nines explain CODE' says more about a finding."
  )

  @OptionGroup var folder: FolderOptions
  @OptionGroup var reporting: ReportingOptions
  @OptionGroup var fixing: FixOptions

  func run() throws {
    let compiler = folder.compiler
    let workspaces = folder.workspaceFolder()
    if let fixer = fixing.fixer(compiler) { return try fix(workspaces, by: fixer) }
    let report = Analysis.report(of: try workspaces.read().map(compiler.analyze))
    Terminal.print(reporting.text(of: report))
    try report.exitStatus.conclude()
  }

  private func fix(_ workspaces: WorkspaceFolder, by fixer: Fixer) throws {
    let fixed = FixSummary(try workspaces.read().map(fixer.fix))
    if fixing.diff {
      Terminal.print(fixed.diff)
    } else {
      try workspaces.rewrite(fixed.changes.map { ($0.before, $0.after) })
      Terminal.print(reporting.text(of: fixed.report))
    }
    Terminal.complain(fixed.text)
    try fixed.report.exitStatus.conclude()
  }
}

/// What is to be done about findings besides telling them.
struct FixOptions: ParsableArguments {
  @Flag(help: "Make the fixes that keep what the author meant.")
  var fix = false

  @Flag(help: "Make also the fixes that need a person's eye, since they change what is meant.")
  var unsafeFixes = false

  @Flag(help: "Print the fixes as a unified diff, and write nothing.")
  var diff = false

  func fixer(_ compiler: Compiler) -> Fixer? {
    fix || unsafeFixes || diff ? Fixer(compiler, allowsUnsafe: unsafeFixes) : nil
  }
}
