import PromQL
import Testing

@Suite("Parsing reads what Prometheus reads, and prints it in one spelling")
struct ExpressionParserTests {
  @Test(
    "a query prints in its canonical form",
    arguments: [
      ("SUM(x) BY (job,)", "sum by (job) (x)"),
      ("sum without() (x)", "sum without () (x)"),
      ("topk(5, x) by (job)", "topk by (job) (5, x)"),
      (#"count_values('v', x)"#, #"count_values("v", x)"#),
      (#"x { a = 'b' , c!~`d\.e`,}"#, #"x{a="b", c!~"d\\.e"}"#),
      (#"{__name__="x"}"#, #"{__name__="x"}"#),
      ("x{}", "x"),
      ("x[1w] offset -90m", "x[7d] offset -1h30m"),
      ("x offset 5m @ end()", "x @ end() offset 5m"),
      ("x @ -1.5", "x @ -1.5"),
      ("x @ 1609746000", "x @ 1609746000"),
      ("(x offset 5m)[1h:]", "(x offset 5m)[1h:]"),
      ("x offset 5m[1h:]", "(x offset 5m)[1h:]"),
      ("rate(x[5m])[1h:1m] @ start() offset 1d", "rate(x[5m])[1h:1m] @ start() offset 1d"),
      ("1+2*3^-4", "1 + 2 * 3 ^ -4"),
      ("-2^2", "-2 ^ 2"),
      ("(-2)^2", "(-2) ^ 2"),
      ("2^3^4", "2 ^ 3 ^ 4"),
      ("(2^3)^4", "(2 ^ 3) ^ 4"),
      ("+x", "+x"),
      ("--1", "1"),
      ("a - (b - c)", "a - (b - c)"),
      ("((a - b)) - c", "a - b - c"),
      ("a or b and c unless d", "a or b and c unless d"),
      ("(a or b) and c", "(a or b) and c"),
      ("a*on(x)group_left b", "a * on (x) group_left () b"),
      ("a*on(x)group_left(y)(b)", "a * on (x) group_left (y) b"),
      ("a > bool ignoring(x,y) b", "a > bool ignoring (x, y) b"),
      ("1 + on() x", "1 + on () x"),
      ("0x1F + 010 + 08 + 1e3 + .5 + 5. + iNf + nan", "31 + 8 + 8 + 1000 + 0.5 + 5 + Inf + NaN"),
      ("by offset 5m", "by offset 5m"),
      ("and and or", "and and or"),
      ("x # note\n + # another\r\n y", "x + y"),
      (#""\x41\101\u00e9\n" "#, #""AAé\n""#),
      ("`a\\n\"\n`", #""a\\n\"\n""#),
      ("day_of_week()", "day_of_week()"),
      (#"label_join(x, "a", ",")"#, #"label_join(x, "a", ",")"#),
    ]
  )
  func canonicalForm(_ text: String, _ canonical: String) throws {
    let tree = try PromQLParser.parse(text)
    #expect(tree.description == canonical)
    #expect(try PromQLParser.parse(canonical) == tree)
  }

  @Test("a parsed query equals the same query built by code")
  func parsedEqualsBuilt() throws {
    let errors = VectorSelector("http_requests_total", [.matches("code", "5..")])
    let total = VectorSelector("http_requests_total")
    let built = PromQLExpression.sum(.rate(errors, over: .minutes(5)), by: ["job"])
      .divided(by: .sum(.rate(total, over: .minutes(5)), by: ["job"]), matching: .on("job"))
    let text =
      #"sum by(job)(rate(http_requests_total{code=~"5.."}[5m]))/on(job)sum by(job)(rate(http_requests_total[5m]))"#
    #expect(try PromQLParser.parse(text) == built)
  }

  @Test(
    "an expression knows what it evaluates to",
    arguments: [
      ("1", .scalar), ("1 + scalar(x)", .scalar), ("1 + x", .instantVector), ("-x", .instantVector), (#""a""#, .string),
      ("x[5m]", .rangeVector), ("x[5m:]", .rangeVector), ("time()", .scalar), ("vector(1)", .instantVector),
      ("sum(x)", .instantVector), ("1 < bool 2", .scalar),
    ] as [(String, ValueType)]
  )
  func valueType(_ text: String, _ type: ValueType) throws {
    #expect(try PromQLParser.parse(text).valueType == type)
  }

  @Test("a selector alone is read without the rest of the language")
  func selectorAlone() throws {
    let selector = try PromQLParser.parseSelector(#"http_requests_total{job="api"}"#)
    #expect(selector == VectorSelector("http_requests_total", [.equal("job", "api")]))
    for text in ["x[5m]", "x offset 5m", "(x)", "sum(x)", "x @ 5"] {
      #expect(throws: PromQLError.self) { try PromQLParser.parseSelector(text) }
    }
  }

  @Test("parts of a query know where they were read")
  func places() throws {
    let text = #"sum(rate(http_total{code=~"5..", job!="x"}[5m] offset 1h))"#
    let expression = try PromQLParser.parse(text)
    func slice(_ place: SourcePlace) -> String {
      place.bytes.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) } ?? "nothing"
    }
    guard case .aggregation(let sum) = expression, case .call(let rate) = sum.operand,
      case .range(let range) = rate.arguments[0]
    else {
      Issue.record("not the tree that was written: \(expression)")
      return
    }
    #expect(slice(sum.place) == text)
    #expect(slice(rate.place) == #"rate(http_total{code=~"5..", job!="x"}[5m] offset 1h)"#)
    #expect(slice(range.selector.place) == #"http_total{code=~"5..", job!="x"}"#)
    #expect(range.selector.matchers.map { slice($0.place) } == [#"code=~"5..""#, #"job!="x""#])
    #expect(slice(range.rangePlace) == "5m")
  }

  @Test("a range may be left open only where templates are read")
  func placeholders() throws {
    let template = try PromQLParser.parse("sum(rate(x[$window]))", allowsPlaceholders: true)
    #expect(template == .sum(.apply(.rate, to: VectorSelector("x"), over: .window)))
    #expect(template.description == "sum(rate(x[$window]))")
    #expect(throws: PromQLError("expected a duration such as 5m, found '$'", at: 11..<12)) {
      try PromQLParser.parse("sum(rate(x[$window]))")
    }
    #expect(throws: PromQLError("'$' stands without the name of a placeholder", at: 2..<3)) {
      try PromQLParser.parse("x[$]", allowsPlaceholders: true)
    }
    let subquery = try PromQLParser.parse("x[ $range :1m]", allowsPlaceholders: true)
    #expect(subquery == .subquery(Subquery(of: .selector("x"), .placeholder("range"), step: .minutes(1))))
  }

  @Test("nesting has a limit, however it is reached, and what is printed keeps to it")
  func depth() throws {
    let limit = PromQLParser.depthLimit
    for (opening, closing, levels) in [("(", ")", 1), ("-", "", 1), ("abs(", ")", 1), ("x^", "", 1), ("1 + (", ")", 2)]
    {
      let count = (limit - 1) / levels
      let deep = try PromQLParser.parse(
        String(repeating: opening, count: count) + "x" + String(repeating: closing, count: count)
      )
      #expect(try PromQLParser.parse(deep.description) == deep)
      let hostile = String(repeating: opening, count: 100_000) + "x"
      let error = #expect(throws: PromQLError.self) { try PromQLParser.parse(hostile) }
      #expect(error?.message == "the expression nests deeper than 400 levels")
    }
    let chain = "x" + String(repeating: " + x", count: 100_000)
    let error = #expect(throws: PromQLError.self) { try PromQLParser.parse(chain) }
    #expect(error?.message == "the expression nests deeper than 400 levels")
  }
}
