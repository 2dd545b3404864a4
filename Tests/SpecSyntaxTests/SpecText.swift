import Diagnostics
import PromQL
import SpecSyntax
import Testing
import YAMLSource

/// A spec in which guillemets mark the spans that are expected, read into its AST.
struct SpecText {
  let text: String
  let marks: [Range<Int>]
  let file: SpecFile
  let settings: WorkspaceSettingsSpec
  let diagnostics: [Diagnostic]

  init(_ marked: String, path: String = "specs/test.yaml", asSettings: Bool = false) {
    var bytes: [UInt8] = []
    var marks: [Range<Int>] = []
    var starts: [Int] = []
    for character in marked {
      switch character {
      case "«": starts.append(bytes.count)
      case "»": marks.append((starts.popLast() ?? 0)..<bytes.count)
      default: bytes.append(contentsOf: character.utf8)
      }
    }
    let source = SourceFile(id: FileID(0), path: path, bytes: bytes)
    var bag = DiagnosticBag()
    let nodes = YAMLParser.parse(source, into: &bag)
    settings =
      asSettings
      ? SpecReader.readSettings(nodes, of: source, rules: SampleRules.all, into: &bag) : WorkspaceSettingsSpec()
    file = asSettings ? SpecFile(documents: []) : SpecReader.read(nodes, of: source, into: &bag)
    text = String(decoding: bytes, as: UTF8.self)
    self.marks = marks
    diagnostics = bag.diagnostics
  }

  /// The first document; an empty one where there is none, which the diagnostics explain.
  func document(_ location: Testing.SourceLocation = #_sourceLocation) throws -> SpecDocument {
    try #require(file.documents.first, "no document was read: \(summary)", sourceLocation: location)
  }

  var summary: String {
    diagnostics.map { "\($0.descriptor.code) \($0.message) at «\(text(at: $0.span))»" }.joined(separator: "\n")
  }

  func text(at span: SourceSpan) -> String {
    String(decoding: Array(text.utf8)[span.range], as: UTF8.self)
  }

  /// The text after the safe edits of every diagnostic.
  var fixed: String {
    let edits = diagnostics.compactMap(\.fix).filter { $0.safety == .safe }.flatMap(\.edits)
    var bytes = Array(text.utf8)
    for edit in edits.sorted(by: { $0.span.start > $1.span.start }) {
      bytes.replaceSubrange(edit.span.range, with: edit.replacement.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Expects the codes and messages, one for each marked span, in the order of the text.
func expect(
  _ code: String,
  _ messages: String...,
  in marked: String,
  location: Testing.SourceLocation = #_sourceLocation
) {
  let spec = SpecText(marked)
  let found = spec.diagnostics.sorted { $0.span.start < $1.span.start }
  #expect(found.map(\.descriptor.code) == messages.map { _ in code }, "\(spec.summary)", sourceLocation: location)
  #expect(found.map(\.message) == messages, sourceLocation: location)
  #expect(
    found.map(\.span.range) == spec.marks.sorted { $0.lowerBound < $1.lowerBound },
    "\(spec.summary)",
    sourceLocation: location
  )
}
