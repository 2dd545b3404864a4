import Diagnostics
import Quantities
import SpecCatalog

struct SeveritiesOutOfOrder: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO605",
    name: "severities-out-of-order",
    severity: .error,
    summary: "A less urgent severity promises no faster reaction than a more urgent one.",
    rationale: """
      Severities stand from the most to the least urgent. Where the second is answered faster than the first, two \
      figures were exchanged, and the incident process follows them.
      """,
    flagged: """
      severities:
        P1: { title: Critical, respond: 1h, resolve: 4h }
        P2: { title: High, respond: «15m», resolve: 24h }
      """,
    accepted: """
      severities:
        P1: { title: Critical, respond: 15m, resolve: 4h }
        P2: { title: High, respond: 1h, resolve: 24h }
      """,
    source: "Google, Site Reliability Engineering, chapter 14, on managing incidents."
  )

  private let times: [(key: String, time: @Sendable (IncidentSeverity) -> Located<TimeSpan>?)] = [
    ("respond", { $0.respond }), ("resolve", { $0.resolve }), ("update", { $0.update }),
  ]

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    times.flatMap { key, time in
      var longest: [ServiceID: (severity: IncidentSeverity, time: Located<TimeSpan>)] = [:]
      return catalog.severities.compactMap { severity -> Finding? in
        guard let mine = time(severity) else { return nil }
        guard let urgent = longest[severity.service], mine.value < urgent.time.value else {
          longest[severity.service] = (severity, mine)
          return nil
        }
        return Finding(
          """
          '\(key)' of '\(severity.name.value)' is \(mine.value), faster than the \(urgent.time.value) of \
          '\(urgent.severity.name.value)', which is more urgent
          """,
          at: mine.span,
          notes: [DiagnosticNote("the more urgent severity", at: urgent.time.span)]
        )
      }
    }
  }
}
