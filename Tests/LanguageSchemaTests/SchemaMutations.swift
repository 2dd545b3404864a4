import LanguageSchema
import YAMLSource

/// Complete documents with one thing changed: what people write by mistake, and what they would never write.
enum SchemaMutations {
  static func all(_ schema: LanguageSchema) -> [SchemaDocument] {
    SchemaDocument.sections.filter { $0.schema == schema }.flatMap { section in
      var documents = [section]
      for other in values { documents += section.changing(SchemaDocument.values) { _ in other } }
      for form in forms { documents += section.changing(SchemaDocument.values, to: form) }
      for form in keys { documents += section.changing(SchemaDocument.keys, to: form) }
      return documents + section.changing(SchemaDocument.values, to: quoted).map(\.markedAsQuoted)
    }
  }

  /// Other values, of every kind.
  private static let values = [
    "[[zz]]", "{ zz: { zz: [[zz]] } }", "~", "'?? ??'", "12.5", "-3", "30s", "99%", "true", "[]", "{}", "''",
  ]

  /// The same value as a list, as a mapping, or with a letter too many.
  private static let forms: [@Sendable (YAMLNode) -> String?] = [
    { $0.isScalar ? "[\(inQuotes($0))]" : nil },
    { $0.isScalar ? "{ value: \(inQuotes($0)) }" : nil },
    { $0.isScalar && $0.isPlain ? "\($0.text)x" : nil },
  ]

  /// No such key, a key that is left out, one in capitals, a slip of the pen, and the words of another tool's style.
  private static let keys: [@Sendable (YAMLNode) -> String?] = [
    { _ in "zz-unknown" }, { _ in "x-gone" }, { _ in "Zz" }, { "\($0.text)s" },
    { $0.text.contains("-") ? $0.text.replacing("-", with: "_") : nil },
  ]

  @Sendable private static func quoted(_ node: YAMLNode) -> String? {
    node.isScalar && node.isPlain ? inQuotes(node) : nil
  }

  private static func inQuotes(_ node: YAMLNode) -> String {
    "'\(node.text.replacing("'", with: "''"))'"
  }
}
