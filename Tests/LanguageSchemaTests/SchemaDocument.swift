import Diagnostics
import Foundation
import LanguageSchema
import NinesCompiler
import SpecSyntax
import StructuredText
import TestSupport
import YAMLSource

/// A document in the eyes of the compiler and of an editor.
struct SchemaDocument {
  let schema: LanguageSchema
  let text: String
  /// What was changed, for people.
  var change = "unchanged"
  /// Whether a number or a flag stands in quotes: the reader takes its text, while an editor does well to mind them.
  var isQuoted = false
  /// A document that is judged by itself: sections that are the same as there are left out here, so that judging is quick.
  var known: JSONValue?

  var markedAsQuoted: SchemaDocument {
    var marked = self
    marked.isQuoted = true
    return marked
  }

  /// What the reader has to say, and the document as an editor sees it: YAML 1.2 with its core schema. Nil where the text
  /// is no single document of YAML, which is for neither.
  func read() -> (json: JSONValue, diagnostics: [Diagnostic])? {
    let source = SourceFile(id: FileID(0), path: "specs/test.yaml", text: text)
    var bag = DiagnosticBag()
    let nodes = YAMLParser.parse(source, into: &bag)
    guard nodes.count == 1, bag.diagnostics.isEmpty else { return nil }
    switch schema {
    case .spec: _ = SpecReader.read(nodes, of: source, into: &bag)
    case .settings: _ = SpecReader.readSettings(nodes, of: source, rules: SampleRules.all, into: &bag)
    }
    return (withoutKnownSections(Self.json(nodes[0])), bag.diagnostics)
  }

  private func withoutKnownSections(_ json: JSONValue) -> JSONValue {
    guard let known, let sections = json.object else { return json }
    return .object(sections.filter { ["nines", "service"].contains($0.name) || known[$0.name] != $0.value })
  }

  private static func json(_ node: YAMLNode) -> JSONValue {
    switch node.kind {
    case .sequence: return .array(node.elements.map(json))
    case .mapping: return .object(node.entries.map { JSONMember($0.key.text, json($0.value)) })
    case .scalar:
      guard node.isPlain else { return .string(node.text) }
      if node.isNull { return .null }
      if node.text == "true" || node.text == "false" { return .bool(node.text == "true") }
      if let integer = Int(node.text) { return .integer(integer) }
      if node.text.wholeMatch(of: /-?[0-9]+\.[0-9]+/) != nil, let number = NumberText(node.text) {
        return .number(number)
      }
      return .string(node.text)
    }
  }

  /// The document with one of its values, or one of its keys, changed; one for each of them. A change that is nil leaves
  /// the place alone.
  func changing(_ places: (YAMLNode) -> [YAMLNode], to change: (YAMLNode) -> String?) -> [SchemaDocument] {
    var bag = DiagnosticBag()
    let source = SourceFile(id: FileID(0), path: "specs/test.yaml", text: text)
    guard let root = YAMLParser.parse(source, into: &bag).first else { return [] }
    return places(root).compactMap { node in
      guard let replacement = change(node) else { return nil }
      var changed = source.bytes
      changed.replaceSubrange(node.span.range, with: replacement.utf8)
      let line = source.bytes[..<Int(node.span.start)].count { $0 == UInt8(ascii: "\n") } + 1
      return SchemaDocument(
        schema: schema,
        text: String(decoding: changed, as: UTF8.self),
        change: "\(replacement) for '\(node.isScalar ? node.text : "…")' in line \(line) of \(self.change)"
      )
    }
  }

  static func values(below node: YAMLNode) -> [YAMLNode] {
    node.elements.flatMap { [$0] + values(below: $0) } + node.entries.flatMap { [$0.value] + values(below: $0.value) }
  }

  static func keys(below node: YAMLNode) -> [YAMLNode] {
    node.elements.flatMap { keys(below: $0) } + node.entries.flatMap { [$0.key] + keys(below: $0.value) }
  }
}

extension SchemaDocument {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A complete spec and complete settings, cut into documents of one section each.
  static let sections: [SchemaDocument] =
    sections(of: CompleteDocument.spec, .spec, head: "nines: v1\nservice: studio\n")
    + sections(of: CompleteDocument.settings, .settings, head: "nines: v1\n")

  private static func sections(of text: String, _ schema: LanguageSchema, head: String) -> [SchemaDocument] {
    var sections: [String] = []
    for line in text.split(separator: "\n") where !head.contains("\(line)\n") {
      if line.first == " ", let last = sections.popLast() {
        sections.append("\(last)\(line)\n")
      } else {
        sections.append("\(head)\(line)\n")
      }
    }
    return ([head] + sections).map { SchemaDocument(schema: schema, text: $0) }
  }

  /// The specs of this repository, those that tests compile among them.
  static func specs() throws -> [SchemaDocument] {
    try ["specs", "Tests/NinesCompilerTests/Goldens"].flatMap { folder in
      let folder = repository.appending(path: folder)
      let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
      return try (files ?? []).filter { $0.pathExtension == "yaml" && !$0.path.contains("/expected/") }.map { file in
        let schema: LanguageSchema = file.lastPathComponent == "nines.yaml" ? .settings : .spec
        return SchemaDocument(schema: schema, text: try String(contentsOf: file, encoding: .utf8), change: file.path)
      }
    }
  }

  /// Both examples of every code that can be reported.
  static let examples = DiagnosticCatalogue.all.flatMap { descriptor in
    [("flagged", descriptor.flagged), ("accepted", descriptor.accepted)].map { kind, text in
      let text = text.filter { $0 != "«" && $0 != "»" }
      let head = text.contains("nines:") ? "" : "nines: v1\nservice: example\nowner: team\n"
      return SchemaDocument(schema: .spec, text: "\(head)\(text)\n", change: "\(kind) of \(descriptor.code)")
    }
  }

  /// A shop, and the shop with each of the mistakes that people make.
  static func mistakes() throws -> [SchemaDocument] {
    let lists = try MistakeList.all()
    guard let base = lists.first?.base else { return [] }
    let shop = SchemaDocument(schema: .spec, text: base, change: "the shop")
    let known = shop.read()?.json
    let slips = try lists.flatMap(\.mistakes).map { mistake in
      SchemaDocument(schema: .spec, text: try mistake.text(in: base), change: mistake.heading, known: known)
    }
    return [shop] + slips
  }
}
