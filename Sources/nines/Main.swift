import ArgumentParser
import DeployGate
import NinesCompiler
import WorkspaceFiles

/// How a run ends, for scripts.
enum ExitStatus: Int32 {
  case clean = 0
  case findings = 1
  case usage = 2
  case `internal` = 4
}

/// Failures that the caller can put right: a wrong name, a file that is missing or makes no sense.
protocol UsageFailure: Error, CustomStringConvertible {}

extension WorkspaceError: UsageFailure {}
extension GateError: UsageFailure {}
extension DocumentFault: UsageFailure {}
extension ObjectiveExplanation.UnknownObjective: UsageFailure {}
extension BurnRateTables.UnknownService: UsageFailure {}

/// A call that makes no sense, in words for the person who made it.
struct UsageError: UsageFailure {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

@main
enum Main {
  static func main() {
    do {
      var command = try NinesCommand.parseAsRoot()
      try command.run()
    } catch let error as any UsageFailure {
      fail(error.description)
    } catch {
      exit(with: error)
    }
  }

  private static func fail(_ message: String) -> Never {
    Terminal.complain("error: \(message)\n")
    Terminal.exit(ExitStatus.usage.rawValue)
  }

  /// A request for help, a slip in the arguments, a status, or what nobody foresaw.
  private static func exit(with error: any Error) -> Never {
    if let status = error as? ExitCode { Terminal.exit(status.rawValue) }
    let message = NinesCommand.fullMessage(for: error)
    let status = NinesCommand.exitCode(for: error)
    if status == .success {
      Terminal.print("\(message)\n")
      Terminal.exit(ExitStatus.clean.rawValue)
    }
    Terminal.complain("\(message)\n")
    Terminal.exit((status == .validationFailure ? ExitStatus.usage : .internal).rawValue)
  }
}
