import Diagnostics
import Emitters
import StructuredText

/// A code's documentation, made from its descriptor alone.
package enum RulePage {
  /// The page in Markdown, with a line break at its end.
  package static func markdown(of descriptor: DiagnosticDescriptor) -> String {
    """
    # \(descriptor.code) \(descriptor.name)

    \(standing(of: descriptor))

    \(descriptor.markdownHelp)

    """
  }

  /// The pages of all codes, `index.md`, and the manifest that tells later runs which pages are no longer made.
  package static func artifacts(of catalogue: [DiagnosticDescriptor], version: String) -> [Artifact] {
    let pages = catalogue.map { Artifact(path: "\($0.code).md", text: markdown(of: $0)) }
    let files = [Artifact(path: "index.md", text: index(of: catalogue))] + pages
    return files + [Manifest.artifact(inputs: [], outputs: files.map(\.digest), compilerVersion: version)]
  }

  private static func standing(of descriptor: DiagnosticDescriptor) -> String {
    "\(severity(of: descriptor))\(mending(of: descriptor))"
  }

  private static func mending(of descriptor: DiagnosticDescriptor) -> String {
    switch descriptor.fix {
    case .safe: "\n\n`nines lint --fix` mends it."
    case .unsafe: "\n\n`nines lint --unsafe-fixes` mends it in a way that takes a look."
    case nil: ""
    }
  }

  private static func severity(of descriptor: DiagnosticDescriptor) -> String {
    descriptor.isConfigurable
      ? """
      Severity: \(descriptor.severity.rawValue), unless `nines.yaml` says otherwise under `rules`. To accept one finding, write \
      `# nines:allow \(descriptor.code): why` where it stands.
      """
      : "Severity: \(descriptor.severity.rawValue), which no workspace can change."
  }

  private static func index(of catalogue: [DiagnosticDescriptor]) -> String {
    let table = MarkdownTable(
      columns: [.init("code"), .init("name"), .init("severity"), .init("asks that")],
      rows: catalogue.map { descriptor in
        [
          .link(descriptor.code, to: "\(descriptor.code).md"), .text(descriptor.name),
          .text(descriptor.severity.rawValue), .text(descriptor.summary),
        ]
      }
    )
    return """
      # What nines finds

      Every code that `nines lint` can report; `nines explain CODE` prints the same pages.

      \(table.text)
      """
  }
}
