import Diagnostics
import Quantities
import SpecCatalog

struct ExclusionNotMeasured: LintRule {
  let descriptor = DiagnosticDescriptor(
    code: "SLO408",
    name: "exclusion-not-measured",
    severity: .error,
    summary: "An agreement and the indicators of its promises leave out the same.",
    rationale: """
      Where the agreement excludes maintenance and the indicator counts it, the report to the customer shows a breach \
      that was none. The other way round it hides one.
      """,
    flagged: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      maintenance:
        upgrades:
          windows: [{ weekly: sunday 02:00, duration: 2h }]
      objectives:
        availability: requests >= 99.9% over 28d
      agreements:
        api:
          with: customers
          excluding: [«upgrades»]
          promises:
            uptime: requests >= 99.5% over calendar month
          remedies: [{ below: 99.5%, credit: 10% }]
      """,
    accepted: """
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
          excluding: [upgrades]
      maintenance:
        upgrades:
          windows: [{ weekly: sunday 02:00, duration: 2h }]
      objectives:
        availability: requests >= 99.9% over 28d
      agreements:
        api:
          with: customers
          excluding: [upgrades]
          promises:
            uptime: requests >= 99.5% over calendar month
          remedies: [{ below: 99.5%, credit: 10% }]
      """,
    source: "Google, The Site Reliability Workbook, chapter 2, on what counts as a valid event."
  )

  func findings(in catalog: Catalog, on today: CalendarDate) -> [Finding] {
    catalog.agreements.flatMap { agreement in
      agreement.excluding.compactMap { counted($0, in: agreement, catalog) }
        + agreement.promises.flatMap { leftOut(of: $0, but: agreement, catalog) }
    }
  }

  /// One finding for all promises that count what the agreement excludes.
  private func counted(
    _ exclusion: Located<ExclusionID>,
    in agreement: Agreement,
    _ catalog: Catalog
  ) -> Finding? {
    guard catalog[exclusion.value].isMeasurable else { return nil }
    var seen: Set<IndicatorID> = []
    let counting = agreement.promises.filter { promise in
      !catalog[promise.indicator].excluding.contains { $0.value == exclusion.value }
        && seen.insert(promise.indicator).inserted
    }
    guard let first = counting.first else { return nil }
    let name = catalog[exclusion.value].name.value
    let indicators = counting.map { catalog[$0.indicator].name.value }
    return Finding(
      """
      agreement '\(agreement.name.value)' excludes '\(name)', which \(indicators.quotedList) \
      \(indicators.count == 1 ? "counts" : "count")
      """,
      at: exclusion.span,
      notes: counting.map { DiagnosticNote("the promise that it measures", at: $0.expression.span) },
      fix: DiagnosticFix(
        "write 'excluding: [\(name)]' at \(indicators.count == 1 ? "the indicator" : "the indicators") too",
        safety: .unsafe
      ),
      whole: catalog[first.indicator].span
    )
  }

  private func leftOut(of promise: Promise, but agreement: Agreement, _ catalog: Catalog) -> [Finding] {
    let agreed = Set(agreement.excluding.map(\.value))
    let indicator = catalog[promise.indicator]
    return indicator.excluding.filter { !agreed.contains($0.value) && catalog[$0.value].isMeasurable }.map {
      Finding(
        """
        '\(indicator.name.value)' leaves out '\(catalog[$0.value].name.value)', which agreement \
        '\(agreement.name.value)' does not exclude
        """,
        at: promise.expression.span,
        notes: [DiagnosticNote("where it is left out", at: $0.span)],
        whole: agreement.span
      )
    }
  }
}

extension Exclusion {
  /// Whether an indicator could count it at all.
  fileprivate var isMeasurable: Bool {
    switch kind {
    case .maintenance, .condition: true
    case .notMeasured: false
    }
  }
}
