/// One thing that is wrong, where it is wrong, and what would put it right.
package struct Diagnostic: Sendable, Equatable {
  package let descriptor: DiagnosticDescriptor
  package let severity: Severity
  /// Lower case, no full stop, user text in single quotes.
  package let message: String
  package let span: SourceSpan
  package let notes: [DiagnosticNote]
  package let fix: DiagnosticFix?

  package init(
    _ descriptor: DiagnosticDescriptor,
    severity: Severity? = nil,
    _ message: String,
    at span: SourceSpan,
    notes: [DiagnosticNote] = [],
    fix: DiagnosticFix? = nil
  ) {
    self.descriptor = descriptor
    self.severity = severity ?? descriptor.severity
    self.message = message
    self.span = span
    self.notes = notes
    self.fix = fix
  }
}

extension Diagnostic {
  /// The same with the exact bytes of its edits, which takes the text of the files that they are in.
  package func settled(in files: (FileID) -> SourceFile?) -> Diagnostic {
    guard let fix, !fix.edits.isEmpty else { return self }
    let edits = fix.edits.map { edit in files(edit.span.file).map(edit.settled) ?? edit }
    let settled = DiagnosticFix(fix.title, edits: edits, safety: fix.safety)
    return Diagnostic(descriptor, severity: severity, message, at: span, notes: notes, fix: settled)
  }
}

/// A remark beside a diagnostic, with the other place that it speaks of where there is one.
package struct DiagnosticNote: Sendable, Equatable {
  package let message: String
  package let span: SourceSpan?

  package init(_ message: String, at span: SourceSpan? = nil) {
    self.message = message
    self.span = span
  }
}

/// The way out, in words, with the edits that take it where they are certain.
package struct DiagnosticFix: Sendable, Equatable {
  /// `safe` edits keep the meaning that the author stated; the others need a person's eye.
  package enum Safety: String, Sendable {
    case safe
    case unsafe
  }

  package let title: String
  package let edits: [TextEdit]
  package let safety: Safety

  package init(_ title: String, edits: [TextEdit] = [], safety: Safety = .safe) {
    self.title = title
    self.edits = edits
    self.safety = safety
  }
}
