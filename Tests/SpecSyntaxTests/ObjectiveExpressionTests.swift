import Diagnostics
import Quantities
import SpecSyntax
import Testing

@Suite("objective expressions")
struct ObjectiveExpressionTests {
  @Test("indicator, comparison, bound and window are read with their places")
  func ratio() throws {
    let spec = SpecText(
      """
      nines: v1
      service: checkout
      objectives:
        availability: «requests» «>=» «99.9%» over «30d»
      """
    )
    let objective = try #require(try spec.document().objectives.first)
    let bounded = try #require(objective.expression.bounded)
    #expect(objective.name.value == "availability")
    #expect(objective.expression.indicator.value == "requests")
    #expect(bounded.comparison.value == .greaterOrEqual)
    #expect(bounded.bound.value.ratio?.percentText == "99.9%")
    #expect(bounded.window.value.description == "30d")
    #expect(bounded.percentile == nil)
    #expect(objective.expression.text.value == "requests >= 99.9% over 30d")
    let spans = [objective.expression.indicator.span, bounded.comparison.span, bounded.bound.span, bounded.window.span]
    #expect(spans.map(\.range) == spec.marks)
  }

  @Test(
    "every form of the grammar is read",
    arguments: [
      ("latency p95 < 30s over 7d", "latency|p95|<|30s||7d|"),
      (
        "latency p99.9<250ms over calendar month in Europe/Berlin",
        "latency|p99.9|<|250ms||calendar month in Europe/Berlin|"
      ),
      ("speed p50 > 5 Mbps over 7d", "speed|p50|>|5 Mbps||7d|"),
      ("heap < 2 GiB at least 99% over 7d", "heap||<|2 GiB|99%|7d|"),
      ("shift p75 < 0.1 over 7d", "shift|p75|<|0.1||7d|"),
      ("cpu < 150% over 7d", "cpu||<|150%||7d|"),
      ("errors < 0.1% over calendar week", "errors||<|0.1%||calendar week|"),
      ("other/requests >= 99% over 30d by [platform, region]", "other/requests||>=|99%||30d|platform,region"),
      ("requests>=99% over 30d by[platform]", "requests||>=|99%||30d|platform"),
    ]
  )
  func forms(_ text: String, _ parts: String) throws {
    let spec = SpecText("nines: v1\nservice: a\nobjectives:\n  o: \(text)\n")
    let expression = try #require(try spec.document().objectives.first?.expression, "\(spec.summary)")
    let bounded = try #require(expression.bounded)
    let read = [
      expression.indicator.value, bounded.percentile?.value.description ?? "", bounded.comparison.value.symbol,
      bounded.bound.value.description, bounded.atLeast?.value.percentText ?? "", bounded.window.value.description,
      bounded.splitBy.map(\.value).joined(separator: ","),
    ]
    #expect(read.joined(separator: "|") == parts)
    #expect(spec.diagnostics.isEmpty, "\(spec.summary)")
  }

  @Test("an attested objective has neither bound nor window")
  func attested() throws {
    let spec = SpecText("nines: v1\nservice: a\nobjectives:\n  privacy: statement «attested»\n")
    let expression = try #require(try spec.document().objectives.first?.expression)
    guard case .attested(let span) = expression.requirement else {
      Issue.record("the objective is not attested")
      return
    }
    #expect(expression.indicator.value == "statement")
    #expect([span.range] == spec.marks)
  }

  @Test("the caret lies under the word, in folded and quoted scalars too")
  func places() {
    expect(
      "SLO107",
      "'over' is expected instead of 'for'",
      "'over' is expected instead of 'in'",
      "'fro' is not expected after '99%'",
      in: """
        nines: v1
        service: a
        objectives:
          a: >-
            requests >= 99%
            «for» 30d
          b: "requests \\u003e= 99% «in» 30d"
          c:
            objective: |
              requests >= 99% «fro» 30d
        """
    )
  }

