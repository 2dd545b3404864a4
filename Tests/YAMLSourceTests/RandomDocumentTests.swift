import Diagnostics
import TestSupport
import Testing
import YAMLSource

@Suite("Random documents")
struct RandomDocumentTests {
  @Test("every node of a random document reads and lies as it was written", arguments: 0..<400)
  func roundTrip(_ seed: Int) {
    var writer = RandomDocument(seed: UInt64(seed))
    writer.writeFile()
    let parsed = ParsedText(writer.bytes)
    let shown = Comment(rawValue: String(decoding: writer.bytes, as: UTF8.self))
    #expect(parsed.messages == [], shown)
    let nodes = parsed.documents.flatMap(SpanTests.nodes)
    #expect(nodes.map(\.span.range) == writer.nodes.map(\.range), shown)
    #expect(nodes.map(\.text) == writer.nodes.map(\.text), shown)
  }
}

/// Writes documents at random and remembers what it wrote where.
struct RandomDocument {
  struct Node {
    /// Empty for collections.
    var text: String
    var range: Range<Int>
  }

  private(set) var bytes: [UInt8] = []
  /// Collections before their children.
  private(set) var nodes: [Node] = []
  private var random: SeededGenerator
  private let lineBreak: String
  private var names = 0
  /// A comment behind the text of a block scalar would be part of the text.
  private var endsInBlockScalar = false

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    lineBreak = seed.isMultiple(of: 3) ? "\r\n" : "\n"
    if seed.isMultiple(of: 5) { bytes = [0xEF, 0xBB, 0xBF] }
  }

  mutating func writeFile() {
    for _ in 0...chance(3) {
      write("---\(lineBreak)")
      writeBlock(indent: 0, depth: 0)
      endLine()
    }
  }

  private mutating func chance(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func endLine() {
    if chance(4) == 0, !endsInBlockScalar { write("  # why é") }
    endsInBlockScalar = false
    write(lineBreak)
    if chance(5) == 0 { write(lineBreak) }
    if chance(5) == 0 { write("# 日本\(lineBreak)") }
  }

  private mutating func node(_ text: String = "", _ body: (inout RandomDocument) -> Void) {
    let place = nodes.count
    nodes.append(Node(text: text, range: 0..<0))
    let start = bytes.count
    body(&self)
    nodes[place].range = start..<bytes.count
  }

  private mutating func writeBlock(indent: Int, depth: Int) {
    let margin = String(repeating: " ", count: indent)
    let isMapping = chance(2) == 0
    node { writer in
      for place in 0...writer.chance(4) {
        if place > 0 {
          writer.endLine()
          writer.write(margin)
        }
        if isMapping {
          writer.writeScalar(isKey: true)
          writer.write(":")
        } else {
          writer.write("-")
        }
        writer.writeValue(indent: indent, depth: depth)
      }
    }
  }

  private mutating func writeValue(indent: Int, depth: Int) {
    if chance(8) == 0 { return node { _ in } }
    write(String(repeating: " ", count: 1 + chance(2)))
    if chance(6) == 0 {
      names += 1
      write("&n\(names) ")
    }
    if chance(8) == 0, depth < 3 {
      write("# why\(lineBreak)")
      let deeper = indent + 1 + chance(3)
      write(String(repeating: " ", count: deeper))
      return writeBlock(indent: deeper, depth: depth + 1)
    }
    switch chance(6) {
    case 0: writeFlow(depth: depth)
    case 1: writeBlockScalar(indent: indent)
    default: writeScalar(isKey: false)
    }
  }

  private mutating func writeFlow(depth: Int) {
    let isMapping = chance(2) == 0
    node { writer in
      writer.write(isMapping ? "{" : "[")
      for place in 0..<writer.chance(4) {
        if place > 0 { writer.write(writer.chance(2) == 0 ? "," : " , ") }
        if isMapping {
          writer.writeScalar(isKey: true)
          writer.write(": ")
        }
        if depth < 4, writer.chance(3) == 0 {
          writer.writeFlow(depth: depth + 1)
        } else {
          writer.writeScalar(isKey: false)
        }
      }
      writer.write(isMapping ? "}" : "]")
    }
  }

  private mutating func writeScalar(isKey: Bool) {
    names += 1
    let unique = isKey ? "\(names)" : ""
    let plain = ["x", "två ord", "日本", "99.9%", "a-b_c"][chance(5)] + unique
    switch chance(4) {
    case 0: node(plain + "'é") { $0.write("'\(plain)''é'") }
    case 1: node(plain + "\té\"") { $0.write("\"\(plain)\\t\\u00e9\\\"\"") }
    default: node(plain) { $0.write(plain) }
    }
  }

  private mutating func writeBlockScalar(indent: Int) {
    endsInBlockScalar = true
    let margin = lineBreak + String(repeating: " ", count: indent + 2)
    if chance(2) == 0 {
      node("é\n two\n") { $0.write("|\(margin)é\(margin) two") }
    } else {
      node("é two") { $0.write(">-\(margin)é\(margin)two") }
    }
  }
}
