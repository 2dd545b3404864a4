import Testing

@Suite("Levels of a policy")
struct LevelTests {
  private static func policy(_ levels: String...) -> String {
    let list = levels.map { "      \($0)" }.joined(separator: "\n")
    return """
      policies:
        budget:
          changes: [feature, fix]
          levels:
      \(list)
          without-data: { for: 15m, then: freeze }
      """
  }

  @Test(
    "a level that is left no higher than it was entered is flagged",
    arguments: [("remaining > 10%", "10%"), ("remaining > 5%", "5%"), ("remaining >= 10%", "10%")]
  )
  func hysteresis(_ until: String, _ bound: String) {
    expectFindings(
      of: "SLO503",
      in: Self.policy(
        "  healthy: { when: remaining >= 10%, allow: all }",
        "  low: { when: remaining < 10%, until: «\(until)», allow: [fix] }"
      ),
      "level 'low' is left above \(bound), which is not more than the 10% at which it is entered"
    )
  }

  @Test("a level that is left higher than it was entered is accepted")
  func wideHysteresis() {
    expectFindings(
      of: "SLO503",
      in: Self.policy(
        "  healthy: { when: remaining >= 10%, allow: all }",
        "  low: { when: remaining < 10%, until: remaining > 10.1%, allow: [fix] }"
      )
    )
  }

  @Test(
    "what no level covers is named",
    arguments: [
      ("remaining > 50%", "«remaining < 50%»", "no level of 'budget' holds while exactly 50% of the budget remains"),
      (
        "remaining > 50%", "«remaining <= 40%»",
        "no level of 'budget' holds while between 40% and 50% of the budget remains"
      ),
    ]
  )
  func gaps(_ healthy: String, _ low: String, _ message: String) {
    expectFindings(
      of: "SLO501",
      in: Self.policy("  healthy: { when: \(healthy), allow: all }", "  low: { when: \(low), allow: [fix] }"),
      message
    )
  }

  @Test("an overspent budget needs a level too")
  func overspent() {
    expectFindings(
      of: "SLO501",
      in: Self.policy("  healthy: { when: «remaining >= 0%», allow: all }"),
      "no level of 'budget' holds below the bound of 'healthy'"
    )
  }

  @Test("'always' and levels that overlap leave no gap")
  func covered() {
    expectFindings(
      of: "SLO501",
      in: Self.policy(
        "  healthy: { when: always, allow: all }",
        "  low: { when: remaining < 10%, allow: [fix] }"
      )
    )
  }
}
