import Diagnostics
import Foundation
import PlanModel
import PromQL
import Quantities
import SpecCatalog
import SpecSyntax
import YAMLSource

@testable import PlanLowering

/// Specs written in a test or kept as examples, lowered, with the errors that were found on the way.
struct PlanText {
  let catalog: Catalog
  let plan: Plan
  let errors: [String]

  init(_ texts: String..., settings: String = "nines: v1") {
    self.init(texts: texts, settings: settings)
  }

  init(texts: [String], settings: String) {
    var bag = DiagnosticBag()
    let files = texts.enumerated().map { index, text in
      SourceFile(id: FileID(index), path: "spec\(index).yaml", text: text)
    }
    let read = files.map { file in
      (file: file, spec: SpecReader.read(YAMLParser.parse(file, into: &bag), of: file, into: &bag))
    }
    let settingsFile = SourceFile(id: FileID(texts.count), path: "nines.yaml", text: settings)
    let settingsSpec = SpecReader.readSettings(
      YAMLParser.parse(settingsFile, into: &bag),
      of: settingsFile,
      rules: [Self.brokenWeek],
      into: &bag
    )
    catalog = Resolver.resolve(files: read, settings: [settingsSpec], into: &bag)
    errors = bag.diagnostics.filter { $0.severity == .error }.map(\.message)
    plan = Lowering(catalog: catalog, workspaceTitle: "Test", zones: { _ in .utc }).plan()
  }

  /// The one rule that the settings of an example speak of.
  private static let brokenWeek = DiagnosticDescriptor(
    code: "SLO306",
    name: "broken-week-in-window",
    severity: .info,
    summary: "A rule of a test.",
    rationale: "Settings may name it.",
    flagged: "a: «b»",
    accepted: "a: c",
    source: "a source"
  )

  /// A workspace of the repository's `specs`, lowered once for all tests.
  static func example(_ name: String) throws -> PlanText {
    guard let example = examples[name] else { return try read(name) }
    return try example.get()
  }

  private static let examples = Dictionary(
    uniqueKeysWithValues: ["examples", "flashfusion-studio", "smart-pip"].map { name in
      (name, Result { try read(name) })
    }
  )

  private static func read(_ name: String) throws -> PlanText {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "specs/\(name)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    func text(_ file: String) throws -> String {
      try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    }
    let specs = try names.filter { $0.hasSuffix(".yaml") && $0 != "nines.yaml" }.map(text)
    return PlanText(texts: specs, settings: try text("nines.yaml"))
  }

  var services: [ServicePlan] { plan.services }

  func objective(_ fullName: String) -> ObjectivePlan? {
    services.flatMap(\.objectives).first { $0.name.text == fullName }
  }

  func page(_ title: String) -> CataloguePage? {
    services.flatMap(\.pages).first { $0.title == title }
  }

  /// The panels of the first service's first dashboard.
  var panels: [PanelPlan] { services.first?.dashboards.first?.panels ?? [] }

  func panel(_ title: String) -> PanelPlan? {
    services.flatMap(\.dashboards).flatMap(\.panels).first { $0.title == title }
  }
}

extension CataloguePage {
  /// What stands in a column, from the first row to the last.
  func column(_ name: String) -> [String] {
    guard let index = columns.firstIndex(of: name) else { return [] }
    return rows.map { $0[index] }
  }

  func row(_ first: String) -> [String]? { rows.first { $0.first == first } }
}

extension PanelPlan {
  var texts: [String] { queries.map(\.expression.description) }
}

extension PlanText {
  private var rules: [Rule] {
    (plan.workspace.groups + services.flatMap { $0.groups + $0.objectives.flatMap(\.groups) }).flatMap(\.rules)
  }

  /// The names of the metrics that the plan's rules read.
  var countedNames: Set<String> {
    let expressions = rules.map { rule in
      switch rule {
      case .recording(let recording): recording.expression
      case .alert(let alert): alert.expression
      }
    }
    return Set(expressions.flatMap(\.selectorUses).compactMap(\.selector.metricName)).filter { !$0.hasPrefix("slo:") }
  }

  /// The names of all series that the plan's rules record.
  var recordedNames: Set<String> {
    return Set(
      rules.compactMap { rule in
        switch rule {
        case .recording(let recording): recording.record
        case .alert: nil
        }
      }
    )
  }
}
