import ArgumentParser
import Console
import NinesCompiler
import PlanComparison
import StructuredText
import WorkspaceFiles

struct DiffCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, md, json
  }

  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Says what a change of the specs means: targets, budgets, alerts, policies, before and now.",
    usage: """
      nines diff --against main
      nines diff --against origin/main --format md
      """,
    discussion: """
      The specs as they lie there are compared with those of the newest commit that they and the reference have in common. \
      What git calls a change and the specs do not, such as a comment, is left out.
      """
  )

  @Option(help: ArgumentHelp("The commit, branch or tag to compare with.", valueName: "ref"))
  var against: String

  @OptionGroup var folder: FolderOptions

  @Option(help: "How it is told: text, md for a pull request, or json.")
  var format = Format.text

  func run() throws {
    let compiler = folder.compiler
    let workspaces = folder.workspaceFolder()
    let changes = try workspaces.changes(since: against)
    let now = compiler.judge(try workspaces.read())
    let before = compiler.judge(try workspaces.read(before: changes))
    for (judgement, whose) in [(now, "the specs"), (before, "the specs at '\(against)'")] where judgement.hasErrors {
      Terminal.complain(judgement.report.text(as: .text))
      Terminal.complain("\(whose) have errors, so what they ask for is not known\n")
      return try ExitStatus.findings.conclude()
    }
    let difference = compiler.difference(from: before, to: now)
    switch format {
    case .text: Terminal.print(difference.text)
    case .md: Terminal.print(difference.markdown(since: against))
    case .json: Terminal.print(difference.json.text(.pretty))
    }
  }
}
