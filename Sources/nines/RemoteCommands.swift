import ArgumentParser
import Console

/// The program beside this one that holds the commands which ask other machines.
///
/// What speaks HTTP and TLS takes longer to build and to start than everything else together, and compiling needs neither.
enum RemoteProgram {
  private static let name = "nines-remote"

  static func run(_ command: String, _ arguments: [String]) throws -> Never {
    let reason = Terminal.becomeNeighbour(named: name, [command] + arguments)
    throw UsageError("'nines \(command)' needs the program '\(name)' beside 'nines': \(reason)")
  }
}

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answers over HTTP whether changes may be deployed."
  )

  @Argument(parsing: .captureForPassthrough, help: ArgumentHelp(visibility: .hidden))
  var arguments: [String] = []

  func run() throws { try RemoteProgram.run("serve", arguments) }
}

struct BackfillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backfill",
    abstract: "Computes the past of ledgers from the history in a Prometheus."
  )

  @Argument(parsing: .captureForPassthrough, help: ArgumentHelp(visibility: .hidden))
  var arguments: [String] = []

  func run() throws { try RemoteProgram.run("backfill", arguments) }
}

struct SnapshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Records what a Prometheus says about budgets, for the gate."
  )

  @Argument(parsing: .captureForPassthrough, help: ArgumentHelp(visibility: .hidden))
  var arguments: [String] = []

  func run() throws { try RemoteProgram.run("snapshot", arguments) }
}
