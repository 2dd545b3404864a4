import Testing

@Suite("Comparisons the wrong way round")
struct ReversedComparisonTests {
  private static let indicators = """
    policy: none
    indicators:
      requests: { good: 'good_total{job="a"}', valid: 'all_total{job="a"}' }
      errors: { bad: errors_total, valid: all_total }
      uptime: { down-when: ['up == 0'] }

    """

  @Test("a good share bounded from above, and a bad one from below, are flagged at the sign")
  func reversed() {
    expectFindings(
      of: "SLO203",
      in: Self.indicators + """
        objectives:
          availability: requests «<=» 99.9% over 28d
          errors: errors «>» 0.1% over 28d
          uptime: uptime «<» 99% over 28d
        """,
      "'<= 99.9%' of 'availability' is met while up to 99.9% of what is judged fails",
      "'> 0.1%' of 'errors' is met while up to 99.9% of what is judged fails",
      "'< 99%' of 'uptime' is met while up to 99% of what is judged fails"
    )
  }

  @Test("so is a promise")
  func promise() {
    let spec =
      Self.indicators + """
        objectives:
          availability: requests >= 99.9% over 28d
        agreements:
          api:
            with: customers
            promises: { uptime: requests <= 99.5% over 28d }
            remedies: [{ action: a call }]
        """
    #expect(LintedText(spec).underlined(by: "SLO203") == ["<="])
  }

  @Test(
    "bounds on the side that they belong to are accepted",
    arguments: [
      "requests >= 99.9%", "requests > 50%", "errors < 0.1%", "errors <= 50%", "requests < 1%", "errors >= 99%",
    ]
  )
  func accepted(_ objective: String) {
    let spec = Self.indicators + "objectives:\n  a: \(objective) over 28d\n"
    #expect(LintedText(spec).findings(of: "SLO203") == [])
    #expect(LintedText(spec).findings(of: "SLO302") == [])
  }
}
