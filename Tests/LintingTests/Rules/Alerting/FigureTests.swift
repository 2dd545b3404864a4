import Testing

@Suite("Figures that people wrote down")
struct FigureTests {
  private static func spec(_ figures: String, window: String = "30d", traffic: String = "500_000 per month") -> String {
    """
    indicators:
      songs:
        good: songs_total{outcome="success"}
        valid: songs_total
    objectives:
      success-rate:
        objective: songs >= 99.5% over \(window)
        traffic: \(traffic)
        \(figures)
    """
  }

  private static func uptime(_ figures: String) -> String {
    """
    indicators:
      uptime:
        down-when: ['up{job="api"} == 0']
    objectives:
      availability:
        objective: uptime >= 99.9% over 30d
        \(figures)
    """
  }

  @Test("a normal level spends the budget in the time that is said")
  func normalLevel() {
    expectFindings(
      of: "SLO610",
      in: Self.spec("burn: { normal: «< 10/h» }"),
      "level 'normal' goes up to 10 failures an hour, which spends the budget of 30 days (2500) in 10.4 days"
    )
    expectFindings(
      of: "SLO610",
      in: Self.uptime("burn: { normal: «< 10s/h» }"),
      "level 'normal' goes up to 10s of downtime an hour, which spends the budget of 30 days (43m12s) in 10.8 days"
    )
  }

  @Test("what just lasts is normal, and other names may burn faster")
  func sustainable() {
    expectFindings(of: "SLO610", in: Self.uptime("burn: { normal: < 3600ms/h, warning: 4s/h .. 10s/h }"))
    expectFindings(
      of: "SLO610",
      in: Self.uptime("burn: { normal: «< 3601ms/h» }"),
      "level 'normal' goes up to 3.601s of downtime an hour, which spends the budget of 30 days (43m12s) just before they are over"
    )
  }

  @Test("without traffic nothing is known of events")
  func withoutTraffic() {
    let spec = Self.spec("burn: { normal: < 10/h }").replacing("    traffic: 500_000 per month\n", with: "")
    expectFindings(of: "SLO610", in: spec)
  }

  @Test("exact figures round to what was written", arguments: ["per-month: 2_500", "per-day: 83", "share: 0.5%"])
  func exactFigures(_ figure: String) {
    expectFindings(of: "SLO611", in: Self.spec("budget: { \(figure) }"))
  }

  @Test("figures that do not follow are flagged with those that do")
  func wrongFigures() {
    expectFindings(
      of: "SLO611",
      in: Self.spec("budget: { share: «0.4%», per-month: «2_400», per-week: «~700», per-day: ~80, per-hour: «4» }"),
      "stated '0.4%' is 0.5%: all but the target of 99.5%",
      "stated '2_400' per month is 2500: 0.5% of 500_000 events in 30 days",
      "stated '~700' per week is 583: 0.5% of 116_667 events in 7 days",
      "stated '4' per hour is 3.47: 0.5% of 694 events in an hour"
    )
  }

  @Test("a month of a week's budget is held against a month, and told what the window has")
  func monthOfWeek() {
    expectFindings(of: "SLO611", in: Self.spec("budget: { per-month: 2_500 }", window: "7d"))
    expectFindings(
      of: "SLO611",
      in: Self.spec("budget: { per-month: «583» }", window: "7d"),
      "stated '583' per month is 2500: 0.5% of 500_000 events in 30 days; the window of 7d has 583"
    )
  }

  @Test("budgets of time are told in time")
  func time() {
    expectFindings(of: "SLO611", in: Self.uptime("budget: { per-month: ~43m, per-day: ~1.4m, per-hour: ~3.5s }"))
    expectFindings(
      of: "SLO611",
      in: Self.uptime("budget: { per-month: «~40m» }"),
      "stated '~40m' per month is 43m12s: 0.1% of 30 days"
    )
  }

  @Test("a level's claims follow from its range")
  func levelClaims() {
    expectFindings(
      of: "SLO611",
      in: Self.uptime("burn: { critical: { when: '> 30s/h', exhausts: «< 5h» } }"),
      "exhausts '< 5h' takes 86.4 hours at 30s of downtime an hour: the budget of 30 days is 43m12s"
    )
    expectFindings(
      of: "SLO611",
      in: Self.spec("burn: { slow: { when: < 10/h, failure-ratio: «1.2%», exhausts: '«> 11d»' } }"),
      "failure-ratio '1.2%' is 1.44%: 10 of 694 events an hour",
      "exhausts '> 11d' takes 10.4 days at 10 failures an hour: the budget of 30 days is 2500"
    )
    expectFindings(
      of: "SLO611",
      in: Self.spec("burn: { mid: { when: 10/h .. 20/h, failure-ratio: 1.44% .. 2.88%, exhausts: 5d .. 11d } }")
    )
  }

  @Test("worked examples add up")
  func examples() {
    expectFindings(
      of: "SLO611",
      in: """
        worked-examples:
          - { target: 99.9%, events: 1_000_000, budget: «1_001» }
          - { target: 99.5%, events: 500_000, good: 499_000, ratio: «99.7%», remaining: «1_400» }
          - { target: 99.5%, events: 500_000, good: 499_000, ratio: 99.8%, remaining: 1_500 }
        """,
      "budget '1_001' is 1000: 0.1% of 1_000_000 events",
      "ratio '99.7%' is 99.8%: 499_000 good of 500_000 events",
      "remaining '1_400' is 1500: 1000 failures of a budget of 2500"
    )
  }
}
