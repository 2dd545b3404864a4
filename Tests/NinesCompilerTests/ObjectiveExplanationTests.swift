import NinesCompiler
import Testing

@Suite("Where an objective's values come from")
struct ObjectiveExplanationTests {
  private static let spec = """
    nines: v1
    service: shop
    owner: web
    runbook: https://example.com/shop
    labels: { division: retail, tier: gold }
    indicators:
      requests:
        good: http_requests_total{code!~"5.."}
        valid: http_requests_total
    journeys:
      buying:
        expectation: an order arrives
        owner: orders
        traffic: 1_000 per month
        objectives:
          success:
            objective: requests >= 99.5% over 28d
            title: Orders
            labels: { tier: silver }
    """

  private func lines(settings: String? = nil) throws -> [String: String] {
    let analysis = Compiler.forTests.analyze(Workspace(["shop.yaml": Self.spec], settings: settings))
    let text = try ObjectiveExplanation.find("shop/buying/success", in: [analysis]).text
    var lines: [String: String] = [:]
    for line in text.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: /\s{2,}/).map(String.init)
      lines[cells[0]] = cells.dropFirst().joined(separator: " | ")
    }
    return lines
  }

  @Test("the nearest statement wins, and says whose it is")
  func nearest() throws {
    let lines = try lines()
    #expect(lines["title"] == "Orders | specs/shop.yaml:18:16")
    #expect(lines["owner"] == "orders | specs/shop.yaml:13:12, of journey 'buying'")
    #expect(lines["runbook"] == "https://example.com/shop | specs/shop.yaml:4:10, of the service")
    #expect(lines["label tier"] == "silver | specs/shop.yaml:19:19")
    #expect(lines["label division"] == "retail | specs/shop.yaml:5:11, of the service")
    #expect(lines["alerts"] == "budget | by default")
    #expect(lines["policy"] == "none | by default")
  }

  @Test("what follows from the expression is computed, not asked for")
  func derived() throws {
    let lines = try lines()
    #expect(lines["target"] == "99.5% | specs/shop.yaml:17:32")
    #expect(lines["error budget"] == "0.5% | follows from the target")
    #expect(lines["full outage"] == "3h21m36s | follows from the budget and the window")
  }

  @Test("a name that no objective has is answered with the nearest")
  func unknown() throws {
    let analysis = Compiler.forTests.analyze(Workspace(["shop.yaml": Self.spec]))
    let error = #expect(throws: ObjectiveExplanation.UnknownObjective.self) {
      try ObjectiveExplanation.find("shop/buying/sucess", in: [analysis])
    }
    #expect(error?.description == "no objective 'shop/buying/sucess'; did you mean 'shop/buying/success'?")
  }
}
