import ArgumentParser
import Console
import DeployGate
import Quantities
import WorkspaceFiles

struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Says whether a change may be deployed now, and why.",
    discussion: """
      Decides from the policy that 'nines compile' wrote and what was observed: a snapshot, or what a Prometheus says now.

      Exit status: 0 it may go out, 1 it may not, 2 a wrong call or file, 3 nothing says whether, 4 the gate failed, \
      5 somebody has to approve it.
      """
  )

  @OptionGroup var question: GateQuestion

  @Option(help: "The snapshot of what was observed.")
  var snapshot: String?

  @Option(
    help: ArgumentHelp(
      "Ask a Prometheus, Thanos, Mimir or VictoriaMetrics instead; 'nines snapshot --help' has more options for that.",
      valueName: "url"
    )
  )
  var prometheus: String?

  @Option(help: ArgumentHelp("Decide by a snapshot as of this moment.", valueName: "instant"), transform: readInstant)
  var now: Instant?

  /// Options of the program that asks.
  @Argument(parsing: .allUnrecognized, help: ArgumentHelp(visibility: .hidden))
  var others: [String] = []

  func run() throws {
    if prometheus != nil, snapshot == nil, now == nil {
      try RemoteProgram.run("gate", Array(CommandLine.arguments.dropFirst(2)))
    }
    if let other = others.first { throw ValidationError("Unknown option '\(other)'") }
    guard let snapshot, prometheus == nil else {
      throw ValidationError(
        "Either '--snapshot' or '--prometheus' says what was observed; '--now' goes with a snapshot"
      )
    }
    try question.answer(
      by: question.gatePolicy(),
      Snapshot(reading: DocumentFile(snapshot).read()),
      now: now ?? Terminal.now
    )
  }
}
