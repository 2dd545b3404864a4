/// How a report is written; the raw value is what `--format` takes.
package enum ReportFormat: String, Sendable, CaseIterable {
  /// For people, with the lines that are meant.
  case text
  /// This project's own document.
  case json
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// Workflow commands, which GitHub shows beside the changed lines.
  case github
  /// GitLab's Code Quality report.
  case gitlab
  /// A test report, for everything else that runs builds.
  case junit
}

/// What may vary within a format.
package struct ReportOptions: Sendable {
  /// Whether text for people is coloured.
  package var color: Bool
  /// The columns of the terminal; nil where the text goes elsewhere.
  package var width: Int?
  /// The compiler's own version, for formats that name their tool.
  package var toolVersion: String?

  package init(color: Bool = false, width: Int? = nil, toolVersion: String? = nil) {
    self.color = color
    self.width = width
    self.toolVersion = toolVersion
  }
}

extension DiagnosticReport {
  /// The whole report in one format, with a line break at its end unless it is empty.
  package func text(as format: ReportFormat, _ options: ReportOptions = ReportOptions()) -> String {
    switch format {
    case .text: TerminalReporter(color: options.color, width: options.width).text(of: self)
    case .json: JSONReporter.text(of: self)
    case .sarif: SARIFReporter(toolVersion: options.toolVersion).text(of: self)
    case .github: GitHubReporter.text(of: self)
    case .gitlab: GitLabReporter.text(of: self)
    case .junit: JUnitReporter.text(of: self)
    }
  }
}
