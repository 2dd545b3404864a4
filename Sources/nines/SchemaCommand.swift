import ArgumentParser
import Console
import LanguageSchema
import NinesCompiler

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema of specs or of nines.yaml, for editors.",
    usage: """
      nines schema spec
      nines schema settings
      nines schema --all -o DIR
      """
  )

  @Argument(help: "\(LanguageSchema.allCases.map(\.rawValue).joined(separator: " or ")).")
  var schema: LanguageSchema?

  @OptionGroup var folder: PagesOptions

  func run() throws {
    switch (folder.all, schema) {
    case (true, nil): try folder.write(SchemaFiles.artifacts(version: CompilerVersion.current))
    case (false, let schema?): Terminal.print(SchemaFiles.text(of: schema))
    default: throw ValidationError("name 'spec' or 'settings', or '--all' and a folder")
    }
  }
}

extension LanguageSchema: ExpressibleByArgument {}
