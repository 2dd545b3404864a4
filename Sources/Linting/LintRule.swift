import Diagnostics
import Quantities
import SpecCatalog

/// One judgement about a catalog: its documentation page and the places where the catalog deserves it.
package protocol LintRule: Sendable {
  var descriptor: DiagnosticDescriptor { get }

  /// Every place the rule objects to. `today` decides what is overdue or lapsed.
  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding]
}

/// What a rule objects to; the linter adds code and severity.
package struct Finding: Sendable {
  package var message: String
  package var span: SourceSpan
  package var notes: [DiagnosticNote]
  package var fix: DiagnosticFix?
  /// What has to have been read as a whole for the finding to hold: an error inside is all there is to say.
  package var whole: SourceSpan?
  /// Whether the finding may merely follow from an error elsewhere.
  package var isDoubtful: Bool
  /// Where one case of a rule weighs more or less than the others.
  package var severity: Severity?

  package init(
    _ message: String,
    at span: SourceSpan,
    notes: [DiagnosticNote] = [],
    fix: DiagnosticFix? = nil,
    whole: SourceSpan? = nil,
    isDoubtful: Bool = false,
    severity: Severity? = nil
  ) {
    self.message = message
    self.span = span
    self.notes = notes
    self.fix = fix
    self.whole = whole
    self.isDoubtful = isDoubtful
    self.severity = severity
  }
}
