import Diagnostics
import SpecCatalog

/// What the objectives of some workspaces counted when they were last compiled, as their manifests remember it.
package struct RecordedCounts: Sendable, Hashable {
  /// By workspace: hashes of what is counted, by the full name of the objective.
  private let hashes: [String: [String: String]]

  /// `hashes` has the names of workspaces that were compiled before; of others nothing is remembered.
  package init(_ hashes: [String: [String: String]] = [:]) {
    self.hashes = hashes
  }

  /// A warning for each objective that counts something else than it did: events of before are not in its new ledger.
  /// `now` has hashes by the full names of the objectives.
  func changes(to now: [String: String], of analysis: Analysis) -> [Diagnostic] {
    guard let before = hashes[analysis.workspace.name] else { return [] }
    return analysis.catalog.objectives.compactMap { objective in
      let name = objective.fullName
      guard let old = before[name], let new = now[name], old != new else { return nil }
      return Diagnostic(
        .ledgerStartsAnew,
        "what '\(name)' counts has changed: its ledger starts anew",
        at: objective.name.span,
        notes: [DiagnosticNote("its series so far stay under sli=\"\(old)\"; new ones have sli=\"\(new)\"")],
        fix: DiagnosticFix(
          "run 'nines backfill' once the new rules are live, or keep what it counted and add an objective beside it"
        )
      )
    }
  }
}

extension DiagnosticDescriptor {
  package static let ledgerStartsAnew = DiagnosticDescriptor(
    code: "SLO905",
    name: "ledger-starts-anew",
    severity: .warning,
    isConfigurable: false,
    summary: "What an objective counts stays the same, or its past is known to be lost.",
    rationale: """
      Events that were counted differently must not be mixed, so a change of what counts starts a new ledger, with a \
      budget as young as itself. The failures of the last weeks are forgotten with the old one, and a freeze that they \
      had earned ends. Titles, owners, labels, targets and windows change without that.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        «availability»: requests >= 99.9% over 28d # counted also 4xx as bad when it was last compiled
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"[45].."}
          valid: http_requests_total
        server-side:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9% over 28d
        server-availability: server-side >= 99.9% over 28d # until it has a past of its own
      """,
    source: "The ledger's `sli` label; docs/operations.md, Changing what counts."
  )
}
