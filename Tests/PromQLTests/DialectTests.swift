import PromQL
import Testing

@Suite("Prometheus 3 reads more than 2.42, and one function less")
struct DialectTests {
  @Test(
    "what only Prometheus 3 accepts",
    arguments: [
      (#"{"http.requests", "my.label"="x"}"#, #"{"http.requests", "my.label"="x"}"#),
      (#"{"up"}"#, "up"),
      (#"{job="x", "http.requests"}"#, #"{"http.requests", job="x"}"#),
      (#"{"a", "b"}"#, #"{__name__="a", __name__="b"}"#),
      (#"sum by ("my.label", job) (x)"#, #"sum by ("my.label", job) (x)"#),
      (#"x * on ("a b") group_left ("c.d") y"#, #"x * on ("a b") group_left ("c.d") y"#),
      ("x[300]", "x[5m]"),
      ("x[5m:30]", "x[5m:30s]"),
      ("x offset 0.5", "x offset 500ms"),
      ("x offset 0s", "x"),
      ("x > 5m", "x > 300"),
      ("x @ 1h", "x @ 3600"),
      ("1_000_000 + 0x_ff + 1_0.5", "1000000 + 255 + 10.5"),
      ("histogram_avg(x)", "histogram_avg(x)"),
      ("histogram_stddev(x) + histogram_stdvar(x)", "histogram_stddev(x) + histogram_stdvar(x)"),
      (#"x{a=~"\\Qb"}"#, #"x{a=~"\\Qb"}"#),
      (#"x{a=~"(?<n>b)"}"#, #"x{a=~"(?<n>b)"}"#),
    ]
  )
  func onlyThree(_ text: String, _ canonical: String) throws {
    let tree = try PromQLParser.parse(text, dialect: .prometheus3)
    #expect(tree.description == canonical)
    #expect(try PromQLParser.parse(canonical, dialect: .prometheus3) == tree)
    #expect(throws: PromQLError.self) { try PromQLParser.parse(text) }
  }

  @Test("a letter between range and step is a colon to 2.42 alone")
  func letterAsColon() throws {
    #expect(try PromQLParser.parse("x[5m a 1m]").description == "x[5m:1m]")
    #expect(throws: PromQLError("'a' has no meaning inside brackets", at: 5..<6)) {
      try PromQLParser.parse("x[5m a 1m]", dialect: .prometheus3)
    }
  }

  @Test(
    "what Prometheus 3 refuses",
    arguments: [
      "holt_winters(x[5m], 0.5, 0.5)", "double_exponential_smoothing(x[5m], 0.5, 0.5)", #"sort_by_label(x, "a")"#,
      "limitk(1, x)", "x[0]", "x[5m:0]", "x[Inf]", "x[1e12]", "1__0", "1_", "x[5m * 2]", #"x{"y"}"#, #"{""}"#,
      #"sum by ("") (x)"#,
    ]
  )
  func refused(_ text: String) {
    #expect(throws: PromQLError.self) { try PromQLParser.parse(text, dialect: .prometheus3) }
  }
}
