import Diagnostics
import SpecFormatting
import Testing
import YAMLSource

/// A text with what formatting makes of it, and what both say.
struct FormattedText {
  let text: String
  let before: Outline
  let after: Outline
  /// What formatting makes of the result.
  let again: String

  init(_ text: String, isSettings: Bool = false, location: Testing.SourceLocation = #_sourceLocation) throws {
    let result = try #require(Self.format(text, isSettings), "it is laid out:\n\(text)", sourceLocation: location)
    self.text = result
    before = try Outline(text)
    after = try Outline(result)
    again = try #require(Self.format(result, isSettings), "\(result)", sourceLocation: location)
  }

  static func format(_ text: String, _ isSettings: Bool = false) -> String? {
    let file = SourceFile(id: FileID(0), path: "specs/a.yaml", text: text)
    switch SpecFormatter.format(file, isSettings: isSettings) {
    case .laidOut(let file): return String(decoding: file.bytes, as: UTF8.self)
    case .unreadable, .beyond: return nil
    }
  }

  /// Whether formatting has changed nothing that matters, and would change nothing more.
  func expectSameMeaning(location: Testing.SourceLocation = #_sourceLocation) {
    let shown = Comment(rawValue: text)
    #expect(after.documents == before.documents, shown, sourceLocation: location)
    #expect(after.comments == before.comments, shown, sourceLocation: location)
    #expect(again == text, "a second time changes nothing", sourceLocation: location)
    #expect(!text.contains("\n\n\n") || text.contains("|") || text.contains(">"), shown, sourceLocation: location)
    #expect(!text.contains(" \n") || text.contains("|") || text.contains(">"), shown, sourceLocation: location)
  }
}

/// What the tree of a file says, whatever the order of keys, and its comments, found without the formatter's reader.
struct Outline {
  let documents: [String]
  let comments: [String]

  init(_ text: String) throws {
    let file = SourceFile(id: FileID(0), path: "specs/a.yaml", text: text)
    var bag = DiagnosticBag()
    let nodes = YAMLParser.parse(file, into: &bag)
    try #require(bag.diagnostics.map(\.message) == [], "\(text)")
    documents = nodes.map(Self.outline)
    comments = Self.comments(in: text)
  }

  private static func outline(_ node: YAMLNode) -> String {
    switch node.kind {
    case .scalar(.plain): node.isNull ? "null" : "plain \(node.text.debugDescription)"
    case .scalar(.singleQuoted), .scalar(.doubleQuoted): "quoted \(node.text.debugDescription)"
    case .scalar(.literal), .scalar(.folded): "block \(node.text.debugDescription)"
    case .sequence: "[" + node.elements.map { outline($0) }.joined(separator: ", ") + "]"
    case .mapping:
      "{" + node.entries.map { "\(outline($0.key)): \(outline($0.value))" }.sorted().joined(separator: ", ") + "}"
    }
  }

  /// Tests write comments so that no text of theirs looks like one.
  private static func comments(in text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      guard let start = line.firstRange(of: "# ")?.lowerBound else { return nil }
      return String(line[start...]).trimmingSpaces
    }.sorted()
  }
}

extension String {
  fileprivate var trimmingSpaces: String { String(reversed().drop { $0 == " " || $0 == "\t" }.reversed()) }
}
