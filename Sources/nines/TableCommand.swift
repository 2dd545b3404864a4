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
    let compilation = folder.compiler.compile(try folder.workspaceFolder().read())
    guard let outputs = compilation.outputs else {
      Terminal.complain(compilation.report.text(as: .text))
      return try ExitStatus.findings.conclude()
    }
    let tables = try BurnRateTables(outputs, of: service)
    switch format {
    case .md: Terminal.print(tables.markdown)
    case .csv: Terminal.print(tables.csv)
    case .json: Terminal.print(tables.json.text(.pretty))
    }
  }
}
