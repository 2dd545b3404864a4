import Diagnostics
import SpecSyntax
import Testing
import YAMLSource

/// A file that is complete, or its head with one of its sections.
struct CompleteFile: Sendable, CustomTestStringConvertible {
  let isSettings: Bool
  let name: String
  let text: String

  var shape: Shape { isSettings ? SpecLanguage.settingsShape(rules: SampleRules.all) : SpecLanguage.documentShape }
  var testDescription: String { name }

  func walk() throws -> ShapeWalk {
    var bag = DiagnosticBag()
    let source = SourceFile(id: FileID(0), path: "specs/test.yaml", text: text)
    let root = try #require(YAMLParser.parse(source, into: &bag).first)
    return ShapeWalk(root, shape)
  }

  func read(_ text: String) -> SpecText { SpecText(text, asSettings: isSettings) }

  static let all = [
    CompleteFile(isSettings: false, name: "a spec", text: CompleteDocument.spec),
    CompleteFile(isSettings: true, name: "nines.yaml", text: CompleteDocument.settings),
  ]

  static let sections: [CompleteFile] = all.flatMap { file in
    var sections: [CompleteFile] = []
    let head = file.isSettings ? "nines: v1\n" : "nines: v1\nservice: studio\n"
    for line in file.text.split(separator: "\n") {
      if let key = line.first != " " ? line.prefix(while: { $0 != ":" }) : nil {
        let isHead = head.contains("\(line)\n")
        sections.append(
          CompleteFile(isSettings: file.isSettings, name: "\(key)", text: isHead ? head : "\(head)\(line)\n")
        )
      } else if let last = sections.popLast() {
        sections.append(CompleteFile(isSettings: file.isSettings, name: last.name, text: "\(last.text)\(line)\n"))
      }
    }
    return sections
  }
}

@Suite("the whole language")
struct WholeLanguageTests {
  @Test("a file with every key reads without a diagnostic", arguments: CompleteFile.all)
  func complete(_ file: CompleteFile) throws {
    let spec = file.read(file.text)
    #expect(spec.diagnostics.isEmpty, "\(spec.summary)")
    #expect(ShapeWalk.keys(of: file.shape).subtracting(try file.walk().usedKeys).sorted() == [])
    #expect(file.isSettings || spec.file.documents.first?.unread.isEmpty == true)
  }

  @Test("every key is read: a list of lists is found wrong wherever it stands", arguments: CompleteFile.sections)
  func listEverywhere(_ file: CompleteFile) throws {
    try replaceEverywhere(in: file, by: "[[zz]]") { _ in true }
  }

  @Test("every key is read: a strange mapping is found wrong wherever it stands", arguments: CompleteFile.sections)
  func mappingEverywhere(_ file: CompleteFile) throws {
    try replaceEverywhere(in: file, by: "{ zz: { zz: [[zz]] } }") { _ in true }
  }

  @Test("every key is read: nothing is found wrong wherever it stands", arguments: CompleteFile.sections)
  func nothingEverywhere(_ file: CompleteFile) throws {
    try replaceEverywhere(in: file, by: "~") { _ in true }
  }

  @Test("text is found wrong wherever a list or mapping is meant", arguments: CompleteFile.sections)
  func textEverywhere(_ file: CompleteFile) throws {
    try replaceEverywhere(in: file, by: "'?? ??'") { !$0.shape.allowsScalar }
  }

  @Test("an unknown key is found in every mapping with fixed keys", arguments: CompleteFile.sections)
  func unknownKeyEverywhere(_ file: CompleteFile) throws {
    for value in try file.walk().values {
      guard let first = value.node.entries.first, case .record(let record)? = value.shape.record(for: value.node),
        record.others == nil
      else { continue }
      let span = first.key.span
      let indent = value.node.span == span.through(value.node.span) && isBlock(value.node, in: file.text)
      let insertion = indent ? "zz-unknown: 1\n\(spaces(before: span, in: file.text))" : "zz-unknown: 1, "
      let spec = file.read(replacing(Int(span.start)..<Int(span.start), in: file.text, by: insertion))
      #expect(spec.diagnostics.map(\.descriptor.code) == ["SLO103"], "\(value.path): \(spec.summary)")
      let extended = file.read(
        replacing(Int(span.start)..<Int(span.start), in: file.text, by: insertion.replacing("zz", with: "x"))
      )
      #expect(extended.diagnostics.isEmpty, "\(value.path): \(extended.summary)")
    }
  }

  /// Puts a text in the place of each value in turn.
  private func replaceEverywhere(
    in file: CompleteFile,
    by replacement: String,
    isWrong: (WalkedValue) -> Bool
  ) throws {
    let values = try file.walk().values
    #expect(!values.isEmpty)
    for value in values {
      let spec = file.read(replacing(value.node.span.range, in: file.text, by: replacement))
      if isWrong(value) {
        #expect(!spec.diagnostics.isEmpty, "\(value.path) takes \(replacement) in silence")
      }
      let isRoot = value.path == ".nines"
      #expect(isRoot || file.isSettings || spec.file.documents.count == 1, "\(value.path) loses the document")
    }
  }

  private func replacing(_ range: Range<Int>, in text: String, by replacement: String) -> String {
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(range, with: replacement.utf8)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func isBlock(_ node: YAMLNode, in text: String) -> Bool {
    Array(text.utf8)[Int(node.span.start)] != UInt8(ascii: "{")
  }

  /// The indentation of what begins a span.
  private func spaces(before span: SourceSpan, in text: String) -> String {
    let line = Array(text.utf8)[..<Int(span.start)].reversed().prefix { $0 != UInt8(ascii: "\n") }
    return String(repeating: " ", count: line.count)
  }
}

extension Shape {
  /// The record among the alternatives, where the node is one.
  fileprivate func record(for node: YAMLNode) -> Shape? {
    switch self {
    case .record: node.kind == .mapping ? self : nil
    case .alternatives(let shapes): shapes.lazy.compactMap { $0.record(for: node) }.first
    case .scalar, .list, .map: nil
    }
  }
}
