import ArgumentParser
import Console
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

  @OptionGroup var pages: PagesOptions

  @OptionGroup var folder: FolderOptions

  func run() throws {
    switch (pages.all, subject.first, subject.count) {
    case (true, nil, _):
      try pages.write(RulePage.artifacts(of: DiagnosticCatalogue.all, version: CompilerVersion.current))
    case (false, let code?, 1): Terminal.print(try page(of: code))
    case (false, "objective"?, 2): Terminal.print(try explanation(of: subject[1]))
    default: throw ValidationError("name one code, or 'objective' and an objective's full name, or '--all'")
    }
  }

  private func page(of code: String) throws -> String {
    let (analyses, problem) = analyses()
    guard
      let descriptor = DiagnosticCatalogue.descriptor(of: code) ?? RuleStanding.standard(code, in: analyses)
    else {
      let hint = DiagnosticCatalogue.nearest(to: code).map { "; did you mean '\($0)'?" } ?? ""
      throw UsageError("no code '\(code)'\(hint)")
    }
    if let problem {
      Terminal.complain("warning: \(problem); severities and options are shown as they are without settings\n")
    }
    return RulePage.markdown(of: descriptor) + RuleStanding.markdown(of: descriptor, in: analyses)
  }

  /// What the specs at hand say, or why they cannot be read; a code is explained without any, too.
  private func analyses() -> ([Analysis], WorkspaceError?) {
    let compiler = folder.compiler
    do throws(WorkspaceError) {
      return (try folder.workspaceFolder().read().map(compiler.analyze), nil)
    } catch {
      if case .noSpecs = error { return ([], nil) }
      return ([], error)
    }
  }

  private func explanation(of name: String) throws -> String {
    let compiler = folder.compiler
    let analyses = try folder.workspaceFolder().read().map(compiler.analyze)
    return try ObjectiveExplanation.find(name, in: analyses).text
  }
}