  static let slips: [(String, String, String?)] = [
    ("requests «=>» 99.9% over 30d", "'=>' is not one of <, <=, > and >=", "requests >= 99.9% over 30d"),
    ("requests «> =» 99.9% over 30d", "'> =' is not one of <, <=, > and >=", "requests >= 99.9% over 30d"),
    ("requests «≥» 99.9% over 30d", "'≥' is not one of <, <=, > and >=", "requests >= 99.9% over 30d"),
    ("requests «==» 99.9% over 30d", "'==' is not one of <, <=, > and >=", nil),
    ("requests >= «99.9 %» over 30d", "'99.9 %' has a space before its percent sign", "requests >= 99.9% over 30d"),
    ("requests >= «99,9»% over 30d", "'99,9' is not written as a number here", "requests >= 99.9% over 30d"),
    ("requests >= 99.9%«»", "the window is missing: the objective ends without 'over'", nil),
    ("requests >= 99.9% «30d»", "'over' is missing before the window '30d'", "requests >= 99.9% over 30d"),
    (
      "requests >= 99.9% «calendar month» by [job]", "'over' is missing before the window 'calendar month'",
      "requests >= 99.9% over calendar month by [job]"
    ),
    ("requests >= 99.9% «for» 30d", "'over' is expected instead of 'for'", "requests >= 99.9% over 30d"),
    ("requests >= 99.9% «ovr» 30d", "'ovr' is not expected after '99.9%'", "requests >= 99.9% over 30d"),
    (
      "requests >= 99.9% over 30 «days»", "'days' is not a unit of time: us, ms, s, m, h, d, w and y are",
      "requests >= 99.9% over 30d"
    ),
    (
      "requests >= 99.9% over «month»", "'month' is not a window such as 30d or calendar month",
      "requests >= 99.9% over calendar month"
    ),
    (
      "«p95 latency» < 30s over 7d", "'p95 latency' is not how an objective begins: the indicator comes first",
      "latency p95 < 30s over 7d"
    ),
    (
      "«p95(latency)» < 30s over 7d", "'p95(latency)' is not how an objective begins: the indicator comes first",
      "latency p95 < 30s over 7d"
    ),
    ("latency «P95» < 30s over 7d", "'P95' is not a percentile such as p95", "latency p95 < 30s over 7d"),
    ("latency «p100» < 30s over 7d", "'p100' is not above p0 and below p100", nil),
    ("latency p95 «200ms» over 7d", "a comparison is expected instead of '200ms'", nil),
    ("latency «under» 30s over 7d", "a comparison is a sign: 'under' is a word", "latency < 30s over 7d"),
    ("latency p95 < «over» 7d", "a bound such as '99.9%' or '250ms' is expected instead of 'over'", nil),
    ("latency p95 < 30«sec» over 7d", "'sec' is not a unit", "latency p95 < 30s over 7d"),
    ("latency p95«»", "a comparison is expected after 'p95'", nil),
    ("latency«»", "a comparison is expected after 'latency'", nil),
    ("«>=» 99% over 7d", "the name of an indicator is expected instead of '>='", nil),
    ("«99.9%» of requests over 7d", "'99.9%' is not the name of an indicator", nil),
    ("heap < 2 GiB at least «99» over 7d", "'99' has no percent sign", "heap < 2 GiB at least 99% over 7d"),
    (
      "heap < 2 GiB «atleast» 99% over 7d", "'atleast' is not expected after '2 GiB'",
      "heap < 2 GiB at least 99% over 7d"
    ),
    ("heap < 2 GiB over 7d «at» least 99%", "'at least' stands before 'over'", nil),
    (
      "requests >= 99% over 30d by «platform»", "the labels after 'by' stand in brackets",
      "requests >= 99% over 30d by [platform]"
    ),
    (
      "requests >= 99% over 30d by «(a, b)»", "the labels after 'by' stand in brackets",
      "requests >= 99% over 30d by [a, b]"
    ),
    ("requests >= 99% «by» [platform] over 30d", "'by' stands before the window; it comes last", nil),
    ("requests >= 99% over 30d by «[»platform", "the '[' before the labels is never closed", nil),
    ("requests >= 99% over 30d by [a, «a»]", "label 'a' is there twice", nil),
    ("requests >= 99% over 30d by [«a-b»]", "'a-b' is not the name of a label", nil),
    (
      "privacy «attestd»", "a comparison, a percentile such as 'p95' or 'attested' is expected instead of 'attestd'",
      "privacy attested"
    ),
    ("privacy attested «over» 7d", "'over' after 'attested', which ends the expression", nil),
  ]

  @Test("a slip is named, marked and where possible mended", arguments: slips)
  func slip(_ marked: String, _ message: String, _ mended: String?) {
    let head = "nines: v1\nservice: a\nobjectives:\n  o: '"
    let spec = SpecText("\(head)\(marked)'\n")
    #expect(spec.diagnostics.map(\.descriptor.code) == ["SLO107"], "\(spec.summary)")
    #expect(spec.diagnostics.map(\.message) == [message])
    #expect(spec.diagnostics.map(\.span.range) == spec.marks, "\(spec.summary)")
    if let mended {
      #expect(spec.fixed == "\(head)\(mended)'\n")
      #expect(SpecText(spec.fixed).diagnostics.isEmpty)
    } else {
      #expect(spec.fixed == spec.text)
    }
    #expect(spec.file.documents.first?.unread.contains(.objective, "o") == true)
  }

  @Test("a number without its percent sign or unit is found where the indicator is in the document")
  func unitless() {
    expect(
      "SLO107",
      "'99.9' has no percent sign",
      "'0.1' has no percent sign: '0.1%' and '10%' are different shares",
      "'200' has no unit",
      "'100' has no unit",
      "'99' has no percent sign",
      in: """
        nines: v1
        service: a
        indicators:
          requests: { good: successes_total, valid: requests_total }
          latency: { distribution: request_duration_seconds }
          size: { distribution: sizes, unit: bytes }
          replicas: { gauge: replicas }
          up: { down-when: [up == 0] }
        objectives:
          availability: requests >= «99.9» over 30d
          errors: requests < «0.1» over 30d
          p95: latency p95 < «200» over 7d
          sizes: size p95 < «100» over 7d
          replicas: replicas >= 3 over 7d
          elsewhere: others >= 99.9 over 7d
        agreements:
          api:
            with: customers
            promises: { uptime: up >= «99» over 30d }
        """
    )
  }

  @Test("an objective without its unit is remembered as unread")
  func unitlessUnread() throws {
    let spec = SpecText(
      """
      nines: v1
      service: a
      indicators:
        requests: { good: successes_total, valid: requests_total }
      journeys:
        buying:
          objectives:
            success: requests >= 99.9 over 30d
            sound: requests >= 99.9% over 30d
      """
    )
    let document = try spec.document()
    #expect(document.journeys.first?.objectives.map(\.name.value) == ["sound"])
    #expect(document.unread.contains(.objective, "success"))
    #expect(spec.fixed.contains("success: requests >= 99.9% over 30d"))
  }
}

extension ObjectiveExpression {
  var bounded: BoundedRequirement? {
    switch requirement {
    case .bounded(let bounded): bounded
    case .attested: nil
    }
  }
}
