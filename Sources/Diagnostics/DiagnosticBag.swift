/// What a run has found wrong so far, passed along as `inout`.
///
/// The bag keeps the first diagnostics up to a limit and counts the rest, so that a hostile file cannot turn
/// its size into ours.
package struct DiagnosticBag: Sendable {
  /// How many diagnostics are kept; enough for any file that a person would mend by hand.
  package static let limit = 2_000

  package private(set) var diagnostics: [Diagnostic] = []
  /// How many more there were.
  package private(set) var omitted = 0
  private var worst: Severity?

  package init() {}

  package mutating func report(_ diagnostic: Diagnostic) {
    worst = max(worst ?? diagnostic.severity, diagnostic.severity)
    if diagnostics.count < Self.limit {
      diagnostics.append(diagnostic)
    } else {
      omitted += 1
    }
  }

  package mutating func report(
    _ descriptor: DiagnosticDescriptor,
    _ message: String,
    at span: SourceSpan,
    notes: [DiagnosticNote] = [],
    fix: DiagnosticFix? = nil
  ) {
    report(Diagnostic(descriptor, message, at: span, notes: notes, fix: fix))
  }

  package mutating func add(_ other: DiagnosticBag) {
    other.diagnostics.forEach { report($0) }
    omitted += other.omitted
    if let theirs = other.worst { worst = max(worst ?? theirs, theirs) }
  }

  /// The bag with only some of its diagnostics; those that were no more than counted still count.
  package func keeping(_ some: [Diagnostic]) -> DiagnosticBag {
    var kept = DiagnosticBag()
    some.forEach { kept.report($0) }
    kept.omitted = omitted
    if omitted > 0 { kept.worst = worst }
    return kept
  }

  package var hasErrors: Bool { worst == .error }
}
