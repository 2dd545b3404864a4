/// Counts and remarks that more than one format prints.
enum Wording {
  /// `1 file`, `2 files`.
  static func count(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }

  static func omitted(_ count: Int) -> String {
    count == 1 ? "1 more finding is not shown" : "\(count) more findings are not shown"
  }

  /// Nil where there are none.
  static func inBaseline(_ count: Int) -> String? {
    count == 0 ? nil : "\(self.count(count, "finding")) \(count == 1 ? "is" : "are") in the baseline"
  }

  /// Nil where there are none.
  static func elsewhere(_ count: Int) -> String? {
    guard count > 0 else { return nil }
    return "\(self.count(count, "finding")) in other files \(count == 1 ? "is" : "are") not shown"
  }
}

extension DiagnosticDescriptor {
  /// The documentation page as plain text.
  var plainHelp: String {
    """
    \(summary)

    \(rationale)
    \(examplesHelp)
    \(optionsHelp)
    Source: \(source)
    """
  }

  /// The documentation page as Markdown.
  package var markdownHelp: String {
    """
    \(summary)

    \(rationale)
    \(markdownExamples)
    \(optionsHelp)
    Source: \(source)
    """
  }

  /// Both examples; nothing where there are none, as for a standard of an organisation.
  private var examplesHelp: String {
    flagged.isEmpty ? "" : "\nFlagged:\n\(Self.unmarked(flagged))\n\nAccepted:\n\(accepted)"
  }

  private var markdownExamples: String {
    guard !flagged.isEmpty else { return "" }
    return """

      Flagged:

      ```yaml
      \(Self.unmarked(flagged))
      ```

      Accepted:

      ```yaml
      \(accepted)
      ```
      """
  }

  /// What a workspace may set, a line for each option, between two empty lines; an empty line where there is nothing.
  private var optionsHelp: String {
    if options.isEmpty { return "" }
    let lines = options.map { option in
      let unit = option.unit.map { " \($0)" } ?? ""
      return "- `\(option.name)`, \(option.kind.meaning): \(option.doc); `\(option.standard)`\(unit) unless it is set."
    }
    return "\nOptions, under `rules: \(code):` in `nines.yaml`:\n\n\(lines.joined(separator: "\n"))\n"
  }

  /// An example without the guillemets around what is flagged.
  private static func unmarked(_ example: String) -> String {
    String(String.UnicodeScalarView(example.unicodeScalars.filter { $0 != "«" && $0 != "»" }))
  }
}
