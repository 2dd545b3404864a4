import Diagnostics
import PromQL
import Quantities
import SpecCatalog

struct NotInDialect: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO213",
    name: "not-in-dialect",
    severity: .error,
    isConfigurable: false,
    summary: "An indicator asks for nothing that the system lacks which evaluates the rules.",
    rationale: """
      A function that VictoriaMetrics does not know passes vmalert's check of the rule file and fails at every evaluation: \
      the rule records nothing, and the objective has no budget.
      """,
    flagged: """
      # nines.yaml says: dialect victoriametrics
      exclusions:
        year-end: { reason: stocktaking, when: «day_of_year()» == 365 }
      """,
    accepted: """
      # nines.yaml says: dialect victoriametrics
      exclusions:
        year-end: { reason: stocktaking, when: month() == 12 and day_of_month() == 31 }
      """,
    source: "docs/dialects.md"
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    let dialect = catalog.settings.dialect
    let features = dialect.features
    var findings: [Finding] = []
    if !features.missingFunctions.isEmpty {
      findings += Self.queries(in: catalog).flatMap { query in
        query.value.calls.filter { features.missingFunctions.contains($0.function) }.map { call in
          Finding(
            "function '\(call.function.rawValue)' is not part of \(dialect.rawValue)",
            at: query.span(of: call.place)
          )
        }
      }
    }
    if !features.hasNativeHistograms { findings += nativeHistograms(in: catalog) }
    return findings
  }

  private static func queries(in catalog: Catalog) -> [SourcedQuery<PromQLExpression>] {
    catalog.indicators.flatMap { queries(in: $0) } + catalog.exclusions.compactMap(\.when)
  }

  private static func queries(in indicator: Indicator) -> [SourcedQuery<PromQLExpression>] {
    switch indicator.kind {
    case .ratio(let source):
      (source.numerator + source.valid).compactMap { query in
        switch query {
        case .counter: nil
        case .template(let template): template
        }
      }
    case .time(let source):
      source.downWhen.compactMap { condition in
        switch condition {
        case .query(let query, sustained: _): query
        case .condition: nil
        }
      }
    case .distribution, .gauge, .attested: []
    }
  }

  private func nativeHistograms(in catalog: Catalog) -> [Finding] {
    let contracts = ContractIndex(catalog)
    return catalog.indicators.compactMap { indicator in
      guard case .distribution(let source) = indicator.kind, source.histogram == .native else { return nil }
      let name = source.selector.value.metricName ?? ""
      let declared = contracts.metric(name, for: indicator.service)
      return Finding(
        "'\(name)' is a native histogram, and \(catalog.settings.dialect.rawValue) reads none",
        at: source.selector.span(of: source.selector.value.place),
        notes: declared.map { [DiagnosticNote("declared here", at: $0.kind.span)] } ?? []
      )
    }
  }
}

extension PromQLExpression {
  fileprivate var calls: [FunctionCall] {
    var calls: [FunctionCall] = []
    walk { if case .call(let call) = $0 { calls.append(call) } }
    return calls
  }
}
