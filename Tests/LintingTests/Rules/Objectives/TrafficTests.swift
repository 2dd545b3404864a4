import Testing

@Suite("Budgets and alerts at low traffic")
struct TrafficTests {
  private static func spec(traffic: String, alerts: String = "budget", target: String = "99%") -> String {
    """
    indicators:
      reports:
        good: reports_total{outcome="success"}
        valid: reports_total
    objectives:
      «success-rate»:
        objective: reports >= \(target) over 28d
        traffic: \(traffic)
        alerts: \(alerts)
    """
  }

  @Test("an outage that chance would explain is told with the traffic that would do")
  func silentOutage() {
    expectFindings(
      of: "SLO309",
      in: Self.spec(traffic: "8 per day"),
      "'success-rate' has 2 events in 6 hours, too few for a total outage to page; from 4 on it would"
    )
  }

  @Test("what would do is just enough")
  func justEnough() {
    let unmarked = Self.spec(traffic: "16 per day").filter { $0 != "«" && $0 != "»" }
    expectFindings(of: "SLO309", in: unmarked)
  }

  @Test("a shorter window is paged by a shorter look")
  func shorterWindow() {
    let spec = Self.spec(traffic: "24 per day").replacing("over 28d", with: "over 7d")
    expectFindings(
      of: "SLO309",
      in: spec,
      "'success-rate' has 1.5 events in 90 minutes, too few for a total outage to page; from 4 on it would"
    )
  }

  @Test("traffic that is stated for more than the objective is shown", arguments: ["SLO308", "SLO309"])
  func sharedTraffic(_ code: String) throws {
    let linted = LintedText(
      """
      traffic: 4 per day
      indicators:
        reports:
          good: reports_total{outcome="success"}
          valid: reports_total
      objectives:
        success-rate: reports >= 99.9% over 28d
      """
    )
    let notes = try #require(linted.diagnostics(of: code).first).notes
    #expect(notes.compactMap(\.span).map(linted.underlined) == ["4 per day"])
  }

  @Test("the classic scheme pages for a single failure")
  func singleFailure() {
    expectFindings(
      of: "SLO309",
      in: Self.spec(traffic: "24 per day", alerts: "classic"),
      "'success-rate' has 1 event an hour, of which a single failure pages; from 7 an hour on it does not"
    )
  }

  @Test("less than one failure in the window is no budget")
  func belowOneEvent() {
    let spec = Self.spec(traffic: "10 per day", alerts: "none", target: "«99.9%»")
      .replacing("«success-rate»", with: "success-rate")
    expectFindings(
      of: "SLO308",
      in: spec,
      "budget of 'success-rate' is 0.28 of 280 events in 28 days: the first failure breaks it"
    )
  }
}
