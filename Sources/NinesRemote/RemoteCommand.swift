import ArgumentParser
import Console

/// The commands of `nines` that ask other machines; `nines` hands them over.
@main
struct RemoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nines",
    abstract: "The commands of nines that ask other machines.",
    subcommands: [BackfillCommand.self, GateCommand.self, ServeCommand.self, SnapshotCommand.self]
  )

  static func main() {
    CommandRun.main(RemoteCommand.self)
  }
}
