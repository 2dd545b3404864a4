import LanguageSchema
import StructuredText
import TestSupport
import Testing

@Suite("the schema and the compiler")
struct SchemaAgreementTests {
  /// What an editor can see as well as the compiler: keys and shapes.
  private static let visible: Set<String> = ["SLO103", "SLO104", "SLO105"]

  @Test("accept the specs of this repository")
  func specs() throws {
    let specs = try SchemaDocument.specs()
    #expect(specs.count > 5)
    for schema in LanguageSchema.allCases {
      let specs = specs.filter { $0.schema == schema }
      for (spec, errors) in zip(specs, try errors(in: specs, by: schema)) {
        #expect(errors.isEmpty, "\(spec.change)")
      }
    }
  }

  @Test("find the same wrong with every value of a complete document", arguments: LanguageSchema.allCases)
  func values(_ schema: LanguageSchema) throws {
    let replacements = ["[[zz]]", "{ zz: { zz: [[zz]] } }", "~", "'?? ??'", "12.5", "30s", "true", "[]", "{}"]
    let sections = SchemaDocument.sections.filter { $0.schema == schema }
    try expectAgreement(
      in: sections
        + replacements.flatMap { replacement in
          sections.flatMap { $0.replacing(SchemaDocument.values, by: replacement) }
        },
      by: schema
    )
  }

  @Test("find the same wrong with every key of a complete document", arguments: LanguageSchema.allCases)
  func keys(_ schema: LanguageSchema) throws {
    let sections = SchemaDocument.sections.filter { $0.schema == schema }
    try expectAgreement(
      in: ["zz-unknown", "x-gone", "Zz"].flatMap { replacement in
        sections.flatMap { $0.replacing(SchemaDocument.keys, by: replacement) }
      },
      by: schema
    )
  }

  private func errors(in documents: [SchemaDocument], by schema: LanguageSchema) throws -> [[String]] {
    try JSONSchemaJudge.errors(
      in: documents.map { $0.json.text(.compact) },
      bySchema: schema.json(rules: SampleRules.all).text(.compact)
    )
  }

  private func expectAgreement(in documents: [SchemaDocument], by schema: LanguageSchema) throws {
    let verdicts = try errors(in: documents, by: schema)
    try #require(verdicts.count == documents.count && documents.count > 50)
    for (document, errors) in zip(documents, verdicts) {
      let codes = document.codes
      #expect(!codes.isEmpty || errors.isEmpty, "only the schema minds \(document.change): \(errors)")
      #expect(
        Self.visible.isDisjoint(with: codes) || !errors.isEmpty,
        "only the compiler minds \(document.change): \(codes)"
      )
    }
  }
}
