import PromQL
import Testing

@Suite("Expressions that code builds print as an engineer would write them")
struct ExpressionPrinterTests {
  private static let errors = VectorSelector("http_requests_total", [.equal("job", "api"), .matches("code", "5..")])
  private static let a = PromQLExpression.selector("a")
  private static let b = PromQLExpression.selector("b")
  private static let c = PromQLExpression.selector("c")

  @Test(
    "builders read in the order of the text",
    arguments: [
      (
        .sum(.rate(errors, over: .minutes(5)), by: ["job"]),
        #"sum by (job) (rate(http_requests_total{job="api", code=~"5.."}[5m]))"#
      ),
      (.sum(a), "sum(a)"),
      (.sum(a, grouping: .without([])), "sum without () (a)"),
      (.sum(a, by: ["without", "NaN", "a.b"]), #"sum by ("without", "NaN", "a.b") (a)"#),
      (.topk(5, a, grouping: .by(["job", "pod"])), "topk by (job, pod) (5, a)"),
      (.countValues("version", a), #"count_values("version", a)"#),
      (.lastOverTime(VectorSelector("x").offset(.minutes(1)), over: .hours(1)), "last_over_time(x[1h] offset 1m)"),
      (.apply(.rate, to: VectorSelector("x"), over: .window), "rate(x[$window])"),
      (a.or(.vector(0), on: []), "a or on () vector(0)"),
      (a.unless(b, on: ["job"]), "a unless on (job) b"),
      (a.times(b, matching: .on("job").groupLeft("team")), "a * on (job) group_left (team) b"),
      (a.times(b + c, matching: .ignoring("x").groupRight()), "a * ignoring (x) group_right () (b + c)"),
      (a.greater(than: 0.5, .zeroOrOne, matching: .on("job")), "a > bool on (job) 0.5"),
      ((a / b).subquery(over: .hours(1), every: .minutes(1)), "(a / b)[1h:1m]"),
      (a.subquery(over: .days(1)), "a[1d:]"),
      (.clampMax(a, 1), "clamp_max(a, 1)"),
      (.time() - .timestamp(a), "time() - timestamp(a)"),
      (.labelled(.vector(1), "price", "$5"), #"label_replace(vector(1), "price", "$$5", "", "")"#),
    ] as [(PromQLExpression, String)]
  )
  func builders(_ expression: PromQLExpression, _ text: String) {
    #expect(expression.description == text)
  }

  @Test(
    "parentheses stand only where the text would otherwise mean something else",
    arguments: [
      ((a + b) * c, "(a + b) * c"),
      (a + b * c, "a + b * c"),
      (a - (b - c), "a - (b - c)"),
      (a - b - c, "a - b - c"),
      (a.combined(.power, b).combined(.power, c), "(a ^ b) ^ c"),
      (a.combined(.power, b.combined(.power, c)), "a ^ b ^ c"),
      (a.negated.combined(.power, b), "(-a) ^ b"),
      (a.combined(.power, b).negated, "-a ^ b"),
      (PromQLExpression.number(-1).combined(.power, 2), "(-1) ^ 2"),
      (a * b.negated, "a * -b"),
      (a - PromQLExpression.number(-1), "a - -1"),
      ((a * b).negated, "-(a * b)"),
      (a.or(b).and(c), "(a or b) and c"),
      (a.or(b.and(c)), "a or b and c"),
      (a.greater(than: b).greater(than: c), "a > b > c"),
      (
        PromQLExpression.selector(VectorSelector("a").offset(.minutes(5))).subquery(over: .hours(1)),
        "(a offset 5m)[1h:]"
      ),
    ] as [(PromQLExpression, String)]
  )
  func parentheses(_ expression: PromQLExpression, _ text: String) {
    #expect(expression.description == text)
  }

  @Test(
    "numbers print as the shortest text that means the same",
    arguments: [
      (0, "0"), (-0.0, "-0"), (1, "1"), (0.001, "0.001"), (0.9995, "0.9995"), (14.4, "14.4"),
      (1e15, "1000000000000000"),
      (0.00005, "0.00005"), (0.0000125, "0.0000125"), (-0.000001, "-0.000001"), (1e-7, "1e-07"), (1e300, "1e+300"),
      (9_007_199_254_740_992, "9007199254740992"), (.infinity, "Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
      (-.nan, "NaN"),
    ] as [(Double, String)]
  )
  func numbers(_ value: Double, _ text: String) {
    #expect(PromQLNumber(value).description == text)
  }

  @Test(
    "a number of thousandths is the float that its text stands for",
    arguments: [(999, 3, "0.999"), (1, 6, "0.000001")]
  )
  func decimals(_ units: Int, _ places: Int, _ text: String) {
    #expect(PromQLNumber(units, places: places).description == text)
  }

  @Test(
    "durations print in days at most, each unit once",
    arguments: [
      (.zero, "0s"), (.minutes(5), "5m"), (.minutes(90), "1h30m"), (.days(30), "30d"), (.days(7), "7d"),
      (.hours(36), "1d12h"), (.milliseconds(1_500), "1s500ms"), (.minutes(-5), "-5m"),
    ] as [(PromQLDuration, String)]
  )
  func durations(_ duration: PromQLDuration, _ text: String) {
    #expect(duration.description == text)
  }

  @Test(
    "names that cannot stand bare are quoted or matched",
    arguments: [
      (VectorSelector("up"), "up"),
      (VectorSelector("on"), #"{__name__="on"}"#),
      (VectorSelector("Inf", [.equal("a", "b")]), #"{__name__="Inf", a="b"}"#),
      (VectorSelector("sum"), "sum"),
      (VectorSelector("job:errors:rate5m"), "job:errors:rate5m"),
      (VectorSelector("http.requests", [.equal("my.label", "x")]), #"{"http.requests", "my.label"="x"}"#),
      (VectorSelector(nil, [.notEqual("a", "\"\\\n\u{7}é")]), #"{a!="\"\\\n\x07é"}"#),
      (VectorSelector("up", at: .timestamp(milliseconds: 1_500)), "up @ 1.5"),
      (VectorSelector("up", offset: .minutes(-5), at: .end), "up @ end() offset -5m"),
    ]
  )
  func selectors(_ selector: VectorSelector, _ text: String) {
    #expect(selector.description == text)
  }
}
