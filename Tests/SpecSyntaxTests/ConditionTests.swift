import Diagnostics
import Quantities
import SpecSyntax
import Testing

@Suite("conditions")
struct ConditionTests {
  /// The condition of one alert, in a form that shows how it was read.
  private func read(_ text: String) throws -> String {
    let spec = SpecText("nines: v1\nservice: a\nalerts:\n  A: { when: \"\(text)\", severity: P1 }\n")
    #expect(spec.diagnostics.isEmpty, "\(spec.summary)")
    return try #require(try spec.document().alerts.first?.when.first).outline
  }

  @Test(
    "every measure, bound and time is read",
    arguments: [
      ("failure_ratio(uploads) > 5% for 5m", "failureRatio uploads > 5% - 5m"),
      ("success_ratio(uploads) < 99.5%", "successRatio uploads < 99.5% - -"),
      ("failures(uploads) > 50 within 10m", "failures uploads > 50 10m -"),
      ("events(other/uploads) < 1 within 10m for 1h", "events other/uploads < 1 10m 1h"),
      ("p95(upload-time) > 2x objective for 10m", "p95 upload-time > 2x - 10m"),
      ("p99.9(upload-time) > 1.5s for 10m over 30m", "p99.9 upload-time > 1.5s 30m 10m"),
      ("value(heap) >= 2 GiB", "value heap >= 2 GiB - -"),
      ("rate(uploads) < 10/h", "rate uploads < 10/h - -"),
      ("burn_rate > 5 over 1h", "burnRate any > 5 1h -"),
      ("burn_rate(a/b/c) > 14.4", "burnRate a/b/c > 14.4 - -"),
      ("budget_remaining<30%", "budgetRemaining any < 30% - -"),
    ]
  )
  func comparisons(_ text: String, _ outline: String) throws {
    #expect(try read(text) == outline)
  }

  @Test(
    "'and' binds tighter than 'or', and parentheses tighter than both",
    arguments: [
      ("value(a) > 1 or value(b) > 1 and value(c) > 1", "(value a > 1 - - or (value b > 1 - - and value c > 1 - -))"),
      ("(value(a) > 1 or value(b) > 1) and value(c) > 1", "((value a > 1 - - or value b > 1 - -) and value c > 1 - -)"),
      ("value(a) > 1 for 5m and value(b) > 1", "(value a > 1 - 5m and value b > 1 - -)"),
      ("((value(a) > 1))", "value a > 1 - -"),
    ]
  )
  func precedence(_ text: String, _ outline: String) throws {
    #expect(try read(text) == outline)
  }

  static let slips: [(String, String, String?)] = [
    ("«failure_rate»(a) > 5%", "'failure_rate' is not a measure", "failure_ratio(a) > 5%"),
    ("«failure_raito»(a) > 5%", "'failure_raito' is not a measure", "failure_ratio(a) > 5%"),
    ("«P95»(a) > 5s", "'P95' is not a percentile such as p95", "p95(a) > 5s"),
    ("«latency» > 5s", "'latency' is not a measure", nil),
    ("«failure_ratio» > 5%", "'failure_ratio' does not say of what", nil),
    ("failure_ratio(«)» > 5%", "a name is expected instead of ')'", nil),
    ("failure_ratio«(»a > 5%", "this '(' is never closed", nil),
    ("failure_ratio(a «b») > 5%", "')' after one name is expected instead of 'b'", nil),
    ("failure_ratio(a) «5%»", "a comparison is expected instead of '5%'", nil),
    ("failure_ratio(a) >«»", "a bound is expected after '>'", nil),
    ("failure_ratio(a) > «5» for 5m", "'5' has no percent sign", "failure_ratio(a) > 5% for 5m"),
    ("failure_ratio(a) > «5 %» for 5m", "'5 %' has a space before its percent sign", "failure_ratio(a) > 5% for 5m"),
    ("failure_ratio(a) > 5% «fro» 5m", "'fro' is not expected after '5%'", "failure_ratio(a) > 5% for 5m"),
    (
      "failure_ratio(a) > 5% for 5 «minutes»", "'minutes' is not a unit of time: us, ms, s, m, h, d, w and y are",
      "failure_ratio(a) > 5% for 5m"
    ),
    ("failure_ratio(a) > 5% for«»", "a duration such as '5m' is expected after 'for'", nil),
    ("failure_ratio(a) > 5% for «0s»", "'0s' after 'for' is no time at all", nil),
    ("failure_ratio(a) > 5% for 5m «for» 6m", "'for' is there twice", nil),
    (
      "failures(a) > 50 «in» 10m", "'in' is not a word of conditions: 'within' gives the range that is looked at",
      "failures(a) > 50 within 10m"
    ),
    ("value(a) > 5 «over» 5m", "'over' does not go with 'value', which is that of the moment", nil),
    (
      "budget_remaining < 5% «within» 5m",
      "'within' does not go with 'budget_remaining', which is that of the objective's window", nil
    ),
    (
      "p95(a) > «2 x objective» for 5m", "'2 x objective' is not a multiple of the objective",
      "p95(a) > 2x objective for 5m"
    ),
    ("p95(a) > «2x SLO» for 5m", "'2x SLO' is not a multiple of the objective", nil),
    ("burn_rate > «5x normal» for 1h", "a burn rate is a plain number, not '5x normal'", "burn_rate > 5 for 1h"),
    ("failures(a) > «2x objective»", "'2x objective' goes with percentiles such as 'p95(…)' only", nil),
    (
      "value(a) > 1 «AND» value(b) > 1", "conditions are joined by 'and' and 'or', not by 'AND'",
      "value(a) > 1 and value(b) > 1"
    ),
    (
      "value(a) > 1 «||» value(b) > 1", "conditions are joined by 'and' and 'or', not by '||'",
      "value(a) > 1 or value(b) > 1"
    ),
    ("value(a) > 1 and«»", "a measure such as 'failure_ratio(…)' is expected after 'and'", nil),
    ("«(»value(a) > 1", "this '(' is never closed", nil),
    ("value(a) > 1«)»", "this ')' closes nothing", nil),
    (
      "(value(a) > 1) «for» 5m", "'for' follows a comparison, not a group in parentheses", nil
    ),
  ]

