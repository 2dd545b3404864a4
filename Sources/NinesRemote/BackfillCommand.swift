import ArgumentParser
import BudgetSources
import Console
import Diagnostics
import NinesCompiler
import Quantities
import WorkspaceFiles

extension BackfillError: UsageFailure {}

struct BackfillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backfill",
    abstract: "Computes the past of ledgers from the history in a Prometheus.",
    discussion: """
      Asks for every evaluation that the rules would have made, and writes the ledgers as OpenMetrics for \
      'promtool tsdb create-blocks-from openmetrics'. Load the rules first: the past then ends where they began. A run \
      that was stopped goes on where it was when it is started again in the same way.
      """
  )

  @OptionGroup var prometheus: PrometheusOptions

  @Option(
    help: ArgumentHelp(
      "Where the past begins. (default: the objective's window before its end)",
      valueName: "instant"
    ),
    transform: readInstant
  )
  var from: Instant?

  @Option(
    help: ArgumentHelp("Where the past ends. (default: where the ledger begins)", valueName: "instant"),
    transform: readInstant
  )
  var to: Instant?

  @Option(
    help: ArgumentHelp("How far apart samples are written. (default: 5m)", valueName: "duration"),
    transform: readSpan
  )
  var resolution: TimeSpan?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write.", valueName: "file")
  )
  var output: String

  @OptionGroup var folder: FolderOptions

  @Argument(help: "Objectives or services, by name; all of them if none is named.")
  var names: [String] = []

  func run() throws {
    let compiler = folder.compiler
    let judgement = compiler.judge(try folder.workspaceFolder().read())
    if judgement.hasErrors {
      Terminal.complain(judgement.report.text(as: .text))
      return try ExitStatus.findings.conclude()
    }
    let choice = try LedgerChoice(names, in: compiler.plans(of: judgement))
    for obstacle in choice.obstacles { Terminal.complain("left out: \(obstacle)\n") }
    let backfill = try Backfill(
      choice.sources,
      BackfillRequest(from: from, to: to, now: Terminal.now, resolution: resolution ?? .minutes(5)),
      output: ResumableFile(output)
    )
    let ledgers = try PrometheusClient.run(prometheus.access()) { client in
      try await backfill.run(asking: client) { Terminal.remark("\($0.line)\n") }
    }
    Terminal.print(BackfillReport(ledgers, in: output).text)
  }
}

extension Backfill.Progress {
  fileprivate var line: String { "\(Int(share * 100))%: '\(objective)' up to \(reached)" }
}
