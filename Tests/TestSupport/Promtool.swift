import Foundation

/// The rule checker of the Prometheus project.
package enum Promtool {
  /// Runs it in a folder with files of these names.
  package static func run(
    _ arguments: [String],
    files: [String: String]
  ) throws -> (passes: Bool, output: String) {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(text, to: name) }
    // It spends a third of its work on collecting garbage unless it is told that memory is there.
    let variables = ProcessInfo.processInfo.environment.merging(["GOGC": "800"]) { $1 }
    let finished = try FinishedProgram.run("promtool", arguments, in: folder.path, variables: variables)
    return (finished.status == 0, finished.output + finished.errors)
  }
}
