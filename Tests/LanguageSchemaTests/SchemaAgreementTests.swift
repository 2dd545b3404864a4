import Diagnostics
import LanguageSchema
import StructuredText
import TestSupport
import Testing

@Suite("the schema and the compiler")
struct SchemaAgreementTests {
  @Test(
    "find the same wrong with all that is written here, and with all that can be changed in it",
    arguments: LanguageSchema.allCases
  )
  func agreement(_ schema: LanguageSchema) throws {
    let documents = try Self.written(schema) + SchemaMutations.all(schema)
    let read = documents.compactMap { document in document.read().map { (document, $0.json, $0.diagnostics) } }
    let verdicts = try JSONSchemaJudge.errors(
      in: read.map { $0.1.text(.compact) },
      bySchema: schema.json(rules: SampleRules.all).text(.compact)
    )
    try #require(verdicts.count == read.count && read.count > (schema == .spec ? 8_000 : 1_000))
    for ((document, _, diagnostics), errors) in zip(read, verdicts) {
      if diagnostics.isEmpty {
        #expect(errors.isEmpty || document.isQuoted, "only the schema minds \(document.change)")
      } else if errors.isEmpty {
        let unexplained = diagnostics.filter { !SchemaLimit.isReason(for: $0) }.map(\.message)
        #expect(unexplained == [], "only the compiler minds \(document.change)")
      }
    }
  }

  @Test("accept the specs of this repository")
  func specs() throws {
    let specs = try SchemaDocument.specs()
    try #require(specs.count > 30)
    for spec in specs {
      let read = try #require(spec.read(), "\(spec.change)")
      #expect(read.diagnostics.map(\.message) == [], "\(spec.change)")
    }
  }

  private static func written(_ schema: LanguageSchema) throws -> [SchemaDocument] {
    (try SchemaDocument.specs() + SchemaDocument.examples + SchemaDocument.mistakes()).filter { $0.schema == schema }
  }
}

/// What the compiler minds and a schema cannot, with the reason.
private struct SchemaLimit {
  let reason: String
  /// Words of the messages that it is the reason for; all messages of codes that stand for languages of their own.
  let words: [String]

  static func isReason(for diagnostic: Diagnostic) -> Bool {
    languages.contains(diagnostic.descriptor.code)
      || all.contains { $0.words.contains(where: diagnostic.message.contains) }
  }

  /// Objectives, conditions and PromQL have grammars and types; a schema sees that there is a comparison and a window.
  private static let languages = ["SLO107", "SLO108", "SLO109"]

  private static let all = [
    SchemaLimit(
      reason: "units are words of a table, with prefixes and compounds",
      words: [
        "not a unit", "not a base unit", "neither a base unit", "after the number", "not a period",
        "makes it a duration",
        "is not written for a number of zeros", "not a count of events or a duration",
      ]
    ),
    SchemaLimit(
      reason: "numbers have a size, an order and a form that their text alone does not tell",
      words: ["is not above", "is below zero", "is not a whole number", "is not written as a number here"]
    ),
    SchemaLimit(reason: "days belong to months", words: ["there is no day"]),
    SchemaLimit(
      reason: "regular expressions and globs are languages of their own",
      words: ["is no pattern", "is no glob"]
    ),
  ]
}
