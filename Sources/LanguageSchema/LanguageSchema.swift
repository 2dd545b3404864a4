import Diagnostics
import SpecSyntax
import StructuredText

/// A kind of file of the language as a JSON Schema, draft 7, which is what editors know best.
///
/// It is made from the definitions that the reader uses, so that it knows every key. What an editor cannot know, such as
/// whether a name exists or a query is PromQL, is left to `nines lint`.
package enum LanguageSchema: String, CaseIterable, Sendable {
  /// A document under `specs/`.
  case spec
  /// `nines.yaml`.
  case settings

  package var fileName: String { "\(rawValue).schema.json" }

  /// `rules` are those that settings may speak of.
  package func json(rules: [DiagnosticDescriptor]) -> JSONValue {
    var builder = SchemaBuilder()
    let root = builder.schema(of: shape(rules))
    return .record([
      "$schema": "http://json-schema.org/draft-07/schema#",
      "title": .string(title),
      "allOf": .array([root]),
      "definitions": .object(builder.definitions),
    ])
  }

  private func shape(_ rules: [DiagnosticDescriptor]) -> Shape {
    switch self {
    case .spec: SpecLanguage.documentShape
    case .settings: SpecLanguage.settingsShape(rules: rules)
    }
  }

  private var title: String {
    switch self {
    case .spec: "A spec of nines \(SpecLanguage.version)"
    case .settings: "nines.yaml, the settings of a workspace of nines \(SpecLanguage.version)"
    }
  }
}
