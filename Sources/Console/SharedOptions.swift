import ArgumentParser
import Diagnostics
import Emitters
import NinesCompiler
import Quantities
import WorkspaceFiles

/// Where specs are, and what day it is taken to be.
package struct FolderOptions: ParsableArguments {
  @Option(name: [.customShort("C"), .customLong("directory")], help: "The folder that holds 'specs/'.")
  package var folder = "."

  @Option(help: ArgumentHelp("Judge as of this day, in UTC.", valueName: "YYYY-MM-DD"), transform: readDate)
  package var today: CalendarDate?

  package init() {}

  package func workspaceFolder(output: String? = nil) -> WorkspaceFolder { WorkspaceFolder(folder, output: output) }

  package var compiler: Compiler {
    let zones = ZoneDatabase()
    return Compiler(today: day) { zones.rules(of: $0) }
  }

  /// What day it is taken to be.
  package var day: CalendarDate { today ?? Terminal.now.utcDate }
}

/// A command that writes all of its pages to a folder, instead of printing one.
package struct PagesOptions: ParsableArguments {
  @Flag(help: "Write all to the folder of '-o'.")
  package var all = false

  @Flag(help: "With '--all': write nothing, and report files that are not up to date.")
  package var check = false

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The folder for '--all'.", valueName: "dir")
  )
  package var output: String?

  package init() {}

  package func write(_ artifacts: [Artifact]) throws {
    guard let output else { throw ValidationError("'--all' needs a folder: -o DIR") }
    let target = ArtifactFolder(output)
    guard check else {
      _ = try target.write(artifacts)
      return
    }
    let differences = try target.differences(from: artifacts)
    for difference in differences { Terminal.complain("'\(target.path)/\(difference.path)' is not up to date\n") }
    try (differences.isEmpty ? ExitStatus.clean : .findings).conclude()
  }
}

/// How findings are told.
package struct ReportingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How findings are written: \(ReportFormat.names).", valueName: "format"))
  package var format = ReportFormat.text

  @Flag(help: "Write text without colour.")
  package var noColor = false

  @Flag(name: .shortAndLong, help: "Write nothing where nothing was found, and no remarks.")
  package var quiet = false

  @Option(
    help: ArgumentHelp(
      "What to put before paths in reports. (default: with github, gitlab and sarif the folder's path in its repository)",
      valueName: "path"
    )
  )
  package var pathPrefix: String?

  package init() {}

  /// What the text of a report depends on besides the report; nil where that is the repository around it too.
  package var identity: [String]? {
    if format.wantsRepositoryPaths { return nil }
    let color = !noColor && Terminal.wantsColor
    return [format.rawValue, "\(color)", "\(quiet)", Terminal.width?.description ?? "", pathPrefix ?? ""]
  }

  /// The report as it is to be printed.
  package func text(of report: DiagnosticReport, in folder: WorkspaceFolder) throws -> String {
    if quiet, format == .text, report.diagnostics.isEmpty { return "" }
    let options = ReportOptions(
      color: !noColor && Terminal.wantsColor,
      width: Terminal.width,
      toolVersion: CompilerVersion.current
    )
    let prefix = try pathPrefix ?? (format.wantsRepositoryPaths ? folder.pathInRepository() : "")
    return report.renamingFiles { WorkspaceFolder.path($0, below: prefix) }.text(as: format, options)
  }
}

/// The least severity that fails a run.
package enum FailureThreshold: String, ExpressibleByArgument, CaseIterable {
  case error, warning, info, never

  fileprivate var severity: Severity? {
    switch self {
    case .error: .error
    case .warning: .warning
    case .info: .info
    case .never: nil
    }
  }
}

extension ReportFormat: ExpressibleByArgument {
  fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// Whether what reads the format knows files by their places in the repository.
  fileprivate var wantsRepositoryPaths: Bool {
    switch self {
    case .github, .gitlab, .sarif: true
    case .text, .json, .junit: false
    }
  }
}

extension DiagnosticReport {
  /// Findings of some severity and above fail a run.
  package func exitStatus(failingOn threshold: FailureThreshold = .error) -> ExitStatus {
    guard let least = threshold.severity else { return .clean }
    return diagnostics.contains { $0.severity >= least } ? .findings : .clean
  }
}

extension ExitStatus {
  /// Ends the command with the status where it is not success.
  package func conclude() throws {
    if self != .clean { throw ExitCode(rawValue) }
  }
}

@Sendable package func readDate(_ text: String) throws -> CalendarDate { try readArgument(text) }
@Sendable package func readInstant(_ text: String) throws -> Instant { try readArgument(text) }
@Sendable package func readSpan(_ text: String) throws -> TimeSpan { try readArgument(text) }
@Sendable package func readRatio(_ text: String) throws -> Ratio { try readArgument(text) }

private func readArgument<Value: Readable>(_ text: String) throws -> Value {
  do {
    return try Value(reading: text)
  } catch {
    throw ValidationError(error.message)
  }
}
