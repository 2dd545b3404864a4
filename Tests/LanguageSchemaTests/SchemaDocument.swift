import Diagnostics
import Foundation
import LanguageSchema
import SpecSyntax
import StructuredText
import YAMLSource

/// A document in the eyes of the compiler and of an editor.
struct SchemaDocument {
  let schema: LanguageSchema
  let text: String
  /// What was changed, for people.
  var change = "unchanged"

  /// The codes of what the compiler has to say.
  var codes: [String] { read().codes }

  private func read() -> (root: YAMLNode?, codes: [String]) {
    let source = SourceFile(id: FileID(0), path: "specs/test.yaml", text: text)
    var bag = DiagnosticBag()
    let nodes = YAMLParser.parse(source, into: &bag)
    switch schema {
    case .spec: _ = SpecReader.read(nodes, of: source, into: &bag)
    case .settings: _ = SpecReader.readSettings(nodes, of: source, rules: SampleRules.all, into: &bag)
    }
    return (nodes.first, bag.diagnostics.map(\.descriptor.code))
  }

  /// The document as an editor sees it: YAML 1.2 with its core schema.
  var json: JSONValue { read().root.map(Self.json) ?? .null }

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

  /// The document with one of its values, or one of its keys, replaced by other text; one for each of them.
  func replacing(_ places: (YAMLNode) -> [YAMLNode], by replacement: String) -> [SchemaDocument] {
    guard let root = read().root else { return [] }
    let bytes = Array(text.utf8)
    return places(root).map { node in
      var changed = bytes
      changed.replaceSubrange(node.span.range, with: replacement.utf8)
      let line = bytes[..<Int(node.span.start)].count { $0 == UInt8(ascii: "\n") } + 1
      return SchemaDocument(
        schema: schema,
        text: String(decoding: changed, as: UTF8.self),
        change: "\(replacement) for '\(node.isScalar ? node.text : "…")' in line \(line)"
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

  /// The specs of this repository.
  static func specs() throws -> [SchemaDocument] {
    let folder = repository.appending(path: "specs")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
    return try (files ?? []).filter { $0.pathExtension == "yaml" }.map { file in
      let schema: LanguageSchema = file.lastPathComponent == "nines.yaml" ? .settings : .spec
      return SchemaDocument(schema: schema, text: try String(contentsOf: file, encoding: .utf8), change: file.path)
    }
  }
}
