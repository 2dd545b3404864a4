import Console
import NinesCompiler

extension ObjectiveExplanation.UnknownObjective: UsageFailure {}
extension BurnRateTables.UnknownService: UsageFailure {}

@main
enum Main {
  static func main() {
    CommandRun.main(NinesCommand.self)
  }
}
