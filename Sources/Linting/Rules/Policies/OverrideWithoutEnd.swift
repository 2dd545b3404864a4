import Diagnostics
import Quantities
import SpecCatalog

struct OverrideWithoutEnd: LintRule {
  private static let longest = RuleFigure.duration(
    "longest",
    // An exception for longer than the longest usual window is no exception.
    standard: .days(31),
    "how long an override lasts at most"
  )

  let descriptor = DiagnosticDescriptor(
    code: "SLO509",
    name: "override-without-end",
    severity: .error,
    summary: "An override says why, by whom, and until when.",
    rationale: """
      An exception without an end is a new rule that nobody decided. Next year it lets a deploy out that its author \
      never heard of.
      """,
    flagged: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 10%, allow: all }
            exhausted: { when: remaining <= 10%, allow: [fix] }
          without-data: { for: 15m, then: freeze }
      overrides:
        - change: «feature»
          for: example
          reason: a regulator's deadline
          by: head-of-banking
      """,
    accepted: """
      policies:
        budget:
          changes: [feature, fix]
          levels:
            healthy: { when: remaining > 10%, allow: all }
            exhausted: { when: remaining <= 10%, allow: [fix] }
          without-data: { for: 15m, then: freeze }
      overrides:
        - change: feature
          for: example
          reason: a regulator's deadline
          by: head-of-banking
          from: 2099-10-01T08:00:00Z
          until: 2099-10-02T20:00:00Z
      """,
    source: "The practice of time-boxed exceptions in change management.",
    options: [longest.option]
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let longest = Self.longest.value(of: descriptor, in: catalog)
    return catalog.overrides.compactMap { override in
      let missing = override.missing
      guard missing.isEmpty else {
        return Finding(
          "override of '\(override.change.value)' for '\(override.scope.value)' has no \(missing)",
          at: override.change.span,
          whole: override.span
        )
      }
      guard let from = override.from, let until = override.until else { return nil }
      if until.value <= from.value {
        return Finding("the override ends at \(until.value), not after it begins", at: until.span)
      }
      guard until.value - from.value > longest else { return nil }
      return Finding(
        "the override lasts \((until.value - from.value).seconds.durationFigureText), longer than \(longest)",
        at: until.span
      )
    }
  }
}

extension Override {
  /// The keys that are not there, as a message lists them.
  fileprivate var missing: String {
    var keys: [String] = []
    if until == nil { keys.append("'until'") }
    if reason == nil { keys.append("'reason'") }
    if by == nil { keys.append("'by'") }
    return keys.joined(separator: " and no ")
  }
}
