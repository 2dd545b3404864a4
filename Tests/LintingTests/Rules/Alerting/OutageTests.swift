import Testing

@Suite("Outages that page nobody")
struct OutageTests {
  private static func spec(_ objective: String) -> String {
    """
    indicators:
      requests:
        good: http_requests_total{code!~"5.."}
        valid: http_requests_total
    objectives:
      availability: \(objective)
    """
  }

  @Test(
    "a target so low that not even a total outage pages is flagged, for the window that it is judged over",
    arguments: [
      ("requests >= «80%» over 28d", "5", "5.6"), ("requests >= «50%» over 7d", "2", "5.6"),
      ("requests >= «90%» over 90d", "10", "18"), ("requests >= «82.1%» over 1d", "5.59", "5.6"),
    ]
  )
  func lowTargets(_ objective: String, _ outage: String, _ page: String) {
    expectFindings(
      of: "SLO613",
      in: Self.spec(objective),
      "a total outage burns the budget of 'availability' \(outage) times as fast as it may, and only \(page) times pages"
    )
  }

  @Test(
    "an outage that pages over six hours, or that nobody asked to be paged for, is not",
    arguments: [
      "requests >= 90% over 30d", "requests >= 82.2% over 28d", "requests >= 95% over 90d",
      "{ objective: requests >= 50% over 28d, alerts: none }",
    ]
  )
  func reachable(_ objective: String) {
    expectFindings(of: "SLO613", in: Self.spec(objective))
  }
}
