import Quantities
import Testing

@testable import SpecCatalog

@Suite("Types of bounds")
struct TypingTests {
  private func resolve(_ objective: String, _ more: String = "") -> CatalogText {
    CatalogText(
      """
      nines: v1
      service: shop
      owner: team
      metrics:
        old_latency: { type: histogram, unit: milliseconds }
        speed: { type: histogram, unit: bits-per-second }
      indicators:
        requests: { good: 'r_total{code!~"5.."}', valid: r_total }
        latency: { distribution: http_request_duration_seconds }
        old: { distribution: old_latency }
        short: { distribution: lookup_time_ms }
        speed: { distribution: speed }
        uptime: { down-when: ['up == 0'] }
        heap: { gauge: heap_bytes }
        privacy: { attested: { statement: s, by: b, on: 2026-01-01, renew: 90d } }
      objectives:
        o: \(objective)
      \(more)
      """
    )
  }

  @Test(
    "every kind of bound comes to one target",
    arguments: [
      ("requests >= 99.9% over 30d", "99.9%"), ("requests < 0.1% over 30d", "99.9%"),
      ("latency p95 < 250ms over 7d", "95%"), ("speed p50 > 5 Mbps over 7d", "50%"),
      ("uptime >= 99.95% over 30d", "99.95%"), ("heap < 2 GiB over 7d", "99%"),
      ("heap < 2 GiB at least 99.5% over 7d", "99.5%"), ("privacy attested", "100%"),
    ]
  )
  func targets(_ objective: String, _ target: String) {
    let resolved = resolve(objective)
    #expect(resolved.findings == [])
    #expect(resolved.objective("shop/o")?.target.value.description == target)
  }

  @Test(
    "bounds are converted into the unit of the metric",
    arguments: [
      ("latency p95 < 250ms over 7d", "0.25"), ("old p95 < 0.25s over 7d", "250"),
      ("short p95 < 0.25s over 7d", "250"),
      ("speed p50 > 5 Mbps over 7d", "5000000"), ("heap < 2 GiB over 7d", "2147483648"),
    ]
  )
  func units(_ objective: String, _ value: String) {
    #expect(resolve(objective).objective("shop/o")?.bound?.value.value.decimalText == value)
  }

  @Test(
    "a bound of another dimension is underlined",
    arguments: [
      ("latency p95 < 5 MiB over 7d", "SLO201: 'latency' is measured in seconds, which '5 MiB' cannot bound ‹5 MiB›"),
      ("heap < 2s over 7d", "SLO201: 'heap' is measured in bytes, which '2s' cannot bound ‹2s›"),
      ("requests < 200ms over 7d", "SLO201: 'requests' is a ratio, which '200ms' cannot bound ‹200ms›"),
      ("requests >= 99% at least 5% over 7d", "SLO201: 'at least' is for gauges; 'requests' is a ratio ‹5%›"),
      ("requests p95 < 5% over 7d", "SLO202: 'requests' is a ratio and has no p95 ‹p95›"),
      (
        "latency < 200ms over 7d",
        "SLO202: 'latency' is a distribution, and the objective names no percentile ‹latency›"
      ),
      ("requests attested", "SLO201: 'requests' is a ratio, not a statement to attest ‹attested›"),
      ("requests < 100% over 7d", "SLO201: '< 100%' asks for no good event at all ‹100%›"),
    ]
  )
  func mismatches(_ objective: String, _ finding: String) {
    #expect(resolve(objective).findings == [finding])
  }

  @Test(
    "conditions compare a measure with what it can be",
    arguments: [
      ("failure_ratio(requests) > 5s", "SLO201: '5s' stands where a percentage, such as '5%', is meant ‹5s›"),
      ("failures(requests) > 5%", "SLO201: '5%' stands where a count, such as '50', is meant ‹5%›"),
      ("p95(latency) > 3 MiB", "SLO201: 'latency' is measured in seconds, which '3 MiB' cannot bound ‹3 MiB›"),
      ("value(requests) > 3", "SLO201: 'requests' is a ratio, of which there is no 'value' ‹value›"),
    ]
  )
  func conditions(_ condition: String, _ finding: String) {
    let resolved = resolve(
      "requests >= 99% over 28d",
      "severities: { P1: {} }\nalerts:\n  A: { when: '\(condition)', severity: P1 }"
    )
    #expect(resolved.findings == [finding])
  }

  @Test("a multiple of an objective finds the objective of its percentile")
  func multiple() throws {
    let resolved = resolve(
      "latency p95 < 250ms over 28d",
      "severities: { P1: {} }\nalerts:\n  A: { when: p95(latency) > 2x objective for 10m, severity: P1 }"
    )
    #expect(resolved.findings == [])
    guard case .comparison(let comparison) = resolved.catalog.alerts.first?.when.first,
      case .multiple(let factor, of: let objective) = comparison.bound.value
    else {
      Issue.record("the condition is no multiple")
      return
    }
    #expect(factor == 2)
    #expect(resolved.catalog[objective].fullName == "shop/o")
    #expect(comparison.sustained == .minutes(10))
  }
}

@Suite("Suppressions")
struct SuppressionTests {
  private func suppressions(_ text: String) -> [Suppression] { CatalogText(text).catalog.suppressions }

  @Test("a comment at the end of a line covers that line; one of its own covers the entry below")
  func scopes() throws {
    let text = """
      nines: v1
      journeys:
        # nines:allow SLO307: reporting needs months
        a:
          title: A
          objectives: {}
        b:
          title: B # nines:allow SLO703 until 2027-03-31: soon
      """
    let found = suppressions(text)
    #expect(found.map(\.code.value) == ["SLO307", "SLO703"])
    #expect(found.map(\.reason) == ["reporting needs months", "soon"])
    #expect(found[1].until?.value == CalendarDate(year: 2027, month: 3, day: 31))
    let resolved = CatalogText(text)
    #expect(resolved.underlined(found[0].scope) == "  a:\n    title: A\n    objectives: {}")
    #expect(resolved.underlined(found[1].scope).hasPrefix("    title: B"))
  }

  @Test("a marker in a quoted text is text")
  func quoted() {
    #expect(suppressions("nines: v1\ntitle: 'say # nines:allow SLO301: nothing'").isEmpty)
  }

  @Test("a missing reason is kept as missing")
  func reasonless() {
    #expect(suppressions("nines: v1 # nines:allow SLO301").map(\.reason) == [nil])
  }
}
