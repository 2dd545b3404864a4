/// Counts and remarks that more than one format prints.
enum Wording {
  /// `1 file`, `2 files`.
  static func count(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }

  static func omitted(_ count: Int) -> String {
    count == 1 ? "1 more finding is not shown" : "\(count) more findings are not shown"
  }
}

extension DiagnosticDescriptor {
  /// The documentation page as plain text.
  var plainHelp: String {
    """
    \(summary)

    \(rationale)

    Flagged:
    \(Self.unmarked(flagged))

    Accepted:
    \(accepted)

    Source: \(source)
    """
  }

  /// The documentation page as Markdown.
  package var markdownHelp: String {
    """
    \(summary)

    \(rationale)

    Flagged:

    ```yaml
    \(Self.unmarked(flagged))
    ```

    Accepted:

    ```yaml
    \(accepted)
    ```

    Source: \(source)
    """
  }

  /// An example without the guillemets around what is flagged.
  private static func unmarked(_ example: String) -> String {
    String(String.UnicodeScalarView(example.unicodeScalars.filter { $0 != "«" && $0 != "»" }))
  }
}
