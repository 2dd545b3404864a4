import Console
import DeployGate
import NinesCompiler
import WorkspaceFiles

extension GateError: UsageFailure {}
extension DocumentFault: UsageFailure {}
extension ObjectiveExplanation.UnknownObjective: UsageFailure {}
extension BurnRateTables.UnknownService: UsageFailure {}

@main
enum Main {
  static func main() {
    CommandRun.main(NinesCommand.self)
  }
}
