import Console
import NinesCompiler

extension ObjectiveExplanation.UnknownObjective: UsageFailure {}
extension BurnRateTables.UnknownService: UsageFailure {}

@main
enum Main {
  static func main() {
    // Editors and scripts ask for the version all the time, and making a parser for all commands takes longer than all else.
    if CommandLine.arguments.dropFirst() == ["version"] {
      VersionCommand().run()
    } else {
      CommandRun.main(NinesCommand.self)
    }
  }
}
