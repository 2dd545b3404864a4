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
      agreement.promises.flatMap { counted(in: $0, but: agreement, catalog) + leftOut(of: $0, but: agreement, catalog) }
    }
  }

  private func counted(in promise: Promise, but agreement: Agreement, _ catalog: Catalog) -> [Finding] {
    let indicator = catalog[promise.indicator]
    let measured = Set(indicator.excluding.map(\.value))
    return agreement.excluding.filter { !measured.contains($0.value) && catalog[$0.value].isMeasurable }.map {
      Finding(
        """
        agreement '\(agreement.name.value)' excludes '\(catalog[$0.value].name.value)', which '\(indicator.name.value)' \
        counts
        """,
        at: $0.span,
        notes: [DiagnosticNote("the promise that it measures", at: promise.expression.span)],
        whole: indicator.span
      )
    }
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
