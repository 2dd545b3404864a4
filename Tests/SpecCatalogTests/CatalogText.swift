import Diagnostics
import Quantities
import SpecCatalog
import SpecSyntax
import YAMLSource

/// Specs written in a test, resolved, with what was found wrong on the way.
struct CatalogText {
  let files: [SourceFile]
  let catalog: Catalog
  let diagnostics: [Diagnostic]

  /// Guillemets in the texts are marks and no part of the specs.
  init(_ texts: String..., settings: String? = nil) {
    self.init(texts: texts, settings: settings)
  }

  init(texts: [String], settings: String? = nil) {
    var bag = DiagnosticBag()
    files = texts.enumerated().map { index, text in
      SourceFile(id: FileID(index), path: "spec\(index).yaml", text: text.filter { $0 != "«" && $0 != "»" })
    }
    let read = files.map { file in
      (file: file, spec: SpecReader.read(YAMLParser.parse(file, into: &bag), of: file, into: &bag))
    }
    let settingsFile = SourceFile(id: FileID(texts.count), path: "nines.yaml", text: settings ?? "nines: v1")
    let settingsSpec = SpecReader.readSettings(
      YAMLParser.parse(settingsFile, into: &bag),
      of: settingsFile,
      rules: [],
      into: &bag
    )
    catalog = Resolver.resolve(files: read, settings: [settingsSpec], into: &bag)
    diagnostics = bag.diagnostics
  }

  /// Each finding as `CODE: message`, followed by the text that it underlines.
  var findings: [String] {
    diagnostics.map { "\($0.descriptor.code): \($0.message) ‹\(underlined($0.span))›" }
  }

  func underlined(_ span: SourceSpan) -> String {
    files.first { $0.id == span.file }?.text(in: span.range) ?? ""
  }

  /// What guillemets mark in the texts, in order.
  static func marks(in text: String) -> [String] {
    text.split(separator: "«", omittingEmptySubsequences: false).dropFirst().map {
      String($0.prefix { $0 != "»" })
    }
  }

  func objective(_ fullName: String) -> Objective? { catalog.objectives.first { $0.fullName == fullName } }
}
