import PromQL
import Testing

@Suite("Expressions can be searched and rewritten")
struct ExpressionWalkTests {
  @Test("every selector is found with its function, its range and the subqueries around it")
  func selectorUses() throws {
    let expression = try PromQLParser.parse(
      #"max_over_time(sum(rate(a[5m]))[1h:1m]) / scalar(b) + count_values("v", c) > bool -last_over_time(d[2h:]) and e"#
    )
    let uses = expression.selectorUses
    #expect(uses.map(\.selector.metricName) == ["a", "b", "c", "d", "e"])
    #expect(uses.map(\.function) == [.rate, .scalar, nil, nil, nil])
    #expect(uses.map(\.range) == [.fixed(.minutes(5)), nil, nil, nil, nil])
    #expect(uses.map(\.subqueryRanges) == [[.fixed(.hours(1))], [], [], [.fixed(.hours(2))], []])
  }

  @Test("a selector in nested subqueries names the innermost first")
  func nestedSubqueries() throws {
    let expression = try PromQLParser.parse("max_over_time(max_over_time(x[1m:])[1h:])")
    #expect(expression.selectorUses.map(\.subqueryRanges) == [[.fixed(.minutes(1)), .fixed(.hours(1))]])
  }

  @Test("open ranges are told from fixed ones, and filled in")
  func placeholders() throws {
    let text = "sum(rate(a[$window])) / max_over_time(b[$window:1m]) + rate(c[5m]) * rate(d[$long])"
    let template = try PromQLParser.parse(text, allowsPlaceholders: true)
    #expect(template.placeholders == ["window", "long"])
    #expect(template.rangeUses.map(\.range.description) == ["$window", "$window", "5m", "$long"])
    #expect(template.rangeUses.map(\.isSubquery) == [false, true, false, false])
    let written = template.rangeUses.map { String(decoding: Array(text.utf8)[$0.place.bytes ?? 0..<0], as: UTF8.self) }
    #expect(written == ["$window", "$window", "5m", "$long"])
    let filled = template.substituting(.hours(1)).substituting(.days(3), for: .placeholder("long"))
    #expect(filled.description == "sum(rate(a[1h])) / max_over_time(b[1h:1m]) + rate(c[5m]) * rate(d[3d])")
    #expect(filled.placeholders.isEmpty)
  }

  @Test("a matcher is added to every selector and to nothing else")
  func addedMatcher() throws {
    let expression = try PromQLParser.parse(
      #"topk(scalar(a), sum(rate(b{x="y"}[5m]))) or -max_over_time(c[1h:]) + absent(d)"#
    )
    #expect(
      expression.adding([.equal("env", "prod")]).description
        == #"topk(scalar(a{env="prod"}), sum(rate(b{x="y", env="prod"}[5m]))) "#
        + #"or -max_over_time(c{env="prod"}[1h:]) + absent(d{env="prod"})"#
    )
  }

  @Test(
    "the labels of a result follow from the operators on the way",
    arguments: [
      ("x", .all(except: [])),
      (#"x{job="", a="b"}"#, .all(except: ["job"])),
      ("rate(x[5m])", .all(except: [])),
      ("sum(x)", .none),
      ("sum by (job, pod) (x)", .only(["job", "pod"])),
      ("sum by (job, pod) (sum by (job) (x))", .only(["job"])),
      ("sum without (pod) (x)", .all(except: ["pod"])),
      ("sum without (pod) (sum by (job, pod) (x))", .only(["job"])),
      ("topk by (job) (5, x)", .all(except: [])),
      (#"count_values by (job) ("v", x)"#, .only(["job", "v"])),
      ("histogram_quantile(0.9, sum by (job, le) (x))", .only(["job"])),
      (#"label_replace(sum(x), "a", "b", "", "")"#, .only(["a"])),
      (#"label_join(x, "a", ",", "b")"#, .all(except: [])),
      (#"absent(x{job="a", pod=~"b", env="c", env!="d"})"#, .only(["job"])),
      ("absent(sum by (job) (x))", .none),
      ("vector(1)", .none),
      ("time()", .none),
      ("hour()", .none),
      ("2 * sum by (job) (x)", .only(["job"])),
      ("sum by (job) (x) > bool 1", .only(["job"])),
      ("sum by (a, b) (x) / on (a) sum by (a, c) (y)", .only(["a"])),
      ("sum by (a, b) (x) / ignoring (b) sum by (a) (y)", .only(["a"])),
      ("sum by (a, b) (x) * on (a) group_left (team) y", .only(["a", "b", "team"])),
      ("sum by (a, b, c) (x) * on (a) group_left (c) sum by (a) (y)", .only(["a", "b"])),
      ("sum by (team, a) (x) * on (a) group_right (team) sum by (a, b) (y)", .only(["a", "b", "team"])),
      ("sum by (a) (x) or sum by (b) (y)", .only(["a", "b"])),
      ("sum by (a) (x) or y", .all(except: [])),
      ("sum by (a) (x) and y", .only(["a"])),
      ("x unless on (a) sum by (a) (y)", .all(except: [])),
      ("-sum by (a) (x)", .only(["a"])),
      ("max_over_time(sum by (a) (x)[1h:])", .only(["a"])),
    ] as [(String, SurvivingLabels)]
  )
  func survivingLabels(_ text: String, _ labels: SurvivingLabels) throws {
    #expect(try PromQLParser.parse(text).survivingLabels == labels)
  }
}
