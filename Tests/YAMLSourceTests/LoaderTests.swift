import CLibYAML
import Diagnostics
import Foundation
import TestSupport
import Testing
import YAMLSource

/// Trees beside those that libyaml's own loader makes of the same bytes.
@Suite("What libyaml's own loader reads")
struct LoaderTests {
  /// The project's own specs and artifacts, and what fuzzing begins with.
  static let corpus: [String] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..").standardized
    return [
      "specs", "generated/smart-pip/prometheus", "generated/smart-pip/alertmanager", "Tests/Fuzzing/Corpora/yaml",
      "Tests/Fuzzing/Corpora/compile",
    ].flatMap { folder in
      (FileManager.default.enumerator(atPath: "\(root.path)/\(folder)")?.allObjects as? [String] ?? [])
        .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
        .map { "\(root.path)/\(folder)/\($0)" }
    }
  }()

  @Test("is what every file of the project reads as", arguments: corpus)
  func files(_ path: String) throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(!bytes.isEmpty)
    try compare(bytes, orComplain: path.contains("Corpora"))
  }

  @Test("is what random documents read as", arguments: 1_000..<1_200)
  func random(_ seed: Int) throws {
    var writer = RandomDocument(seed: UInt64(seed))
    writer.writeFile()
    try compare(writer.bytes, orComplain: false)
  }

  @Test("is what random documents read as that were damaged, where nothing is said about them", arguments: 0..<400)
  func damaged(_ seed: Int) throws {
    var writer = RandomDocument(seed: UInt64(seed))
    writer.writeFile()
    var random = SeededGenerator(seed: UInt64(seed))
    var bytes = writer.bytes
    for _ in 0...Int.random(in: 0..<3, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = Array("-:?[]{},&*#|>'\"% \n\ta".utf8).randomElement(using: &random) ?? 0
      default: bytes.insert(contentsOf: bytes[place..<min(place + 8, bytes.count)], at: place)
      }
    }
    try compare(bytes, orComplain: true)
  }

  /// What is complained about may read as something else, or not at all.
  private func compare(_ bytes: [UInt8], orComplain: Bool) throws {
    let parsed = ParsedText(bytes)
    if orComplain, !parsed.diagnostics.isEmpty { return }
    let comment = Comment(rawValue: String(decoding: bytes.prefix(2_000), as: UTF8.self))
    #expect(parsed.messages == [], comment)
    let loaded = try #require(LoadedDocument.outlines(of: bytes), comment)
    // Merge keys are a matter of the schema, which the loader knows nothing of.
    if loaded.contains(where: { $0.contains("plain(<<): ") }) { return }
    #expect(parsed.documents.map(Self.outline) == loaded, comment)
  }

  private static func outline(_ node: YAMLNode) -> String {
    switch node.kind {
    case .scalar(let style): "\(LoadedDocument.name(of: style))(\(node.text))"
    case .sequence: "[\(node.elements.map(outline).joined(separator: ", "))]"
    case .mapping: "{\(node.entries.map { "\(outline($0.key)): \(outline($0.value))" }.joined(separator: ", "))}"
    }
  }
}

/// What `yaml_parser_load` makes of bytes.
private enum LoadedDocument {
  /// One for each document that says anything; nil where it cannot be read.
  static func outlines(of bytes: [UInt8]) -> [String]? {
    var parser = yaml_parser_t()
    yaml_parser_initialize(&parser)
    defer { yaml_parser_delete(&parser) }
    return bytes.withUnsafeBufferPointer { buffer in
      yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      var outlines: [String] = []
      while true {
        var document = yaml_document_t()
        guard yaml_parser_load(&parser, &document) == 1 else { return nil }
        defer { yaml_document_delete(&document) }
        guard let root = yaml_document_get_root_node(&document) else { return outlines }
        let isEmpty =
          root.pointee.type == YAML_SCALAR_NODE && root.pointee.data.scalar.style == YAML_PLAIN_SCALAR_STYLE
          && root.pointee.start_mark.index == root.pointee.end_mark.index
        if !isEmpty { outlines.append(outline(root.pointee, &document)) }
      }
    }
  }

  private static func outline(_ node: yaml_node_t, _ document: inout yaml_document_t) -> String {
    switch node.type {
    case YAML_SCALAR_NODE:
      let scalar = node.data.scalar
      let text = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      return "\(name(of: scalar.style))(\(String(decoding: text, as: UTF8.self)))"
    case YAML_SEQUENCE_NODE:
      let items = node.data.sequence.items
      var parts: [String] = []
      var item = items.start
      while let place = item, place < items.top {
        parts.append(outline(at: place.pointee, &document))
        item = place + 1
      }
      return "[\(parts.joined(separator: ", "))]"
    default:
      let pairs = node.data.mapping.pairs
      var parts: [String] = []
      var pair = pairs.start
      while let place = pair, place < pairs.top {
        parts.append("\(outline(at: place.pointee.key, &document)): \(outline(at: place.pointee.value, &document))")
        pair = place + 1
      }
      return "{\(parts.joined(separator: ", "))}"
    }
  }

  private static func outline(at index: Int32, _ document: inout yaml_document_t) -> String {
    yaml_document_get_node(&document, index).map { outline($0.pointee, &document) } ?? "nothing"
  }

  private static func name(of style: yaml_scalar_style_t) -> String {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: "single"
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: "double"
    case YAML_LITERAL_SCALAR_STYLE: "literal"
    case YAML_FOLDED_SCALAR_STYLE: "folded"
    default: "plain"
    }
  }

  static func name(of style: ScalarStyle) -> String {
    switch style {
    case .plain: "plain"
    case .singleQuoted: "single"
    case .doubleQuoted: "double"
    case .literal: "literal"
    case .folded: "folded"
    }
  }
}
