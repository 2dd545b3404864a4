import Testing

@testable import SpecCatalog

@Suite("References")
struct ReferenceTests {
  private static let service = """
    nines: v1
    service: shop
    owner: team
    indicators:
      requests:
        good: http_requests_total{code!~"5.."}
        valid: http_requests_total
      latency:
        distribution: http_request_duration_seconds

    """

  @Test(
    "a misspelt name is underlined alone, with the nearest of its kind",
    arguments: [
      ("objectives:\n  a: «request» >= 99% over 28d", "'shop' has no indicator 'request'", "requests"),
      (
        "policies:\n  gentle: { changes: [x], levels: { ok: { when: always, allow: all } } }\nobjectives:\n"
          + "  a: { objective: requests >= 99% over 28d, policy: «gentel» }", "'shop' has no policy 'gentel'", "gentle"
      ),
      (
        "severities:\n  P1: {}\nobjectives:\n  a: requests >= 99% over 28d\nalerts:\n"
          + "  A: { when: failure_ratio(requests) > 5%, severity: «P2» }", "'shop' has no severity 'P2'", "P1"
      ),
      (
        "objectives:\n  a: requests >= 99% over 28d\njourneys:\n  j: { objectives: {}, requires: [«b»] }",
        "'shop' has no objective 'b'", "a"
      ),
      (
        "objectives:\n  a: «shpo/requests» >= 99% over 28d", "there is no service 'shpo'", "shop/requests"
      ),
      (
        "indicators:\n  ingress:\n    uses: { preset: «nginx/ingres», ingress: shop }",
        "there is no preset 'nginx/ingres'", "nginx/ingress"
      ),
    ]
  )
  func misspelt(_ text: String, _ message: String, _ nearest: String) throws {
    let header = text.hasPrefix("indicators") ? "nines: v1\nservice: shop\nowner: team\n" : Self.service
    let resolved = CatalogText(header + text)
    let finding = try #require(resolved.diagnostics.first { $0.descriptor.code == "SLO110" })
    #expect(resolved.findings.count == 1)
    #expect(finding.message == message)
    #expect(resolved.underlined(finding.span) == CatalogText.marks(in: text).first)
    #expect(finding.fix?.edits.map(\.replacement) == [nearest])
  }

  @Test("objectives go by their full name, their journey's, or their own where one bears it")
  func objectiveNames() {
    let resolved = CatalogText(
      Self.service + """
        journeys:
          buy:
            objectives: { success: requests >= 99% over 28d, p95: latency p95 < 1s over 28d }
          pay:
            requires: [buy/success, shop/buy/p95, p95]
            objectives: { success: requests >= 99% over 28d }
        """
    )
    #expect(resolved.findings == [])
    let pay = resolved.catalog.journeys.first { $0.name.value == "pay" }
    #expect(
      pay?.requires.map { resolved.catalog[$0].fullName } == ["shop/buy/success", "shop/buy/p95", "shop/buy/p95"]
    )
  }

  @Test("a name that several objectives bear is not guessed")
  func ambiguousName() {
    let resolved = CatalogText(
      Self.service + """
        journeys:
          buy: { objectives: { success: requests >= 99% over 28d } }
          pay: { objectives: { success: requests >= 99% over 28d } }
        alerts:
          A: { when: budget_remaining(success) < 30%, severity: P1 }
        severities: { P1: {} }
        """
    )
    #expect(resolved.findings == ["SLO110: 'success' is the name of 2 objectives of 'shop' ‹success›"])
  }

  @Test("what refers to a declaration in error is not called unresolved as well")
  func oneCauseOneFinding() {
    let resolved = CatalogText(
      Self.service + """
        objectives:
          a: requests p95 >= 99% over 28d
        alerts:
          A: { when: budget_remaining(a) < 30%, severity: P1 }
        severities: { P1: {} }
        """
    )
    #expect(resolved.findings == ["SLO202: 'requests' is a ratio and has no p95 ‹p95›"])
  }

  @Test("a second definition is reported across files, with the first one's place")
  func duplicate() throws {
    let resolved = CatalogText(
      Self.service + "objectives: { a: requests >= 99% over 28d }",
      "nines: v1\nservice: shop\nobjectives: { a: requests >= 98% over 28d }"
    )
    let finding = try #require(resolved.diagnostics.first)
    #expect(resolved.findings == ["SLO111: objective 'a' of 'shop' is defined a second time ‹a›"])
    #expect(finding.span.file == resolved.files[1].id)
    #expect(finding.notes.first?.span?.file == resolved.files[0].id)
  }

  @Test("facts of a service are stated once")
  func factsTwice() {
    let resolved = CatalogText(
      Self.service + "objectives: { a: requests >= 99% over 28d }",
      "nines: v1\nservice: shop\ntitle: Shop"
    )
    #expect(resolved.findings == ["SLO111: the facts of 'shop' are stated a second time, by 'title' ‹title›"])
  }

  @Test("a circle of services is reported once, with all of its places")
  func cycle() throws {
    let resolved = CatalogText(
      texts: ["a", "b", "c"].enumerated().map { index, name in
        "nines: v1\nservice: \(name)\nowner: team\ndepends-on: [\(["b", "c", "a"][index])]"
      }
    )
    let finding = try #require(resolved.diagnostics.first)
    #expect(resolved.findings == ["SLO112: services depend on each other in a circle: 'a' on 'b' on 'c' on 'a' ‹b›"])
    #expect(finding.notes.map { $0.span.map(resolved.underlined) } == ["c", "a"])
  }
}
