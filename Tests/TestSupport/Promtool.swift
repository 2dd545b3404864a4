/// The rule checker of the Prometheus project.
package enum Promtool {
  /// Runs it in a folder with files of these names.
  package static func run(
    _ arguments: [String],
    files: [String: String]
  ) throws -> (passes: Bool, output: String) {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(text, to: name) }
    let finished = try FinishedProgram.run("promtool", arguments, in: folder.path)
    return (finished.status == 0, finished.output + finished.errors)
  }
}
