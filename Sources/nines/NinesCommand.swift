import ArgumentParser
import Console
import NinesCompiler

/// The command line: parses arguments, calls the compiler or the gate, prints, exits.
struct NinesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nines",
    abstract: "Compiles service-level objectives to monitoring rules, dashboards and deploy decisions.",
    discussion: """
      Reads the specs in 'specs/' and writes what follows from them to 'generated/'.

      Exit status: 0 for no errors, 1 for findings that are errors, 2 for a wrong call or unreadable files, 4 for a \
      failure of nines itself. 'nines gate' also has 3 (unknown) and 5 (needs an approval), and 1 is a denial.
      """,
    subcommands: [
      LintCommand.self, FormatCommand.self, CompileCommand.self, DiffCommand.self, GateCommand.self,
      SnapshotCommand.self,
      TableCommand.self, ExplainCommand.self, SchemaCommand.self, InitCommand.self, BackfillCommand.self,
      ServeCommand.self,
      VersionCommand.self,
    ]
  )
}

struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "version", abstract: "Prints the version.")

  func run() {
    Terminal.print("nines \(CompilerVersion.current)\n")
  }
}
