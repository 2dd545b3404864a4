import Diagnostics
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

  /// `earlier` is what reading and resolving have found: what merely follows from its errors is not said.
  package func lint(_ catalog: Catalog, after earlier: [Diagnostic] = []) -> [Diagnostic] {
    let severities = severitySettings(of: catalog)
    let errors = earlier.filter { $0.severity == .error }.map(\.span)
    var found: [JudgedFinding] = []
    for rule in rules {
      let descriptor = rule.descriptor
      let setting = severities[descriptor.code]
      if let setting, setting.severity == nil { continue }
      for finding in rule.findings(in: catalog, on: today) {
        let diagnostic = Diagnostic(
          descriptor,
          severity: setting?.severity ?? finding.severity ?? descriptor.severity,
          finding.message,
          at: finding.span,
          notes: finding.notes,
          fix: finding.fix
        )
        let follows = finding.isDoubtful || finding.whole.map { $0.holdsAny(of: errors) } ?? false
        found.append(JudgedFinding(diagnostic: diagnostic, followsFromError: follows))
      }
    }
    return suppress(found, by: catalog.suppressions, errors)
  }

  private func severitySettings(of catalog: Catalog) -> [String: RuleSetting] {
    Dictionary(catalog.settings.rules.map { ($0.code.value, $0) }, uniquingKeysWith: { _, last in last })
  }

  /// Drops what is suppressed, and reports suppressions that are expired, useless or without a reason.
  private func suppress(
    _ found: [JudgedFinding],
    by suppressions: [Suppression],
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
    let remarks = suppressions.enumerated().flatMap { index, suppression in
      // What the suppression is about may be what could not be read.
      objections(to: suppression, isUseful: useful.contains(index) || suppression.scope.holdsAny(of: errors))
    }
    return (kept + remarks).sorted { $0.place < $1.place }
  }

  private func objections(to suppression: Suppression, isUseful: Bool) -> [Diagnostic] {
    let code = suppression.code.value
    if suppression.reason == nil {
      return [
        Diagnostic(
          SuppressionDescriptors.withoutReason,
          "suppression of '\(code)' gives no reason",
          at: suppression.span
        )
      ]
    }
    if let until = suppression.until, until.value < today {
      return [
        Diagnostic(
          SuppressionDescriptors.expired,
          "suppression of '\(code)' ended on \(until.value)",
          at: until.span
        )
      ]
    }
    guard !isUseful else { return [] }
    return [
      Diagnostic(
        SuppressionDescriptors.useless,
        knownCodes.contains(code)
          ? "nothing here raises '\(code)'" : "suppression of '\(code)', which is no code of the catalogue",
        at: suppression.span,
        fix: DiagnosticFix("remove it", edits: [TextEdit(removing: suppression.span)])
      )
    ]
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
  /// A suppression without a reason, or past its day, suppresses nothing.
  fileprivate func holds(on today: CalendarDate) -> Bool {
    guard reason != nil else { return false }
    return until.map { today <= $0.value } ?? true
  }
}

extension Diagnostic {
  /// Files in the order in which they were read, then from top to bottom, then by code.
  fileprivate var place: (UInt32, UInt32, UInt32, String) {
    (span.file.index, span.start, span.end, descriptor.code)
  }
}
