import ArgumentParser
import BudgetSources
import Console
import DeployGate

struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Says whether a change may be deployed now, and why.",
    discussion: """
      Decides from the policy that 'nines compile' wrote and what a Prometheus says now. One that cannot be asked leaves \
      the gate without data: what the policy says for that case applies.

      Exit status: 0 it may go out, 1 it may not, 2 a wrong call or file, 3 nothing says whether, 4 the gate failed, \
      5 somebody has to approve it.
      """
  )

  @OptionGroup var question: GateQuestion

  @OptionGroup var prometheus: PrometheusOptions

  func run() throws {
    let policy = try question.gatePolicy()
    let objectives = try policy.objectives(for: question.request)
    let now = Terminal.now
    let patience = prometheus.patience
    let snapshot = try PrometheusClient.run(prometheus.access()) { client in
      try await ObservationSource(policy, asking: client, within: patience).snapshotOrGap(of: objectives, at: now)
    }
    try question.answer(by: policy, snapshot, now: Terminal.now)
  }
}
