import Diagnostics
import SpecCatalog
import SpecSyntax
import YAMLSource

/// The part of the pipeline that reports a code.
enum CompilerStage: Int, Comparable {
  case yaml, syntax, names, judgement

  init(of descriptor: DiagnosticDescriptor) {
    self = Self.stages[descriptor.code] ?? .judgement
  }

  private static let stages: [String: CompilerStage] = {
    let codes: [(CompilerStage, [DiagnosticDescriptor])] = [
      (.yaml, YAMLDiagnostics.all), (.syntax, SyntaxDiagnostics.all), (.names, CatalogDiagnostics.all),
    ]
    let pairs = codes.flatMap { stage, descriptors in descriptors.map { ($0.code, stage) } }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }()

  static func < (left: CompilerStage, right: CompilerStage) -> Bool { left.rawValue < right.rawValue }
}
