import ArgumentParser
import Console
import Diagnostics
import NinesCompiler
import StructuredText
import WorkspaceFiles

struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Gives spec files their one layout, and changes nothing that they say.",
    discussion: """
      Prints the names of the files that change. A file that is no YAML is left alone, and what is wrong with it is said \
      on standard error.
      """
  )

  @Argument(help: "Files and folders; '-' reads standard input and prints the result. (default: all specs)")
  var paths: [String] = []

  @Option(name: [.customShort("C"), .customLong("directory")], help: "The folder that holds 'specs/'.")
  var folder = "."

  @Flag(help: "Write nothing, and fail if any file is laid out otherwise.")
  var check = false

  @Flag(help: "Print what would change as a unified diff, and write nothing.")
  var diff = false

  func run() throws {
    if paths == ["-"] { return try formatStandardInput() }
    let workspaces = WorkspaceFolder(folder)
    let run = FormatRun(try workspaces.read()) { path in paths.isEmpty || paths.contains { Self.names($0, path) } }
    if run.fileCount == 0 { throw UsageError("no spec in '\(folder)' lies at \(quoted(paths))") }
    if !check, !diff { try workspaces.rewrite(run.changes.map { ($0.before, $0.after) }) }
    Terminal.print(diff ? run.diff : run.changes.map { "\(VisibleText.of($0.after.path))\n" }.joined())
    complain(of: run)
    try status(of: run).conclude()
  }

  private func formatStandardInput() throws {
    let file = SourceFile(id: FileID(0), path: "standard input", bytes: try StandardInput.read())
    let run = FormatRun(file)
    let result = run.changes.first?.after ?? file
    if diff {
      Terminal.print(run.diff)
    } else if !check, run.problems == nil {
      Terminal.print(String(decoding: result.bytes, as: UTF8.self))
    }
    complain(of: run)
    try status(of: run).conclude()
  }

  private func complain(of run: FormatRun) {
    if let problems = run.problems { Terminal.complain(problems.text(as: .text)) }
    for file in run.kept {
      Terminal.complain("\(VisibleText.of(file.path)): left as it is; laid out it would not say the same\n")
    }
  }

  private func status(of run: FormatRun) -> ExitStatus {
    run.problems != nil || (check && !run.changes.isEmpty) ? .findings : .clean
  }

  private func quoted(_ paths: [String]) -> String { paths.map { "'\($0)'" }.joined(separator: " or ") }

  /// Whether an argument names a file, or a folder around it.
  private static func names(_ argument: String, _ path: String) -> Bool {
    var folder = argument[...]
    while folder.hasPrefix("./") { folder = folder.dropFirst(2) }
    while folder.count > 1, folder.hasSuffix("/") { folder = folder.dropLast() }
    return folder == "." || path == folder || path.hasPrefix("\(folder)/")
  }
}
