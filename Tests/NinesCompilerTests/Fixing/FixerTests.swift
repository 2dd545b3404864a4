import Diagnostics
import NinesCompiler
import Testing

@Suite("Fixing findings")
struct FixerTests {
  private static func fixed(
    _ specs: KeyValuePairs<String, String>,
    allowsUnsafe: Bool = false
  ) -> FixedWorkspace {
    Fixer(.forTests, allowsUnsafe: allowsUnsafe).fix(Workspace(specs))
  }

  private static func text(_ fixed: FixedWorkspace, _ index: Int = 0) -> String {
    String(decoding: fixed.analysis.workspace.specs[index].bytes, as: UTF8.self)
  }

  @Test("safe fixes are made where they stand; comments, blank lines and quotes stay")
  func layout() {
    let fixed = Self.fixed([
      "shop.yaml": """
      # The shop.
      nines: v1
      service:   'shop'
      ownr: web   # who answers


      policy: none
      indicators:
        requests: { good: 'http_requests_total{code!~"5.."}', valid: http_requests_total }   # all
      objectives:
        availability: requests >= 99.9 over 28d # a promise
      """
    ])
    #expect(
      Self.text(fixed) == """
        # The shop.
        nines: v1
        service:   'shop'
        owner: web   # who answers


        policy: none
        indicators:
          requests: { good: 'http_requests_total{code!~"5.."}', valid: http_requests_total }   # all
        objectives:
          availability: requests >= 99.9% over 28d # a promise
        """
    )
    #expect(fixed.fixedCount == 2)
    #expect(fixed.analysis.bag.diagnostics.filter { $0.severity == .error } == [])
    #expect(FixSummary([fixed]).text == "fixed 2 of 2 findings in 1 file\n")
  }

  @Test("what changes the meaning is changed only when asked for")
  func unsafe() {
    let spec = Specs.shop.replacing("28d", with: "30d")
    #expect(Self.fixed(["shop.yaml": spec]).changes.isEmpty)
    let fixed = Self.fixed(["shop.yaml": spec], allowsUnsafe: true)
    #expect(Self.text(fixed) == Specs.shop)
  }

  @Test("a fix may uncover the next, and all are made in one run")
  func untilStable() {
    let spec = Specs.shop.replacing("requests >= 99.9%", with: "request >= 99.9").replacing("owner", with: "ownr")
    #expect(Self.text(Self.fixed(["shop.yaml": spec])) == Specs.shop)
  }

  @Test("fixing what was fixed changes nothing, and the order of the files does not matter")
  func stable() {
    let facts = "nines: v1\nservice: shop\nownr: web\npolicy: none\n"
    let rest = """
      nines: v1
      service: shop
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: reqests >= 99.9% over 28d
      """
    let one = Self.fixed(["a.yaml": facts, "b.yaml": rest])
    let other = Self.fixed(["a.yaml": rest, "b.yaml": facts])
    #expect([Self.text(one, 0), Self.text(one, 1)] == [Self.text(other, 1), Self.text(other, 0)])
    let again = Fixer(.forTests, allowsUnsafe: false).fix(one.analysis.workspace)
    #expect(again.changes.isEmpty)
    #expect(again.fixedCount == 0)
    #expect(FixSummary([one]).text == "fixed 2 of 2 findings in 2 files\n")
  }

  @Test("a fix that would bring in an error is not made, and the others are")
  func refusal() {
    let spec = """
      nines: v1
      service: shop
      owner: web
      ownr: web
      policy: none
      indicators:
        requests:
          good: http_requests_total{code!~"5.."}
          valid: http_requests_total
      objectives:
        availability: requests >= 99.9 over 28d
      """
    let fixed = Self.fixed(["shop.yaml": spec])
    #expect(Self.text(fixed) == spec.replacing("99.9", with: "99.9%"))
    #expect(
      FixSummary([fixed]).text == """
        specs/shop.yaml:4:1: SLO103 is not fixed: with the fix there would be an error: key 'owner' is in this mapping twice
        fixed 1 of 2 findings in 1 file

        """
    )
  }

  @Test("a file that is no YAML is left as it is, whatever is fixed in the others")
  func unreadable() {
    let broken = "nines: v1\nservice: other\nownr: [web\n"
    let fixed = Self.fixed(["a.yaml": broken, "b.yaml": Specs.shop.replacing("owner", with: "ownr")])
    #expect(fixed.changes.map(\.after.path) == ["specs/b.yaml"])
    #expect(Self.text(fixed, 0) == broken)
  }

  @Test("the diff applies to what was there")
  func diff() {
    let spec = Specs.shop.replacing("owner", with: "ownr").replacing("99.9%", with: "99.9")
    #expect(
      FixSummary([Self.fixed(["shop.yaml": spec])]).diff == """
        --- a/specs/shop.yaml
        +++ b/specs/shop.yaml
        @@ -1,6 +1,6 @@
         nines: v1
         service: shop
        -ownr: web
        +owner: web
         policy: none
         
         indicators:
        @@ -9,4 +9,4 @@
             valid: http_requests_total{job="shop"}
         
         objectives:
        -  availability: requests >= 99.9 over 28d
        \\ No newline at end of file
        +  availability: requests >= 99.9% over 28d
        \\ No newline at end of file

        """
    )
  }

  @Test("many fixes at once are made in one run")
  func many() {
    let objectives = (0..<300).map { "  o\($0): requests >= 99.\(100 + $0) over 28d" }.joined(separator: "\n")
    let spec = Specs.shop.replacing("  availability: requests >= 99.9% over 28d", with: objectives)
    let fixed = Self.fixed(["shop.yaml": spec])
    #expect(fixed.fixedCount == 300)
    #expect(fixed.analysis.bag.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
  }
}
