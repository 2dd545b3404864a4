import ArgumentParser
import Console
import Diagnostics
import NinesCompiler
import WorkspaceFiles

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Says what is wrong with the specs, and mends what it is asked to.",
    usage: """
      nines lint
      nines lint specs/shop.yaml specs/legacy
      nines lint --since main
      nines lint - --stdin-path specs/shop.yaml < text
      nines lint --write-baseline
      """,
    discussion: "'nines explain CODE' says more about a finding."
  )

  @OptionGroup var choice: LintOptions
  @OptionGroup var folder: FolderOptions
  @OptionGroup var reporting: ReportingOptions
  @OptionGroup var fixing: FixOptions
  @OptionGroup var baseline: BaselineOptions

  func run() throws {
    let compiler = folder.compiler
    let workspaces = folder.workspaceFolder()
    if baseline.writeBaseline { return try writeBaseline(of: workspaces, by: compiler) }
    let (read, focus) = try workspaces.read(for: choice.request(), by: compiler)
    if let fixer = fixing.fixer(compiler, focus) { return try fix(read, focus, in: workspaces, by: fixer) }
    try tell(Analysis.report(of: read.map(compiler.analyze)).focused(on: focus), in: workspaces)
  }

  private func tell(_ report: DiagnosticReport, in workspaces: WorkspaceFolder) throws {
    Terminal.print(try reporting.text(of: report, in: workspaces))
    try report.exitStatus(failingOn: choice.failOn).conclude()
  }

  private func fix(_ read: [Workspace], _ focus: Focus, in workspaces: WorkspaceFolder, by fixer: Fixer) throws {
    let fixed = FixSummary(read.map(fixer.fix))
    let report = fixed.report.focused(on: focus)
    if fixing.diff {
      Terminal.print(fixed.diff)
    } else {
      try workspaces.rewrite(fixed.changes.map { ($0.before, $0.after) })
      Terminal.print(try reporting.text(of: report, in: workspaces))
    }
    Terminal.complain(fixed.text)
    try report.exitStatus(failingOn: choice.failOn).conclude()
  }

  private func writeBaseline(of workspaces: WorkspaceFolder, by compiler: Compiler) throws {
    guard choice.isEverything, !fixing.isAsked else {
      throw ValidationError("'--write-baseline' goes with neither files, '--since' nor fixes: it records every finding")
    }
    let read = try workspaces.read()
    do {
      let update = try BaselineUpdate(read, by: compiler, growingFor: baseline.grow)
      try workspaces.write(update.baseline)
      Terminal.complain("\(workspaces.baselinePath): \(update.summary)\n")
    } catch let refusal as BaselineUpdate.Refusal {
      Terminal.print(try reporting.text(of: refusal.report, in: workspaces))
      Terminal.complain("error: \(refusal.reason)\n")
      try ExitStatus.findings.conclude()
    }
  }
}

/// Which findings are asked for, and which fail the run.
struct LintOptions: ParsableArguments {
  @Argument(help: "Files and folders whose findings are told; '-' for standard input. (default: all specs)")
  var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "Tell only what is found in files that changed since a commit, and what the changes cause elsewhere.",
      valueName: "ref"
    )
  )
  var since: String?

  @Option(help: ArgumentHelp("The file whose text comes from standard input, with '-'.", valueName: "file"))
  var stdinPath: String?

  @Option(help: "The least severity that fails the run: error, warning, info or never.")
  var failOn = FailureThreshold.error

  var isEverything: Bool { paths.isEmpty && since == nil && stdinPath == nil }

  func validate() throws {
    if since != nil, !paths.isEmpty { throw ValidationError("'--since' goes with no files: it finds them itself") }
    if (stdinPath != nil) != (paths == ["-"]) {
      throw ValidationError("'-' and '--stdin-path FILE' go together, and with no other file")
    }
  }

  func request() throws -> LintRequest {
    if let stdinPath { return .text(try StandardInput.read(), path: stdinPath) }
    if let since { return .changes(since: since) }
    return paths.isEmpty ? .everything : .paths(paths)
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

  var isAsked: Bool { fix || unsafeFixes || diff }

  func fixer(_ compiler: Compiler, _ focus: Focus) -> Fixer? {
    isAsked ? Fixer(compiler, allowsUnsafe: unsafeFixes, focus: focus) : nil
  }
}

/// What is to be done with the baseline.
struct BaselineOptions: ParsableArguments {
  @Flag(help: "Record all findings in '.nines-baseline.json', so that only new ones count; errors of reading stay.")
  var writeBaseline = false

  @Option(
    help: ArgumentHelp(
      "With '--write-baseline': why it may take in findings that it did not have.",
      valueName: "reason"
    )
  )
  var grow: String?

  func validate() throws {
    if grow != nil, !writeBaseline { throw ValidationError("'--grow' goes with '--write-baseline'") }
    if grow?.allSatisfy(\.isWhitespace) == true { throw ValidationError("'--grow' needs a reason") }
  }
}
