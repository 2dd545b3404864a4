import ArgumentParser
import NinesCompiler
import WorkspaceFiles

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Prints what a finding's code means, or where an objective's values come from.",
    usage: """
      nines explain SLO301
      nines explain objective studio/song-generation/success-rate
      nines explain --all -o DIR
      """
  )

  @Argument(help: "A code or its name; or 'objective' and an objective's full name.")
  var subject: [String] = []

  @Flag(help: "Write the pages of all codes to the folder of '-o'.")
  var all = false

  @Flag(help: "With '--all': write nothing, and report pages that are not up to date.")
  var check = false

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The folder for '--all'.", valueName: "dir")
  )
  var output: String?

  @OptionGroup var folder: FolderOptions

  func run() throws {
    switch (all, subject.first, subject.count) {
    case (true, nil, _): try writePages()
    case (false, let code?, 1): Terminal.print(try page(of: code))
    case (false, "objective"?, 2): Terminal.print(try explanation(of: subject[1]))
    default: throw ValidationError("name one code, or 'objective' and an objective's full name, or '--all'")
    }
  }

  private func page(of code: String) throws -> String {
    guard let descriptor = DiagnosticCatalogue.descriptor(of: code) else {
      let hint = DiagnosticCatalogue.nearest(to: code).map { "; did you mean '\($0)'?" } ?? ""
      throw UsageError("no code '\(code)'\(hint)")
    }
    return RulePage.markdown(of: descriptor)
  }

  private func writePages() throws {
    guard let output else { throw ValidationError("'--all' needs a folder: -o DIR") }
    let pages = RulePage.artifacts(of: DiagnosticCatalogue.all, version: CompilerVersion.current)
    let target = ArtifactFolder(output)
    guard check else {
      _ = try target.write(pages)
      return
    }
    let differences = try target.differences(from: pages)
    for difference in differences { Terminal.complain("'\(target.path)/\(difference.path)' is not up to date\n") }
    try (differences.isEmpty ? ExitStatus.clean : .findings).conclude()
  }

  private func explanation(of name: String) throws -> String {
    let compiler = folder.compiler
    let analyses = try folder.workspaceFolder().read().map(compiler.analyze)
    return try ObjectiveExplanation.find(name, in: analyses).text
  }
}
