import ArgumentParser
import WorkspaceFiles

/// How a run ends, for scripts.
package enum ExitStatus: Int32, Sendable {
  case clean = 0
  case findings = 1
  case usage = 2
  case `internal` = 4
}

/// Failures that the caller can put right: a wrong name, a file that is missing or makes no sense.
package protocol UsageFailure: Error, CustomStringConvertible {}

extension WorkspaceError: UsageFailure {}

/// A call that makes no sense, in words for the person who made it.
package struct UsageError: UsageFailure {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}

/// One run of a program: arguments in, an exit status out.
package enum CommandRun {
  package static func main<Root: ParsableCommand>(_ root: Root.Type) {
    do {
      var command = try root.parseAsRoot()
      try command.run()
    } catch let error as any UsageFailure {
      fail(error.description)
    } catch {
      exit(root, with: error)
    }
  }

  private static func fail(_ message: String) -> Never {
    Terminal.complain("error: \(message)\n")
    Terminal.exit(ExitStatus.usage.rawValue)
  }

  /// A request for help, a slip in the arguments, a status, or what nobody foresaw.
  private static func exit<Root: ParsableCommand>(_ root: Root.Type, with error: any Error) -> Never {
    if let status = error as? ExitCode { Terminal.exit(status.rawValue) }
    let message = root.fullMessage(for: error)
    let status = root.exitCode(for: error)
    if status == .success {
      Terminal.print("\(message)\n")
      Terminal.exit(ExitStatus.clean.rawValue)
    }
    Terminal.complain("\(message)\n")
    Terminal.exit((status == .validationFailure ? ExitStatus.usage : .internal).rawValue)
  }
}
