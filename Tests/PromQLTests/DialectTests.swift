import PromQL
import TestSupport
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

  @Test(
    "what Prometheus 3 keeps behind a feature flag is refused with the flag's name, at its own place",
    arguments: [
      ("mad_over_time(x[5m])", "function 'mad_over_time'", "promql-experimental-functions", 0..<13),
      ("1 + info(x)", "function 'info'", "promql-experimental-functions", 4..<8),
      (
        "double_exponential_smoothing(x[5m], 0.5, 0.5)", "function 'double_exponential_smoothing'",
        "promql-experimental-functions", 0..<28
      ),
      ("ts_of_max_over_time(x[5m])", "function 'ts_of_max_over_time'", "promql-experimental-functions", 0..<19),
      ("limitk(1, x)", "aggregation 'limitk'", "promql-experimental-functions", 0..<6),
      ("limit_ratio(0.1, x)", "aggregation 'limit_ratio'", "promql-experimental-functions", 0..<11),
      ("rate(x[5m] anchored)", "the modifier 'anchored'", "promql-extended-range-selectors", 11..<19),
      ("rate(x[5m] smoothed)", "the modifier 'smoothed'", "promql-extended-range-selectors", 11..<19),
      ("rate(x[5m * 2])", "arithmetic with durations", "promql-duration-expr", 10..<11),
    ]
  )
  func experimental(_ text: String, _ what: String, _ flag: String, _ place: Range<Int>) {
    let message = "\(what) is experimental in Prometheus 3, and off without the feature flag '\(flag)'"
    #expect(throws: PromQLError(message, at: place)) { try PromQLParser.parse(text, dialect: .prometheus3) }
  }

  @Test(
    "2.42 says that it has no names in quotes",
    arguments: [(#"{"a.b"}"#, 1..<6), (#"sum by ("a.b") (x)"#, 8..<13)]
  )
  func quotedNames(_ text: String, _ place: Range<Int>) {
    #expect(throws: PromQLError("a name in quotes is not part of prometheus-2.42", at: place)) {
      try PromQLParser.parse(text)
    }
  }

  @Test("Prometheus 3 has the functions that its parser lists without the mark of an experiment, and no other")
  func stableFunctions() {
    // promql/parser/functions.go of Prometheus 3: those that 2.42 does not have, and the one that it alone has.
    let added: Set<PromQLFunction> = [.histogramAvg, .histogramStddev, .histogramStdvar]
    let removed: Set<PromQLFunction> = [.holtWinters]
    for function in PromQLFunction.allCases {
      #expect(function.signature.dialects.contains(.prometheus3) == !removed.contains(function), "\(function)")
      #expect(function.signature.dialects.contains(.prometheus2) == !added.contains(function), "\(function)")
    }
    #expect(PromQLFunction.allCases.count == 73)
  }

  @Test("no text makes a parser fail but with an error inside the text, and what it reads it prints")
  func hostileText() throws {
    var generator = ExpressionGenerator(seed: 12)
    var random = SeededGenerator(seed: 13)
    let characters = Array("019.eExX_:()[]{}\"'`\\,=~!<>+-*/%^@# \n\tabné$sm\u{FFFD}\u{0}")
    for dialect in PromQLDialect.allCases {
      for _ in 0..<4_000 {
        var text = Array(generator.expression().joined(separator: random.chance(50) ? " " : ""))
        for _ in 0..<Int.random(in: 0...6, using: &random) {
          guard let index = text.indices.randomElement(using: &random) else { break }
          if random.chance(40) { text.remove(at: index) } else { text.insert(random.pick(characters), at: index) }
        }
        try expectErrorOrRoundTrip(String(text.prefix(random.chance(50) ? text.count : text.count / 2)), dialect)
      }
    }
  }

  private func expectErrorOrRoundTrip(_ text: String, _ dialect: PromQLDialect) throws {
    let tree: PromQLExpression
    do throws(PromQLError) {
      tree = try PromQLParser.parse(text, dialect: dialect, allowsPlaceholders: true)
    } catch {
      #expect(error.range.lowerBound >= 0 && error.range.upperBound <= text.utf8.count, "\(text): \(error)")
      return
    }
    let again = try PromQLParser.parse(tree.description, dialect: dialect, allowsPlaceholders: true)
    #expect(again == tree, "\(text)")
  }

  @Test("classes that are opened again and again cost linear time")
  func longPatterns() {
    let pattern = "[" + String(repeating: "[:", count: 200_000)
    let error = #expect(throws: PromQLError.self) { try PromQLParser.parse("x{a=~\"\(pattern)\"}") }
    #expect(error?.message.hasSuffix("a '[' is never closed") ?? false)
    let members = String((0x4E00..<0x9000).compactMap { Unicode.Scalar($0) }.map { Character($0) })
    #expect(throws: Never.self) { try PromQLParser.parse("x{a=~\"[\(members)]\"}") }
  }
}
