import Diagnostics
import YAMLSource

extension DiagnosticFix {
  /// Writes a text over another, with a title that says so.
  static func writing(_ text: String, over span: SourceSpan, safety: Safety = .safe) -> DiagnosticFix {
    DiagnosticFix(
      "write \(Array(text.utf8).quotedText)",
      edits: [TextEdit(replacing: span, with: text)],
      safety: safety
    )
  }

  /// Advice that no edit can follow.
  static func advice(_ title: String) -> DiagnosticFix { DiagnosticFix(title, safety: .unsafe) }
}

/// The way out of a problem in an expression: a part of its text and what to write instead, or advice.
struct ExpressionFix {
  let title: String
  var edit: (range: Range<Int>, replacement: String)?
  var safety = DiagnosticFix.Safety.safe

  static func writing(
    _ text: String,
    over range: Range<Int>,
    safety: DiagnosticFix.Safety = .safe
  ) -> ExpressionFix {
    ExpressionFix(title: "write \(Array(text.utf8).quotedText)", edit: (range, text), safety: safety)
  }

  static func advice(_ title: String) -> ExpressionFix { ExpressionFix(title: title, edit: nil, safety: .unsafe) }
}

extension ReadContext {
  func fix(_ fix: ExpressionFix, in text: ExpressionText) -> DiagnosticFix {
    guard let edit = fix.edit, keepsYAML(edit, text.node) else { return .advice(fix.title) }
    return DiagnosticFix(
      fix.title,
      edits: [TextEdit(replacing: text.span(edit.range), with: edit.replacement)],
      safety: fix.safety
    )
  }

  /// Whether a scalar is still the same scalar to YAML after an edit.
  private func keepsYAML(_ edit: (range: Range<Int>, replacement: String), _ node: YAMLNode) -> Bool {
    guard node.isPlain, let first = edit.replacement.utf8.first else { return true }
    if edit.range.lowerBound == 0, ">|&*!%@`#-?:{}[],\"'".utf8.contains(first) { return false }
    // Brackets and commas may stand in a plain scalar unless it stands in brackets itself.
    return !edit.replacement.utf8.contains { "[]{},".utf8.contains($0) } || isAloneOnItsLine(node)
  }

  private func isAloneOnItsLine(_ node: YAMLNode) -> Bool {
    let newline = UInt8(ascii: "\n")
    let before = file.bytes[..<Int(node.span.start)].reversed().prefix { $0 != newline }
    let after = file.bytes[Int(node.span.end)...].prefix { $0 != newline }.first { !$0.isSpace }
    return !before.contains { "[{,".utf8.contains($0) } && (after == nil || after == UInt8(ascii: "#"))
  }
}
