import Diagnostics
import Parallelism
import Quantities
import SpecCatalog

/// Judges a catalog by every rule, with the severities and suppressions that the workspace states.
package struct Linter: Sendable {
  private let rules: [any LintRule]
  private let knownCodes: Set<String>
  private let today: CalendarDate

  /// `knownCodes` are those of the whole catalogue, so that a suppression can be told from a misspelt one.
  package init(rules: [any LintRule] = RuleRegistry.rules, knownCodes: Set<String>, today: CalendarDate) {
    self.rules = rules
    self.knownCodes = knownCodes
    self.today = today
  }

  /// `paths` are those of the specs, below the folder of the workspace's specs, by which globs know them. `earlier` is
  /// what reading and resolving have found: what merely follows from its errors is not said.
  package func lint(
    _ catalog: Catalog,
    paths: [FileID: String] = [:],
    after earlier: [Diagnostic] = []
  ) -> [Diagnostic] {
    let severities = SeveritySettings(catalog.settings, paths: paths)
    let errors = earlier.filter { $0.severity == .error }.map(\.span)
    var found: [JudgedFinding] = []
    func judge(_ findings: [Finding], by descriptor: DiagnosticDescriptor) {
      for finding in findings {
        guard let diagnostic = severities.diagnostic(descriptor, finding) else { continue }
        let follows = finding.isDoubtful || finding.whole.map { $0.holdsAny(of: errors) } ?? false
        found.append(JudgedFinding(diagnostic: diagnostic, followsFromError: follows))
      }
    }
    let asked = rules.filter { severities.mayReport($0.descriptor) }
    let today = today
    let findings = ParallelWork.map(asked) { $0.findings(in: catalog, on: today) }
    for (rule, findings) in zip(asked, findings) { judge(findings, by: rule.descriptor) }
    for standard in catalog.settings.standards where severities.mayReport(standard.descriptor) {
      judge(StandardCheck(standard, catalog).findings, by: standard.descriptor)
    }
    let known = knownCodes.union(catalog.settings.standards.map(\.name.value))
    return suppress(found, by: catalog.suppressions, known, severities, errors)
  }

  /// Drops what is suppressed, and reports suppressions that are expired, useless or without a reason.
  private func suppress(
    _ found: [JudgedFinding],
    by suppressions: [Suppression],
    _ knownCodes: Set<String>,
    _ severities: SeveritySettings,
    _ errors: [SourceSpan]
  ) -> [Diagnostic] {
    var byCode: [String: [Int]] = [:]
    for (index, suppression) in suppressions.enumerated() {
      byCode[suppression.code.value, default: []].append(index)
    }
    var useful = Set<Int>()
    var kept: [Diagnostic] = []
    for finding in found {
      let diagnostic = finding.diagnostic
      let covering = (byCode[diagnostic.descriptor.code] ?? []).filter {
        suppressions[$0].covers(diagnostic.span) && diagnostic.descriptor.isConfigurable
      }
      useful.formUnion(covering)
      if finding.followsFromError || covering.contains(where: { suppressions[$0].holds(on: today) }) { continue }
      kept.append(diagnostic)
    }
    let remarks = suppressions.enumerated().compactMap { index, suppression in
      // What the suppression is about may be what could not be read.
      let isUseful = useful.contains(index) || suppression.scope.holdsAny(of: errors)
      return objection(to: suppression, isUseful: isUseful, knownCodes).flatMap {
        severities.diagnostic($0.descriptor, $0.finding)
      }
    }
    return (kept + remarks).sorted { $0.place < $1.place }
  }

  private func objection(
    to suppression: Suppression,
    isUseful: Bool,
    _ knownCodes: Set<String>
  ) -> (descriptor: DiagnosticDescriptor, finding: Finding)? {
    let code = suppression.code.value
    if let unread = suppression.unread {
      return (
        SuppressionDescriptors.malformed,
        Finding(
          "'\(unread.value)' is neither 'until' with a date nor the reason, which follows a colon",
          at: unread.span,
          fix: DiagnosticFix("write it as in '# nines:allow \(code) until 2027-03-31: why'", safety: .unsafe)
        )
      )
    }
    if suppression.reason == nil {
      return (
        SuppressionDescriptors.withoutReason,
        Finding(
          "suppression of '\(code)' gives no reason",
          at: suppression.span,
          fix: DiagnosticFix("say why behind a colon: '# nines:allow \(code): why'", safety: .unsafe)
        )
      )
    }
    if let until = suppression.until, until.value < today {
      return (
        SuppressionDescriptors.expired,
        Finding(
          "suppression of '\(code)' ended on \(until.value)",
          at: until.span,
          fix: DiagnosticFix("mend what it covers, or look at it again by a later day", safety: .unsafe)
        )
      )
    }
    guard !isUseful else { return nil }
    return (
      SuppressionDescriptors.useless,
      Finding(
        knownCodes.contains(code)
          ? "nothing here raises '\(code)'" : "suppression of '\(code)', which is no code of the catalogue",
        at: suppression.span,
        fix: DiagnosticFix("remove it", edits: [TextEdit(removing: suppression.span)])
      )
    )
  }
}

/// A finding, and whether an earlier error says all there is to say.
private struct JudgedFinding {
  let diagnostic: Diagnostic
  let followsFromError: Bool
}

extension SourceSpan {
  fileprivate func holdsAny(of others: [SourceSpan]) -> Bool {
    others.contains { $0.file == file && start <= $0.start && $0.start <= end }
  }
}

extension Suppression {
  /// A suppression without a reason, with words that nobody understands, or past its day suppresses nothing.
  fileprivate func holds(on today: CalendarDate) -> Bool {
    guard reason != nil, unread == nil else { return false }
    return until.map { today <= $0.value } ?? true
  }
}

extension Diagnostic {
  /// Files in the order in which they were read, then from top to bottom, then by code.
  fileprivate var place: (UInt32, UInt32, UInt32, String) {
    (span.file.index, span.start, span.end, descriptor.code)
  }
}
