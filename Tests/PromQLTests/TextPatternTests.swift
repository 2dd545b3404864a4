import PromQL
import Testing

@Suite("Patterns of texts")
struct TextPatternTests {
  @Test(
    "a regular expression matches from the first character to the last",
    arguments: [
      ("web", "web", true), ("web", "webs", false), ("web", "a web", false), ("[a-z]+-(api|web)", "shop-web", true),
      ("[a-z]+-(api|web)", "shop-web-2", false), ("CC-[0-9]{4}", "CC-0042", true), ("CC-[0-9]{4}", "CC-42", false),
      (".+", "", false), (".*", "", true), ("(?i)web", "WEB", true),
    ]
  )
  func expressions(_ pattern: String, _ text: String, _ isMatch: Bool) throws {
    #expect(try TextPattern(regularExpression: pattern).matches(text) == isMatch)
  }

  @Test(
    "in a glob '*' and '?' stay within a name, and '**' is any folders",
    arguments: [
      ("legacy/**", "legacy/a.yaml", true), ("legacy/**", "legacy/a/b.yaml", true),
      ("legacy/**", "legacy2/a.yaml", false),
      ("*/pay.yaml", "eu/pay.yaml", true), ("*/pay.yaml", "eu/de/pay.yaml", false), ("**/pay.yaml", "pay.yaml", true),
      ("**/pay.yaml", "eu/de/pay.yaml", true), ("a?.yaml", "ab.yaml", true), ("a?.yaml", "a/.yaml", false),
      ("*.yaml", "shop.yaml", true), ("*.yaml", "eu/shop.yaml", false), ("a.yaml", "abyaml", false),
      ("**", "a/b", true),
    ]
  )
  func globs(_ pattern: String, _ path: String, _ isMatch: Bool) throws {
    #expect(try TextPattern(glob: pattern).matches(path) == isMatch)
  }

  @Test(
    "what cannot be followed, or would ask for too large a machine, is refused",
    arguments: ["a{1000}", "\\bweb", "(", "a**"]
  )
  func refusedExpressions(_ pattern: String) {
    #expect(throws: TextPattern.Problem.self) { try TextPattern(regularExpression: pattern) }
  }

  @Test("a glob is made of names", arguments: ["/etc/*", "../other/**", "a//b", "leg**/a", ""])
  func refusedGlobs(_ pattern: String) {
    #expect(throws: TextPattern.Problem.self) { try TextPattern(glob: pattern) }
  }
}
