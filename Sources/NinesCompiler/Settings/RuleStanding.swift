import Diagnostics
import Linting
import SpecCatalog

/// What a workspace makes of a code: its severity and options, and where each was decided.
package struct RuleStanding: Sendable {
  private let descriptor: DiagnosticDescriptor
  private let analysis: Analysis

  package init(_ descriptor: DiagnosticDescriptor, in analysis: Analysis) {
    self.descriptor = descriptor
    self.analysis = analysis
  }

  /// The page of a standard that one of the workspaces has.
  package static func standard(_ name: String, in analyses: [Analysis]) -> DiagnosticDescriptor? {
    analyses.lazy.flatMap(\.catalog.settings.standards).first { $0.name.value == name }?.descriptor
  }

  /// A section for each workspace, with a line break at its end.
  package static func markdown(of descriptor: DiagnosticDescriptor, in analyses: [Analysis]) -> String {
    guard descriptor.isConfigurable else { return "" }
    return analyses.map { analysis in
      let place = analysis.workspace.name.isEmpty ? "this workspace" : "workspace `\(analysis.workspace.name)`"
      let lines = RuleStanding(descriptor, in: analysis).lines.map { "- \($0)" }.joined(separator: "\n")
      return "\nIn \(place):\n\n\(lines)\n"
    }.joined()
  }

  private var lines: [String] { severities + options }

  /// What holds for most files first, then the exceptions, the one that counts first before the others.
  private var severities: [String] {
    var exceptions: [String] = []
    for layer in analysis.catalog.settings.ruleLayers {
      for entry in layer.paths.reversed() {
        guard let setting = entry.rules.last(where: { $0.code.value == descriptor.code }), let level = setting.level
        else { continue }
        exceptions.append("\(level.text) for `\(entry.pattern.value.text)`, from \(place(of: setting.code.span))")
      }
      if let setting = layer.setting(of: descriptor.code), let level = setting.level {
        return ["\(level.text), from \(place(of: setting.code.span))"] + exceptions
      }
    }
    return ["\(descriptor.severity), by default"] + exceptions
  }

  private var options: [String] {
    descriptor.options.map { option in
      for layer in analysis.catalog.settings.ruleLayers {
        let stated = layer.rules.filter { $0.code.value == descriptor.code }.flatMap(\.options)
        if let value = stated.first(where: { $0.name.value == option.name }) {
          return "\(option.name) \(text(at: value.name.span)), from \(place(of: value.name.span))"
        }
      }
      return "\(option.name) \(option.standard), by default"
    }
  }

  // MARK: Places

  private func file(of span: SourceSpan) -> SourceFile? {
    analysis.workspace.settingsFiles.first { $0.id == span.file }
  }

  private func text(at span: SourceSpan) -> String { file(of: span)?.text(in: span.range) ?? "" }

  /// `nines.yaml:5`.
  private func place(of span: SourceSpan) -> String {
    guard let file = file(of: span) else { return "the settings" }
    return "\(file.path):\(LineTable(file).line(of: Int(span.start)))"
  }
}

extension RuleSetting.Level {
  fileprivate var text: String {
    switch self {
    case .off: "off"
    case .reported(let severity): severity.rawValue
    }
  }
}
