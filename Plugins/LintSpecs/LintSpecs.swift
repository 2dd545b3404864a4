import Foundation
import PackagePlugin

/// `swift package lint-specs`: lints the package's `specs/` and compiles them to `generated/`.
///
/// Arguments go to `nines` as they are: `swift package lint-specs explain SLO301`.
@main
struct LintSpecs: CommandPlugin {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  func performCommand(context: PluginContext, arguments: [String]) throws {
    let nines = Process()
    nines.executableURL = try context.tool(named: "nines").url
    nines.arguments = arguments.isEmpty ? ["compile"] : arguments
    nines.currentDirectoryURL = context.package.directoryURL
    try nines.run()
    nines.waitUntilExit()
    guard nines.terminationReason == .exit else { throw Failure(description: "nines was stopped by a signal") }
    // Findings have been printed by then; the status is what a script needs.
    if nines.terminationStatus != 0 { exit(nines.terminationStatus) }
  }
}
