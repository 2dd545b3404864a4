import Emitters
import LanguageSchema
import StructuredText

/// The schemas of the language as files, for editors.
package enum SchemaFiles {
  package static func text(of schema: LanguageSchema) -> String {
    schema.json(rules: DiagnosticCatalogue.all).text(.pretty)
  }

  /// Both schemas, and the manifest that tells later runs which files are no longer made.
  package static func artifacts(version: String) -> [Artifact] {
    let schemas = LanguageSchema.allCases.map { Artifact(path: $0.fileName, text: text(of: $0)) }
    return schemas + [Manifest.artifact(inputs: [], outputs: schemas.map(\.digest), compilerVersion: version)]
  }
}
