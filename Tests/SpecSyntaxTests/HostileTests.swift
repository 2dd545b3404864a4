import Diagnostics
import SpecSyntax
import Testing

@Suite("hostile documents")
struct HostileTests {
  private static let head = "nines: v1\nservice: a\n"

  @Test("ten mistakes in one file are ten diagnostics")
  func tenMistakes() {
    let spec = SpecText(
      """
      nines: v1
      service: shop
      «ownr»: web
      tier: «7»
      indicators:
        requests:
          good: http_requests_total{code«~»"2.."}
          valid: http_requests_total
        «latency»: {}
      objectives:
        availability: requests >= 99.9% «for» 30d
        «Fast»: latency p95 < 30s over 7d
      severities:
        P1: { respond: «15» }
      alerts:
        Failures:
          when: «failure_rate»(requests) > 5%
          severity: P1
          steps: «{ call: somebody }»
        «Nothing»:
          when: failures(requests) > 5
      """
    )
    #expect(
      spec.diagnostics.sorted { $0.span.start < $1.span.start }.map(\.descriptor.code) == [
        "SLO103", "SLO106", "SLO109", "SLO104", "SLO107", "SLO106", "SLO106", "SLO108", "SLO105", "SLO104",
      ],
      "\(spec.summary)"
    )
    #expect(
      spec.diagnostics.map(\.span.range).sorted { $0.lowerBound < $1.lowerBound }
        == spec.marks.sorted { $0.lowerBound < $1.lowerBound }
    )
  }

  @Test("a mistake behind an anchor is reported once, however often it is used")
  func anchors() {
    expect(
      "SLO106",
      "'15' has no unit such as s, m, h or d",
      in: """
        nines: v1
        service: a
        severities:
          P1: &one { respond: «15» }
          P2: *one
          P3: *one
          P4:
            <<: *one
        """
    )
  }

  @Test("an alias that names nothing is not reported a second time")
  func unresolvedAlias() {
    let spec = SpecText("\(Self.head)labels: *labels\nindicators: *indicators\nalerts:\n  A: *alert\n")
    #expect(Set(spec.diagnostics.map(\.descriptor.code)) == ["SLO101"], "\(spec.summary)")
    #expect(spec.diagnostics.count == 3)
    #expect(spec.file.documents.first?.unread.contains(.indicator, "anything") == true)
    #expect(spec.file.documents.first?.unread.contains(.alert, "A") == true)
  }

  @Test("twenty thousand unknown keys are counted, and no more kept than anybody reads")
  func unknownKeys() {
    var text = Self.head
    for index in 0..<20_000 { text += "unknown-\(index): 1\n" }
    let spec = SpecText(text)
    #expect(spec.diagnostics.count == DiagnosticBag.limit)
    #expect(spec.diagnostics.allSatisfy { $0.descriptor.code == "SLO103" })
  }

  @Test("a condition of three thousand comparisons is read, and its last slip found")
  func longCondition() {
    let comparisons = String(repeating: "value(a) > 1 for 5m and ", count: 3_000)
    let sound = SpecText("\(Self.head)alerts:\n  A: { when: '\(comparisons)value(a) > 1', severity: P1 }\n")
    #expect(sound.diagnostics.isEmpty, "\(sound.summary.prefix(300))")
    let flawed = SpecText("\(Self.head)alerts:\n  A: { when: '\(comparisons)«volume»(a) > 1', severity: P1 }\n")
    #expect(flawed.diagnostics.map(\.span.range) == flawed.marks)
  }

  @Test(
    "ten thousand bytes of one thing are refused in a message of a line",
    arguments: ["9", "(", ")", "<", " ", "x ", "a,", "[", "by ", "over ", "\u{e9}", "~", ".."]
  )
  func long(_ part: String) {
    let text = String(repeating: part, count: 10_000 / part.utf8.count)
    let places = [
      "objectives:\n  o: '%'", "alerts:\n  A: { severity: P1, when: '%' }", "owner: a\ntier: '%'",
      "traffic: '%'", "indicators:\n  i: { good: '%', valid: x }", "service-x: '%'", "indicators: { '%': {} }",
      "indicators:\n  i: { down-when: ['%'] }", "depends-on: ['%']", "rollout: { stages: ['%'] }",
      "metrics: { a: { type: '%', unit: '%' } }", "reviews: { a: { every: '%' } }",
      "maintenance: { a: { windows: [ { weekly: '%', duration: 1h, in: '%' } ] } }",
      "objectives: { o: { objective: 'a > 1 over 1d', burn: { a: '%' }, budget: { per-day: '%' } } }",
      "policies: { p: { changes: [a], levels: { a: { when: '%', actions: ['%'] } } } }",
      "agreements: { a: { with: b, responses: { r: '%' } } }", "practices: { tests: { t: '%' } }",
    ]
    for place in places {
      let spec = SpecText(Self.head + place.replacing("%", with: text) + "\n")
      #expect(!spec.diagnostics.isEmpty, "\(place) takes '\(part)' over and over")
      for diagnostic in spec.diagnostics {
        #expect(diagnostic.message.utf8.count < 500, "\(diagnostic.descriptor.code) \(place)")
        #expect((diagnostic.fix?.title.utf8.count ?? 0) < 500, "\(diagnostic.descriptor.code) \(place)")
      }
    }
  }

  @Test("control characters in names and values are spelt out in messages")
  func controlCharacters() {
    let spec = SpecText("\(Self.head)\"a\\u001b[31m\": 1\ntier: \"\\u0007\\n\"\n")
    #expect(spec.diagnostics.count == 2, "\(spec.summary)")
    for diagnostic in spec.diagnostics {
      #expect(diagnostic.message.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }
  }
}
