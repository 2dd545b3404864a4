import ArgumentParser
import Console
import NinesCompiler
import WorkspaceFiles

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Writes a first spec, which compiles as it is.",
    discussion: "The spec is named after the folder. A file that is there already is left alone."
  )

  @Argument(help: "The folder to start in; it is made if it is not there.")
  var folder = "."

  func run() throws {
    let workspace = WorkspaceFolder(folder)
    let starter = StarterSpec(folderName: try workspace.makeFolder())
    let path = try workspace.add(starter.text, named: starter.fileName)
    Terminal.print("\(path)\n")
    Terminal.remark("next: say there what your service promises, then run 'nines compile'\n")
  }
}
