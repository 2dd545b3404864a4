import ArgumentParser
import BudgetSources
import Console
import DeployGate
import StructuredText
import WorkspaceFiles

struct SnapshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Records what a Prometheus says about budgets, for the gate.",
    discussion: """
      Asks for what the generated rules recorded, a fixed number of questions however many objectives there are, and \
      writes it as 'nines gate --snapshot' reads it. A source that cannot be asked is an error, and nothing is written.
      """
  )

  @OptionGroup var prometheus: PrometheusOptions

  @Option(help: "Only the objectives of this service and of what it depends on.")
  var service: String?

  @Option(help: "The policy file. (default: the one below 'generated')")
  var policy: String?

  @Option(name: [.customShort("C"), .customLong("directory")], help: "The folder that holds 'generated/'.")
  var folder = "."

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write. (default: standard output)", valueName: "file")
  )
  var output: String?

  func run() throws {
    let files = try GatePolicyFiles(named: policy, in: folder)
    let policy = try service.map { try files.policy(of: $0) } ?? files.policy()
    let objectives = try service.map { try policy.objectives(for: GateRequest(service: $0, change: "")) }
    let now = Terminal.now
    let patience = prometheus.patience
    let snapshot = try PrometheusClient.run(prometheus.access()) { client in
      try await ObservationSource(policy, asking: client, within: patience).snapshot(of: objectives, at: now)
    }
    let text = snapshot.json.text(.pretty)
    guard let output else { return Terminal.print(text) }
    try DocumentFile(output).write(Array(text.utf8))
  }
}
