import NinesCompiler
import PlanComparison
import StructuredText
import Testing

@Suite("What a change of specs means")
struct WorkspaceComparisonTests {
  private static let spec = """
    nines: v1
    service: shop
    owner: web
    title: Shop
    traffic: 1_000_000 per day
    indicators:
      requests:
        good: http_requests_total{job="shop", code!~"5.."}
        valid: http_requests_total{job="shop"}
    policies:
      budget:
        changes: [feature, bugfix]
        levels:
          healthy: { when: remaining > 25%, allow: all }
          low: { when: remaining <= 25%, until: remaining > 30%, allow: [bugfix], approve: [feature] }
    policy: budget
    journeys:
      buy:
        title: Somebody buys
        expectation: it works
        objectives:
          availability: requests >= 99.9% over 28d
    objectives:
      all: requests >= 99% over 28d
    """

  private func difference(_ before: [String], _ now: [String]) -> PlanDifference {
    let compiler = Compiler.forTests
    func judged(_ texts: [String]) -> Judgement {
      let judgement = compiler.judge(
        texts.enumerated().map { Workspace(name: $0 == 0 ? "" : "w\($0)", ["s.yaml": $1]) }
      )
      #expect(!judgement.hasErrors, "\(judgement.report.text(as: .text))")
      return judgement
    }
    return compiler.difference(from: judged(before), to: judged(now))
  }

  private func difference(to now: String) -> PlanDifference { difference([Self.spec], [now]) }

  @Test("a change that says nothing new is none")
  func nothing() {
    let same = difference(to: Self.spec.replacing("    title: Shop", with: "    # a comment\n    title: 'Shop'"))
    #expect(same.isEmpty)
    #expect(same.text == "nothing that the specs say has changed\n")
    #expect(same.markdown(since: "main").contains("Nothing that the specs say has changed since `main`."))
    #expect(same.json == ["format": 1, "changes": []])
  }

  @Test("a stricter target is told with its budget, in time and events, and its alerts")
  func target() {
    let text = difference(to: Self.spec.replacing("99.9%", with: "99.95%")).text
    #expect(
      text.hasPrefix(
        """
        objective 'shop/buy/availability': changed
          objective       requests >= 99.9% over 28d → requests >= 99.95% over 28d
          target          99.9% → 99.95%
          error budget    0.1%: 40m19s of outage in 28d, or 28,000 events → 0.05%: 20m10s of outage in 28d, or 14,000 events
          page over 1h    at 2% of the budget, a total outage after 48.4s → at 2% of the budget, a total outage after 24.2s

        """
      ),
      "\(text)"
    )
    #expect(text.hasSuffix("\n\n1 objective changed\n"))
  }

  @Test("an objective that counts something else begins a new ledger, and its neighbour does not")
  func newLedger() {
    let other = Self.spec.replacing(
      "indicators:",
      with: "indicators:\n  served:\n    good: up_total{ok=\"1\"}\n    valid: up_total"
    )
    .replacing("all: requests", with: "all: served")
    let text = difference(to: other).text
    #expect(text.contains("objective 'shop/all': changed\n"))
    #expect(text.contains("counts     something else than before: its ledger starts anew\n"))
    #expect(!text.contains("'shop/buy/availability'"))
  }

  @Test("levels of a policy are told one by one, and the rules that follow from them together")
  func policy() {
    let changed = Self.spec.replacing("until: remaining > 30%", with: "until: remaining > 40%")
      .replacing("allow: [bugfix], approve: [feature]", with: "allow: [bugfix]")
    #expect(
      difference(to: changed).text == """
        objectives 'shop/all', 'shop/buy/availability': changed
          rules  1 changed: slo:level

        policy 'shop/budget': changed
          low while           remaining <= 25%, until > 30% → remaining <= 25%, until > 40%
          low after approval  feature → none

        2 objectives changed, 1 policy changed

        """
    )
  }

  @Test("what came and what went is told with all that is said of it")
  func cameAndWent() {
    let renamed = Self.spec.replacing("  all: requests", with: "  most: requests")
    let difference = difference(to: renamed)
    let text = difference.text
    #expect(text.contains("objective 'shop/all': removed\n  objective       requests >= 99% over 28d\n"))
    #expect(text.contains("objective 'shop/most': added\n  objective       requests >= 99% over 28d\n"))
    #expect(text.contains("\n1 objective added, 1 objective removed"))
    // Both say the same, and what only a machine can tell apart is not shown.
    #expect(!text.contains("counts"))
    let first = difference.json["changes"]?.array?.first
    #expect(first?["name"]?.string == "shop/all" && first?["change"]?.string == "removed")
    #expect(first?["facts"]?.array?.first?["before"]?.string == "requests >= 99% over 28d")
  }

  @Test("a new service and a new workspace are told as a whole")
  func workspaces() {
    let other = Self.spec.replacing("service: shop", with: "service: cart")
    #expect(
      difference([Self.spec], [Self.spec, other]).text.hasSuffix(
        "1 workspace added, 1 service added, 2 objectives added, 1 journey added, 1 policy added, 1 dashboard added\n"
      )
    )
    #expect(
      difference([], [Self.spec]).text.hasSuffix(
        "1 workspace added, 1 service added, 2 objectives added, 1 journey added, 1 policy added, 1 dashboard added\n"
      )
    )
  }

  @Test("texts of authors are escaped in terminals and in Markdown")
  func escaping() {
    let hostile = Self.spec.replacing("it works", with: "\"it | <b>works\\e[31m\"")
    let difference = difference(to: hostile)
    #expect(difference.text.contains("users expect  it works → it | <b>works␛[31m\n"))
    let row = difference.markdown(since: "main").split(separator: "\n").first { $0.contains("users expect") }
    #expect(row?.contains("it \\| \\<b\\>works") == true, "\(row ?? "")")
  }
}