  @Test("a slip is named, marked and where possible mended", arguments: slips)
  func slip(_ marked: String, _ message: String, _ mended: String?) {
    let head = "nines: v1\nservice: a\nalerts:\n  A:\n    severity: P1\n    when: '"
    let spec = SpecText("\(head)\(marked)'\n")
    #expect(spec.diagnostics.map(\.descriptor.code) == ["SLO108"], "\(spec.summary)")
    #expect(spec.diagnostics.map(\.message) == [message])
    #expect(spec.diagnostics.map(\.span.range) == spec.marks, "\(spec.summary)")
    if let mended {
      #expect(spec.fixed == "\(head)\(mended)'\n")
      #expect(SpecText(spec.fixed).diagnostics.isEmpty)
    } else {
      #expect(spec.fixed == spec.text)
    }
    #expect(spec.file.documents.first?.unread.contains(.alert, "A") == true)
  }

  @Test("one condition of a list that cannot be read leaves the others")
  func list() throws {
    let spec = SpecText(
      """
      nines: v1
      service: a
      alerts:
        A:
          when:
            - «failure_rate»(a) > 5%
            - failures(a) > 50 within 10m
          severity: P1
      """
    )
    #expect(spec.diagnostics.map(\.span.range) == spec.marks, "\(spec.summary)")
    #expect(try spec.document().alerts.first?.when.map(\.outline) == ["failures a > 50 10m -"])
  }

  @Test(
    "what makes a slice down is PromQL or a condition by how it begins",
    arguments: [
      ("up{job=\"a\"} == 0", "query up{job=\"a\"} == 0 -"),
      ("up == 0 for 5m", "query up == 0 5m"),
      ("max(up) == 0", "query max(up) == 0 -"),
      ("absent(up)", "query absent(up) -"),
      ("rate(errors_total[5m]) > 5", "query rate(errors_total[5m]) > 5 -"),
      ("error_total > 3", "query error_total > 3 -"),
      ("rate(uploads) < 1/h for 5m", "rate uploads < 1/h - 5m"),
      ("failure_ratio(uploads) > 50% for 1m", "failureRatio uploads > 50% - 1m"),
      ("p95(upload-time) > 3s", "p95 upload-time > 3s - -"),
      ("(burn_rate > 3 over 1h)", "burnRate any > 3 1h -"),
    ]
  )
  func downWhen(_ text: String, _ outline: String) throws {
    let spec = SpecText("nines: v1\nservice: a\nindicators:\n  i:\n    down-when:\n      - \(text)\n")
    #expect(spec.diagnostics.isEmpty, "\(spec.summary)")
    guard case .time(let conditions, _) = try spec.document().indicators.first?.kind else {
      Issue.record("no time indicator was read")
      return
    }
    let outlines = conditions.map { condition in
      switch condition.value {
      case .query(let query, let sustained):
        "query \(query.value) \(sustained?.value.description ?? "-")"
      case .condition(let condition): condition.outline
      }
    }
    #expect(outlines == [outline])
  }

  @Test("a test budget is a percentile with a place")
  func testBudget() throws {
    let spec = SpecText(
      """
      nines: v1
      service: a
      practices:
        tests:
          smoke: p95(latency) < 120ms in ci
          no-place: p95(latency) < 120ms«»
          no-percentile: «failures»(a) > 5 in ci
      """
    )
    let test = try #require(try spec.document().practices?.tests.first?.budget)
    #expect(test.percentile.value.description == "p95")
    #expect(test.indicator.value == "latency")
    #expect(test.bound.value.description == "120ms")
    #expect(test.place.value == "ci")
    #expect(test.text.value == "p95(latency) < 120ms in ci")
    #expect(
      spec.diagnostics.map(\.message) == [
        "'in' and the place where the test runs is expected after '120ms'",
        "a test budget bounds a percentile such as 'p95(latency)'",
      ]
    )
    #expect(spec.diagnostics.map(\.span.range) == spec.marks)
  }
}

extension ConditionSpec {
  /// How a condition was read, on one line.
  var outline: String {
    switch self {
    case .all(let conditions): "(\(conditions.map(\.outline).joined(separator: " and ")))"
    case .any(let conditions): "(\(conditions.map(\.outline).joined(separator: " or ")))"
    case .comparison(let comparison): comparison.outline
    }
  }
}

extension ComparisonSpec {
  fileprivate var outline: String {
    let measure =
      switch measure.value {
      case .percentile(let percentile): percentile.description
      case let measure: "\(measure)"
      }
    let bound =
      switch bound.value {
      case .amount(let quantity): quantity.description
      case .objectiveMultiple(let factor): "\(factor)x"
      }
    let times = [range, sustained].map { $0?.value.description ?? "-" }.joined(separator: " ")
    return "\(measure) \(subject?.value ?? "any") \(comparison.value) \(bound) \(times)"
  }
}
