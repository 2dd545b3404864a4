import Diagnostics
import Linting
import Quantities
import SpecCatalog
import SpecSyntax
import Testing
import YAMLSource

/// Specs written in a test, resolved and linted on the first of November 2026.
struct LintedText {
  let files: [SourceFile]
  let diagnostics: [Diagnostic]

  static let today = CalendarDate(dayNumber: 20_758)

  /// Guillemets in the texts are marks and no part of the specs. Without settings, those hold that a comment of the texts
  /// gives: `# nines.yaml says: retention 100d`.
  init(_ texts: String..., settings: String? = nil) {
    self.init(texts: texts, settings: settings)
  }

  init(texts: [String], settings: String? = nil) {
    let settings = settings ?? Self.settings(saidIn: texts.joined(separator: "\n"))
    var bag = DiagnosticBag()
    let specs = texts.enumerated().map { index, text in
      SourceFile(
        id: FileID(index),
        path: "spec\(index).yaml",
        text: Self.withHeader(text).filter { $0 != "«" && $0 != "»" }
      )
    }
    let read = specs.map { file in
      (file: file, spec: SpecReader.read(YAMLParser.parse(file, into: &bag), of: file, into: &bag))
    }
    let settingsFile = SourceFile(id: FileID(texts.count), path: "nines.yaml", text: settings)
    let settingsSpec = SpecReader.readSettings(
      YAMLParser.parse(settingsFile, into: &bag),
      of: settingsFile,
      rules: RuleRegistry.descriptors,
      into: &bag
    )
    let catalog = Resolver.resolve(files: read, settings: [settingsSpec], into: &bag)
    let codes = Set(RuleRegistry.descriptors.map(\.code))
    let linter = Linter(knownCodes: codes, today: Self.today)
    let files = specs + [settingsFile]
    let paths = Dictionary(uniqueKeysWithValues: specs.map { ($0.id, $0.path) })
    let judged = linter.lint(catalog, paths: paths, after: bag.diagnostics).map { diagnostic in
      diagnostic.settled { id in files.first { $0.id == id } }
    }
    self.files = files
    diagnostics = bag.diagnostics + judged
  }

  private static func settings(saidIn text: String) -> String {
    let mark = "# nines.yaml says: "
    let line = text.split(separator: "\n").first { $0.hasPrefix(mark) }
    guard let words = line?.dropFirst(mark.count).split(separator: " "), words.count == 2 else {
      return "nines: v1\nretention: 100d\n"
    }
    return "nines: v1\n\(words[0]): \(words[1])\n"
  }

  /// Examples leave out what is the same in all of them.
  static func withHeader(_ text: String) -> String {
    text.hasPrefix("nines:") || text.contains("\nnines:") ? text : "nines: v1\nservice: example\nowner: team\n\(text)\n"
  }

  func diagnostics(of code: String) -> [Diagnostic] { diagnostics.filter { $0.descriptor.code == code } }

  /// Each finding as `CODE: message`, followed by the text that it underlines.
  var findings: [String] { diagnostics.map(line) }

  func findings(of code: String) -> [String] { diagnostics(of: code).map(line) }

  func messages(of code: String) -> [String] { diagnostics(of: code).map(\.message) }

  /// What the findings of a code underline, in the order in which it stands in the specs.
  func underlined(by code: String) -> [String] { diagnostics(of: code).map { underlined($0.span) } }

  func underlined(_ span: SourceSpan) -> String {
    files.first { $0.id == span.file }?.text(in: span.range) ?? ""
  }

  private func line(_ diagnostic: Diagnostic) -> String {
    "\(diagnostic.descriptor.code): \(diagnostic.message) ‹\(underlined(diagnostic.span))›"
  }

  /// What guillemets mark in a text, in order.
  static func marks(in text: String) -> [String] {
    text.split(separator: "«", omittingEmptySubsequences: false).dropFirst().map {
      String($0.prefix { $0 != "»" })
    }
  }
}

/// Expects that a code is raised at exactly the marks of a spec, with exactly these messages.
func expectFindings(
  of code: String,
  in spec: String,
  settings: String = "nines: v1\nretention: 100d\n",
  _ messages: String...,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let linted = LintedText(spec, settings: settings)
  #expect(linted.messages(of: code) == messages, sourceLocation: sourceLocation)
  #expect(linted.underlined(by: code) == LintedText.marks(in: spec), sourceLocation: sourceLocation)
  let others = linted.diagnostics.filter { $0.severity == .error && $0.descriptor.code != code }
  #expect(others.map(\.message) == [], "nothing else may be wrong with the spec", sourceLocation: sourceLocation)
}

extension DiagnosticDescriptor: CustomTestStringConvertible {
  package var testDescription: String { "\(code) \(name)" }
}
