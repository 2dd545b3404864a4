import Diagnostics

/// What the baseline of some workspaces becomes when it is written anew.
package struct BaselineUpdate: Sendable {
  /// Why it is not written.
  package enum Refusal: Error, Sendable {
    /// Errors of reading, which no baseline takes.
    case errors(DiagnosticReport)
    /// Findings that the baseline does not have, though it was begun already and only shrinks.
    case grows(DiagnosticReport)
    /// More findings than are kept.
    case tooMany(DiagnosticReport)
  }

  package let baseline: Baseline
  /// How many findings were not there before.
  package let added: Int
  /// How many entries have gone.
  package let removed: Int

  /// A baseline of everything that is found now. One that is there already takes in new findings only for a reason.
  package init(_ workspaces: [Workspace], by compiler: Compiler, growingFor reason: String?) throws(Refusal) {
    let report = Analysis.report(of: workspaces.map { compiler.analyze($0.judged(by: nil)) })
    let errors = report.keeping({ !$0.descriptor.isConfigurable }, withheld: DiagnosticReport.Withheld())
    if !errors.diagnostics.isEmpty { throw .errors(errors) }
    if report.omitted > 0 { throw .tooMany(report) }
    let existing = workspaces.lazy.compactMap(\.baseline).first
    let known = Dictionary(
      (existing?.entries ?? []).map { ($0.fingerprint, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var entries: [Baseline.Entry] = []
    var new: [Diagnostic] = []
    for (diagnostic, fingerprint) in zip(report.diagnostics, report.fingerprints) {
      if let entry = known[fingerprint] {
        entries.append(entry)
        continue
      }
      new.append(diagnostic)
      entries.append(
        Baseline.Entry(
          code: diagnostic.descriptor.code,
          path: report.file(diagnostic.span.file).path,
          message: diagnostic.message,
          fingerprint: fingerprint,
          reason: existing == nil ? nil : reason
        )
      )
    }
    if existing != nil, reason == nil, !new.isEmpty {
      let known = DiagnosticReport.Withheld(inBaseline: entries.count - new.count)
      throw .grows(report.keeping({ new.contains($0) }, withheld: known))
    }
    baseline = Baseline(entries)
    added = new.count
    removed = known.count - (entries.count - new.count)
  }
}

extension BaselineUpdate {
  /// `12 findings, 3 of them new, 1 gone`.
  package var summary: String {
    let count = baseline.entries.count
    return "\(count) \(count == 1 ? "finding" : "findings"), \(added) of them new, \(removed) gone"
  }
}

extension BaselineUpdate.Refusal {
  /// The findings that stand in the way.
  package var report: DiagnosticReport {
    switch self {
    case .errors(let report), .grows(let report), .tooMany(let report): report
    }
  }

  package var reason: String {
    switch self {
    case .errors: "errors of reading are in no baseline, and nobody knows what they hide; nothing was written"
    case .grows:
      "the baseline does not have these, and it only shrinks; '--grow REASON' takes them in; nothing was written"
    case .tooMany: "there are more findings than can be recorded; nothing was written"
    }
  }
}

extension DiagnosticDescriptor {
  package static let staleBaseline = DiagnosticDescriptor(
    code: "SLO907",
    name: "stale-baseline",
    severity: .warning,
    summary: "A baseline has no entry for a finding that is gone.",
    rationale: """
      A baseline is a debt that gets smaller. An entry that outlived its finding lets the same mistake be made again \
      without a word, and hides how much of the debt is paid.
      """,
    flagged: """
      objectives:
        availability: requests >= 99.9% over 28d # «.nines-baseline.json» still has the 30d that was here
      """,
    accepted: """
      objectives:
        availability: requests >= 99.9% over 28d # and 'nines lint --write-baseline' has been run
      """,
    source: "The practice of linters that let a baseline only shrink."
  )
}
