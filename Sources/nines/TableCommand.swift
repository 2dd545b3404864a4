import ArgumentParser
import Console
import Emitters
import NinesCompiler
import StructuredText

struct TableCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case md, csv, json
  }

  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Prints what objectives allow, and when their alerts fire, in numbers."
  )

  @Argument(help: "The service; all of them if none is named.")
  var service: String?

  @OptionGroup var folder: FolderOptions

  @Option(help: "How the table is written.")
  var format = Format.md

  func run() throws {
    let compiler = folder.compiler
    let judgement = compiler.judge(try folder.workspaceFolder().read())
    if judgement.hasErrors {
      Terminal.complain(judgement.report.text(as: .text))
      return try ExitStatus.findings.conclude()
    }
    let tables = try BurnRateTables(compiler.plans(of: judgement), of: service)
    switch format {
    case .md: Terminal.print(tables.markdown)
    case .csv: Terminal.print(tables.csv)
    case .json: Terminal.print(tables.json.text(.pretty))
    }
  }
}
