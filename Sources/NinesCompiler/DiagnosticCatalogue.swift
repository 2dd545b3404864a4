import Diagnostics
import Linting
import Quantities
import SpecCatalog
import SpecSyntax
import YAMLSource

/// Every code that this compiler can report.
package enum DiagnosticCatalogue {
  /// By code.
  package static let all: [DiagnosticDescriptor] =
    (YAMLDiagnostics.all + SyntaxDiagnostics.all + CatalogDiagnostics.all + RuleRegistry.descriptors
    + [.staleArtifact, .staleBaseline, .ledgerStartsAnew])
    .sorted { $0.code < $1.code }

  package static let codes = Set(all.map(\.code))

  /// The descriptor of a code or name, in any case.
  package static func descriptor(of text: String) -> DiagnosticDescriptor? {
    let wanted = text.lowercased()
    return all.first { $0.code.lowercased() == wanted || $0.name == wanted }
  }

  /// The code that was probably meant.
  package static func nearest(to text: String) -> String? {
    nearestSpelling(to: text.uppercased(), among: all.map(\.code))
      ?? nearestSpelling(to: text.lowercased(), among: all.map(\.name))
  }
}

extension DiagnosticDescriptor {
  package static let staleArtifact = DiagnosticDescriptor(
    code: "SLO904",
    name: "stale-artifact",
    severity: .error,
    isConfigurable: false,
    summary: "Artifacts are what the specs compile to.",
    rationale: """
      An artifact that was edited by hand, or not compiled again after its spec changed, says something that nobody \
      reviewed: the alert that runs is not the alert in the spec, and the next compilation takes the edit away.
      """,
    flagged: """
      objectives:
        availability: requests >= 99.95% over 28d # «generated/» still says 99.9%
      """,
    accepted: """
      objectives:
        availability: requests >= 99.95% over 28d # and 'nines compile' has been run
      """,
    source: "The practice of checking generated code into the repository and comparing it in continuous integration."
  )
}
