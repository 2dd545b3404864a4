import Diagnostics
import YAMLSource

/// A file as it is parsed, and what came of it.
struct ParsedText {
  let file: SourceFile
  let documents: [YAMLNode]
  let diagnostics: [Diagnostic]

  init(_ bytes: [UInt8]) {
    file = SourceFile(id: FileID(3), path: "specs/checkout.yaml", bytes: bytes)
    var bag = DiagnosticBag()
    documents = YAMLParser.parse(file, into: &bag)
    diagnostics = bag.diagnostics
  }

  init(_ text: String) {
    self.init(Array(text.utf8))
  }

  var messages: [String] { diagnostics.map { "\($0.descriptor.code): \($0.message)" } }

  /// The documents, one a line, in a notation that shows kinds and texts alone.
  var outline: String { documents.map { Self.outline($0) }.joined(separator: "\n") }

  static func outline(_ node: YAMLNode) -> String {
    switch node.kind {
    case .scalar: node.isNull ? "null" : node.isPlain ? node.text : node.text.debugDescription
    case .sequence: "[" + node.elements.map { outline($0) }.joined(separator: ", ") + "]"
    case .mapping: "{" + node.entries.map { "\(outline($0.key)): \(outline($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  func text(_ span: SourceSpan) -> String { file.text(in: span.range) }
}

/// Text in which guillemets mark stretches of bytes; the marks themselves are not part of it.
struct MarkedText {
  private(set) var text = ""
  /// In the order in which they open.
  private(set) var ranges: [Range<Int>] = []

  init(_ marked: String) {
    var bytes: [UInt8] = []
    var open: [Int] = []
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«":
        open.append(ranges.count)
        ranges.append(bytes.count..<bytes.count)
      case "»":
        let place = open.removeLast()
        ranges[place] = ranges[place].lowerBound..<bytes.count
      default: bytes.append(contentsOf: String(scalar).utf8)
      }
    }
    text = String(decoding: bytes, as: UTF8.self)
  }
}
