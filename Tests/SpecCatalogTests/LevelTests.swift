import Testing

@testable import SpecCatalog

@Suite("Levels of a policy")
struct LevelTests {
  @Test(
    "what lies between two levels belongs to the worse",
    arguments: [
      ("> 50%", "< 50%", "<= 50%"), (">= 50%", "< 40%", "< 50%"), ("> 50%", "<= 50%", "<= 50%"),
      (">= 50%", "< 50%", "< 50%"), ("> 50%", "< 60%", "< 60%"), ("> 50%", "<= 20%", "<= 50%"),
    ]
  )
  func gaps(_ better: String, _ worse: String, _ covering: String) throws {
    let resolved = CatalogText(
      """
      nines: v1
      service: shop
      owner: team
      policies:
        budget:
          changes: [feature]
          levels:
            fine: { when: remaining \(better), allow: all }
            low: { when: remaining \(worse), allow: none }
            gone: { when: remaining < 10%, allow: none }
      """
    )
    #expect(resolved.findings == [])
    let levels = try #require(resolved.catalog.policies.first).coveringLevels
    #expect(levels.map { $0.when.value.map { "\($0.comparison) \($0.ratio)" } } == [better, covering, "< 10%"])
  }
}
