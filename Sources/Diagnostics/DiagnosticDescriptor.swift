/// How much a finding matters. An `error` fails the run.
package enum Severity: String, Sendable, CaseIterable, Comparable {
  case info
  case warning
  case error

  package static func < (left: Severity, right: Severity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// One code of the catalogue and its whole documentation page, declared beside the code that reports it.
package struct DiagnosticDescriptor: Sendable {
  /// `SLO` and three digits. A code is never given a second meaning.
  package let code: String
  /// The bad pattern in kebab case; it reads after the word "allow".
  package let name: String
  package let severity: Severity
  /// Whether `nines.yaml` may change the severity or turn the rule off.
  package let isConfigurable: Bool
  /// What kind of edits put its example right; nil where the way out takes a person's thought.
  package let fix: DiagnosticFix.Safety?
  package let summary: String
  /// What the pattern does to a real service.
  package let rationale: String
  /// A spec in which guillemets mark exactly what is reported.
  package let flagged: String
  /// The same spec put right.
  package let accepted: String
  /// What the advice rests on: a chapter, a specification, the documentation of a tool.
  package let source: String
  /// The figures in it that are a matter of judgement, which `nines.yaml` may set.
  package let options: [RuleOption]

  package init(
    code: String,
    name: String,
    severity: Severity,
    isConfigurable: Bool = true,
    fix: DiagnosticFix.Safety? = nil,
    summary: String,
    rationale: String,
    flagged: String,
    accepted: String,
    source: String,
    options: [RuleOption] = []
  ) {
    self.code = code
    self.name = name
    self.severity = severity
    self.isConfigurable = isConfigurable
    self.fix = fix
    self.summary = summary
    self.rationale = rationale
    self.flagged = flagged
    self.accepted = accepted
    self.source = source
    self.options = options
  }
}

extension DiagnosticDescriptor: Hashable {
  package static func == (left: DiagnosticDescriptor, right: DiagnosticDescriptor) -> Bool {
    left.code == right.code
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(code)
  }
}
